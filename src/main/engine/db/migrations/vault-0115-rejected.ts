/**
 * Who was rejected from here, as far as it takes to know them again: the user name, the range of the address, and the e-mail as a hash
 * under a key of this vault's own. Forgotten at `until`.
 */
export const sql = `
CREATE TABLE rejected_signup (
  server TEXT NOT NULL REFERENCES server (key),
  account_id TEXT NOT NULL,
  username TEXT NOT NULL,
  mail_hash TEXT,
  range TEXT,
  rejected_at INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (server, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rejected_signup_until ON rejected_signup (until);
`
