/**
 * Where the server fails on a page. `stumble`: the place at which a walk of a list was last answered with a failure of the server's own,
 * how many rows further the cause lies at most (`near`, null where that is not looked for yet), how many came meanwhile, and when the
 * search was given up. `skipped`: ids from `low` to `high`, among which is what the server fails on, so that the walks go past them.
 */
export const sql = `
CREATE TABLE mirror.stumble (
  server TEXT NOT NULL,
  list TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('up', 'down')),
  place TEXT NOT NULL,
  near INTEGER,
  rows INTEGER NOT NULL DEFAULT 0,
  gave_up_at INTEGER,
  PRIMARY KEY (server, list, way)
) STRICT, WITHOUT ROWID;
CREATE TABLE mirror.skipped (
  server TEXT NOT NULL,
  list TEXT NOT NULL,
  low TEXT NOT NULL,
  high TEXT NOT NULL,
  since_at INTEGER NOT NULL,
  tried_at INTEGER NOT NULL,
  PRIMARY KEY (server, list, low)
) STRICT, WITHOUT ROWID;
`
