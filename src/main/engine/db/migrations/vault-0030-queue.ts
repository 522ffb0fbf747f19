/** Reports that wait for something, views that were given a name, and what was said about a campaign. */
export const sql = `
-- Out of the open queue until then, or until the report changes: \`updated_at\` is what the server had said of it. Kept when it is back, so
-- that its row can say why it was away.
CREATE TABLE snooze (
  server TEXT NOT NULL REFERENCES server (key),
  report_id TEXT NOT NULL,
  until INTEGER NOT NULL,
  reason TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  snoozed_at INTEGER NOT NULL,
  back TEXT CHECK (back IN ('time', 'change')),
  PRIMARY KEY (server, report_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX snooze_waiting ON snooze (until) WHERE back IS NULL;

CREATE TABLE view (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  asks TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- By the campaign's key, which outlives every report of it.
CREATE TABLE campaign (
  key TEXT PRIMARY KEY,
  said TEXT NOT NULL,
  author TEXT NOT NULL,
  said_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`
