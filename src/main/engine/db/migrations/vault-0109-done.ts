/** What was done lately, so that it is not taken for a colleague's doing: see decisions/ours.ts. */
export const sql = `
CREATE INDEX decision_done ON decision (server, settled_at, target, kind) WHERE state = 'done';
`
