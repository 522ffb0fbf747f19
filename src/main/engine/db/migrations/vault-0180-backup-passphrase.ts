/** What the passphrase of the command line's last encrypted backup comes to with its salt (scrypt, base64): a locked desk makes others under none. */
export const sql = `
CREATE TABLE backup_passphrase (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  salt TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
`
