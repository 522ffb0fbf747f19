/** Which posts stood in which report, profiles as they were when reported, media hosts that a person agreed to, and seen entries by report. */
export const sql = `
CREATE TABLE evidence_report (
  server TEXT NOT NULL,
  report_id TEXT NOT NULL,
  post_id TEXT NOT NULL,
  PRIMARY KEY (server, report_id, post_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence_profile (
  server TEXT NOT NULL,
  account_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  profile TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (server, account_id, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE media_host (
  server TEXT PRIMARY KEY REFERENCES server (key),
  origin TEXT NOT NULL,
  agreed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX log_seen_report ON log_entry (server, iif(json_valid(body), json_extract(body, '$.facts.report'), NULL)) WHERE source = 'saw';
`
