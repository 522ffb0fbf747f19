/** `emptying`: servers of which the mirror's part begins anew, as long as rows of before are left. */
export const sql = `
CREATE TABLE mirror.emptying (
  server TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
`
