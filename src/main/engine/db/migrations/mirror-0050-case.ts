/** What a case needs beside its report: whether its posts are still there, reports by reporter and by origin, and what was looked at today. */
export const sql = `
CREATE TABLE mirror.post_look (
  server TEXT NOT NULL,
  post_id TEXT NOT NULL,
  shown INTEGER NOT NULL,
  votes TEXT,
  looked_at INTEGER NOT NULL,
  PRIMARY KEY (server, post_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE mirror.exposure (
  day TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('media', 'legal')),
  count INTEGER NOT NULL,
  PRIMARY KEY (day, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX mirror.report_reporter ON report (server, reporter_id, created_at, resolved_at, target_id);
CREATE INDEX mirror.report_origin ON report (server, target_domain, target_id, resolved_at);
`
