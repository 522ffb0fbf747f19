/** What somebody is writing and has neither kept nor sent: words by the name of their field, as JSON. */
export const sql = `
CREATE TABLE draft (
  place TEXT NOT NULL PRIMARY KEY,
  of TEXT NOT NULL,
  key TEXT NOT NULL,
  words TEXT NOT NULL,
  kept_at INTEGER NOT NULL
) STRICT;
`
