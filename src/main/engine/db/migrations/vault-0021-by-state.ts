/** The runner looks for decisions of one state many times a second, also while thousands wait in a batch. */
export const sql = `
CREATE INDEX decision_by_state ON decision (state, armed_at, id) WHERE state IN ('held', 'ready', 'sending', 'unknown', 'needs-person');
`
