/** Accounts that someone here marked as close to them: reports about one take a second press. */
export const sql = `
CREATE TABLE close_account (
  server TEXT NOT NULL REFERENCES server (key),
  account_id TEXT NOT NULL,
  marked_at INTEGER NOT NULL,
  PRIMARY KEY (server, account_id)
) STRICT, WITHOUT ROWID;
`
