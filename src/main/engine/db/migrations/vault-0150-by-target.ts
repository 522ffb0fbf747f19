/** What was decided about one target, the newest first, without walking the journal: rows of domains, blocks and trends ask it of each. */
export const sql = `
CREATE INDEX decision_by_target ON decision (server, target, armed_at);
`
