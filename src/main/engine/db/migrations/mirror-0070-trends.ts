/** What trended when it was last read; kept so that a decision about it knows what was before. */
export const sql = `
CREATE TABLE mirror.trend (
  server TEXT NOT NULL,
  family TEXT NOT NULL,
  id TEXT NOT NULL,
  place INTEGER NOT NULL,
  title TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  url TEXT,
  requires_review INTEGER NOT NULL,
  trendable INTEGER,
  uses INTEGER,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (server, family, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE mirror.trend_read (
  server TEXT NOT NULL,
  family TEXT NOT NULL,
  read_at INTEGER NOT NULL,
  PRIMARY KEY (server, family)
) STRICT, WITHOUT ROWID;
`
