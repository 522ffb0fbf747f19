/** The reports that a kept post stood in. */
export const sql = `
CREATE INDEX evidence_report_post ON evidence_report (server, post_id);
`
