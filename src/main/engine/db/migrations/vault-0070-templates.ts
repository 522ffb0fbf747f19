/** Reasons that are written once and used often. */
export const sql = `
CREATE TABLE template (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  UNIQUE (language, name)
) STRICT, WITHOUT ROWID;
`
