/** The vault's first schema: what only this desk knows. */
export const sql = `
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE server (
  key TEXT PRIMARY KEY,
  domain TEXT NOT NULL,
  origin TEXT NOT NULL,
  title TEXT NOT NULL,
  release TEXT NOT NULL,
  account_id TEXT NOT NULL,
  acct TEXT NOT NULL,
  role_name TEXT NOT NULL,
  permissions TEXT NOT NULL,
  mark_letters TEXT NOT NULL,
  mark_colour INTEGER NOT NULL CHECK (mark_colour BETWEEN 1 AND 8),
  sealed_token TEXT,
  sealed_by TEXT NOT NULL CHECK (sealed_by IN ('keyring', 'key-file')),
  token_from TEXT NOT NULL DEFAULT 'pasted' CHECK (token_from IN ('browser', 'pasted')),
  not_revoked INTEGER NOT NULL DEFAULT 0,
  signed_in_at INTEGER NOT NULL,
  signed_out_at INTEGER,
  UNIQUE (domain, account_id, origin)
) STRICT, WITHOUT ROWID;

-- How Howdah is registered at a server, once. The secret proves that it is us who ask for a token, or revoke one.
CREATE TABLE application (
  origin TEXT PRIMARY KEY,
  client_id TEXT NOT NULL,
  sealed_secret TEXT NOT NULL,
  scopes TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
  server TEXT NOT NULL,
  post_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  post TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (server, post_id, hash)
) STRICT, WITHOUT ROWID;

-- By the server's id of the account, since the mirror may be rebuilt.
CREATE TABLE note (
  id TEXT PRIMARY KEY,
  server TEXT NOT NULL REFERENCES server (key),
  account_id TEXT NOT NULL,
  text TEXT NOT NULL,
  author TEXT NOT NULL,
  written_at INTEGER NOT NULL,
  changed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX note_by_account ON note (server, account_id, written_at);

CREATE TABLE decision (
  id TEXT PRIMARY KEY,
  server TEXT NOT NULL REFERENCES server (key),
  kind TEXT NOT NULL,
  report_id TEXT,
  account_id TEXT,
  account_name TEXT,
  target TEXT NOT NULL,
  state TEXT NOT NULL,
  waiting_for TEXT,
  armed_at INTEGER NOT NULL,
  send_at INTEGER,
  ready_at INTEGER,
  sent_at INTEGER,
  settled_at INTEGER,
  look_at INTEGER,
  looks INTEGER NOT NULL DEFAULT 0,
  text TEXT NOT NULL,
  mail INTEGER NOT NULL,
  note TEXT NOT NULL,
  rules TEXT NOT NULL,
  before TEXT NOT NULL,
  why TEXT,
  status INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_open ON decision (server, target, armed_at) WHERE state IN ('held', 'ready', 'sending', 'unknown', 'needs-person');
CREATE INDEX decision_by_armed ON decision (armed_at);
CREATE INDEX decision_by_account ON decision (server, account_id, armed_at);
CREATE INDEX decision_by_report ON decision (server, report_id, armed_at);

CREATE TABLE decision_step (
  decision_id TEXT NOT NULL REFERENCES decision (id),
  n INTEGER NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  why TEXT,
  status INTEGER,
  PRIMARY KEY (decision_id, n)
) STRICT, WITHOUT ROWID;

-- Bodies are canonical JSON; hash and signature cover them. The other columns repeat what lists are filtered by.
CREATE TABLE log_entry (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('did', 'saw')),
  action TEXT NOT NULL,
  server TEXT,
  body TEXT NOT NULL,
  hash TEXT NOT NULL,
  signature TEXT NOT NULL
) STRICT;
CREATE INDEX log_by_action ON log_entry (action, seq);
CREATE INDEX log_by_server ON log_entry (server, seq);
CREATE INDEX log_by_at ON log_entry (at);

-- Salt and value are both null once erased; the name stays, so that the gap is explained.
CREATE TABLE log_personal (
  seq INTEGER NOT NULL REFERENCES log_entry (seq),
  name TEXT NOT NULL,
  salt TEXT,
  value TEXT,
  PRIMARY KEY (seq, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE writer_key (
  id TEXT PRIMARY KEY,
  public_key TEXT NOT NULL,
  sealed_private_key TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`
