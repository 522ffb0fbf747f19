/** Closed reports are walked too, to see which were closed anew, or are gone. */
export const sql = `
CREATE INDEX mirror.report_closed_ord ON report (server, ord) WHERE resolved_at IS NOT NULL;
`
