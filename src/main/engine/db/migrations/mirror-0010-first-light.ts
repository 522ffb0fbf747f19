/** The mirror's first schema: what servers told us. `ord` sorts ids of any kind as the server does. */
export const sql = `
CREATE TABLE mirror.cursor (
  server TEXT NOT NULL,
  list TEXT NOT NULL,
  top TEXT,
  floor TEXT,
  complete INTEGER NOT NULL DEFAULT 0,
  sweep_pos TEXT,
  sweep_at INTEGER,
  swept_at INTEGER,
  looked_at INTEGER,
  page_size INTEGER NOT NULL,
  pages INTEGER NOT NULL DEFAULT 0,
  rows INTEGER NOT NULL DEFAULT 0,
  bad INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (server, list)
) STRICT, WITHOUT ROWID;

CREATE TABLE mirror.account (
  server TEXT NOT NULL,
  id TEXT NOT NULL,
  username TEXT NOT NULL,
  domain TEXT,
  display_name TEXT NOT NULL,
  suspended INTEGER NOT NULL,
  limited INTEGER NOT NULL,
  sensitive INTEGER NOT NULL,
  frozen INTEGER,
  bot INTEGER NOT NULL,
  joined_at INTEGER,
  followers INTEGER NOT NULL,
  following INTEGER NOT NULL,
  posts INTEGER NOT NULL,
  last_post_on TEXT,
  role_name TEXT NOT NULL,
  permissions TEXT NOT NULL,
  note TEXT NOT NULL,
  fields TEXT NOT NULL,
  url TEXT,
  email TEXT,
  address TEXT,
  invite_text TEXT,
  personal_until INTEGER,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror.account_personal ON account (personal_until) WHERE personal_until IS NOT NULL;

CREATE TABLE mirror.report (
  n INTEGER PRIMARY KEY,
  server TEXT NOT NULL,
  id TEXT NOT NULL,
  ord TEXT NOT NULL,
  category TEXT NOT NULL,
  severity INTEGER NOT NULL,
  comment TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  resolved_at INTEGER,
  resolved_by_id TEXT,
  resolved_by TEXT,
  assigned_id TEXT,
  assigned_to TEXT,
  target_id TEXT NOT NULL,
  target_domain TEXT,
  reporter_id TEXT NOT NULL,
  reporter_domain TEXT,
  forwarded INTEGER,
  rules TEXT NOT NULL,
  posts TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  UNIQUE (server, id)
) STRICT;
CREATE INDEX mirror.report_open ON report (server, severity, created_at, n, target_id, target_domain, reporter_domain, assigned_id, category) WHERE resolved_at IS NULL;
CREATE INDEX mirror.report_resolved ON report (server, resolved_at DESC, n) WHERE resolved_at IS NOT NULL;
CREATE INDEX mirror.report_target ON report (server, target_id, resolved_at, ord);
CREATE INDEX mirror.report_ord ON report (server, ord) WHERE resolved_at IS NULL;

-- Reports whose place in a list may have changed, in the order it happened: lists in memory read on from where they were.
CREATE TABLE mirror.report_moved (
  seq INTEGER PRIMARY KEY,
  n INTEGER NOT NULL
) STRICT;
CREATE TRIGGER mirror.report_came AFTER INSERT ON report BEGIN
  INSERT INTO report_moved (n) VALUES (new.n);
END;
CREATE TRIGGER mirror.report_changed AFTER UPDATE ON report
WHEN old.resolved_at IS NOT new.resolved_at OR old.severity IS NOT new.severity OR old.assigned_id IS NOT new.assigned_id
  OR old.created_at IS NOT new.created_at OR old.target_id IS NOT new.target_id OR old.target_domain IS NOT new.target_domain
  OR old.reporter_domain IS NOT new.reporter_domain
BEGIN
  INSERT INTO report_moved (n) VALUES (new.n);
END;
CREATE TRIGGER mirror.report_went AFTER DELETE ON report BEGIN
  INSERT INTO report_moved (n) VALUES (old.n);
END;
-- Who fell further behind than this reads all anew.
CREATE TRIGGER mirror.report_moved_long_ago AFTER INSERT ON report_moved WHEN new.seq % 1000 = 0 BEGIN
  DELETE FROM report_moved WHERE seq <= new.seq - 10000;
END;

CREATE TABLE mirror.post (
  server TEXT NOT NULL,
  id TEXT NOT NULL,
  post TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE mirror.rule (
  server TEXT NOT NULL,
  id TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;
`
