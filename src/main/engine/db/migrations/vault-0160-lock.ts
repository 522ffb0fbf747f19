/** The lock of the desks, where one was chosen: what its passphrase comes to with the salt (scrypt, base64), and after how long it falls shut. */
export const sql = `
CREATE TABLE lock (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  salt TEXT NOT NULL,
  hash TEXT NOT NULL,
  after_minutes INTEGER NOT NULL CHECK (after_minutes > 0)
) STRICT;
`
