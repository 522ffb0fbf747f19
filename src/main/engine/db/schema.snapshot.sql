-- What all migrations together make, for reading and for seeing what a change does. A test compares it with them.
-- Written by: npx node test/engine/schema.ts

-- vault.db, version 200

CREATE TABLE application (
  origin TEXT PRIMARY KEY,
  client_id TEXT NOT NULL,
  sealed_secret TEXT NOT NULL,
  scopes TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE backup_passphrase (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  salt TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE batch (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  paused_why TEXT,
  forbidden_in_row INTEGER NOT NULL DEFAULT 0,
  size INTEGER NOT NULL,
  armed_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX batch_open ON batch (armed_at) WHERE ended_at IS NULL;

CREATE TABLE campaign (
  key TEXT PRIMARY KEY,
  said TEXT NOT NULL,
  author TEXT NOT NULL,
  said_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE close_account (
  server TEXT NOT NULL REFERENCES server (key),
  account_id TEXT NOT NULL,
  marked_at INTEGER NOT NULL,
  PRIMARY KEY (server, account_id)
) STRICT, WITHOUT ROWID;

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
, subject_of TEXT NOT NULL DEFAULT 'report', subject_id TEXT NOT NULL DEFAULT '', name TEXT NOT NULL DEFAULT '', domain TEXT, fields TEXT NOT NULL DEFAULT '{}', batch_id TEXT REFERENCES batch (id), kept TEXT NOT NULL DEFAULT '{}', brake TEXT) STRICT, WITHOUT ROWID;

CREATE INDEX decision_by_account ON decision (server, account_id, armed_at);

CREATE INDEX decision_by_armed ON decision (armed_at);

CREATE INDEX decision_by_batch ON decision (batch_id, state) WHERE batch_id IS NOT NULL;

CREATE INDEX decision_by_report ON decision (server, report_id, armed_at);

CREATE INDEX decision_by_state ON decision (state, armed_at, id) WHERE state IN ('held', 'ready', 'sending', 'unknown', 'needs-person');

CREATE INDEX decision_by_target ON decision (server, target, armed_at);

CREATE INDEX decision_done ON decision (server, settled_at, target, kind) WHERE state = 'done';

CREATE INDEX decision_open ON decision (server, target, armed_at) WHERE state IN ('held', 'ready', 'sending', 'unknown', 'needs-person');

CREATE INDEX decision_ready ON decision (server, armed_at, id) WHERE state = 'ready';

CREATE TABLE decision_step (
  decision_id TEXT NOT NULL REFERENCES decision (id),
  n INTEGER NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  why TEXT,
  status INTEGER,
  PRIMARY KEY (decision_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
  place TEXT NOT NULL PRIMARY KEY,
  of TEXT NOT NULL,
  key TEXT NOT NULL,
  words TEXT NOT NULL,
  kept_at INTEGER NOT NULL
) STRICT;

CREATE TABLE evidence (
  server TEXT NOT NULL,
  post_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  post TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (server, post_id, hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX evidence_url ON evidence (server, iif(json_valid(post), json_extract(post, '$.url'), NULL));

CREATE TABLE evidence_profile (
  server TEXT NOT NULL,
  account_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  profile TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (server, account_id, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence_report (
  server TEXT NOT NULL,
  report_id TEXT NOT NULL,
  post_id TEXT NOT NULL, filed_at INTEGER,
  PRIMARY KEY (server, report_id, post_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX evidence_report_post ON evidence_report (server, post_id);

CREATE TABLE lock (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  salt TEXT NOT NULL,
  hash TEXT NOT NULL,
  after_minutes INTEGER NOT NULL CHECK (after_minutes > 0)
) STRICT;

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

CREATE INDEX log_by_at ON log_entry (at);

CREATE INDEX log_seen_report ON log_entry (server, iif(json_valid(body), json_extract(body, '$.facts.report'), NULL)) WHERE source = 'saw';

CREATE TABLE log_personal (
  seq INTEGER NOT NULL REFERENCES log_entry (seq),
  name TEXT NOT NULL,
  salt TEXT,
  value TEXT,
  PRIMARY KEY (seq, name)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE log_search USING fts5(
  tokens,
  content = '',
  columnsize = 0,
  tokenize = "ascii tokenchars '!#$%&()*+,-./:;<=>?@[]^_`{|}~'"
);

CREATE TABLE 'log_search_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'log_search_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'log_search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE VIRTUAL TABLE log_term USING fts5vocab(log_search, instance);

CREATE TABLE media_host (
  server TEXT PRIMARY KEY REFERENCES server (key),
  origin TEXT NOT NULL,
  agreed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE TABLE rejected_signup (
  server TEXT NOT NULL REFERENCES server (key),
  account_id TEXT NOT NULL,
  username TEXT NOT NULL,
  mail_hash TEXT,
  range TEXT,
  rejected_at INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (server, account_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX rejected_signup_until ON rejected_signup (until);

CREATE TABLE revocation (
  id INTEGER PRIMARY KEY,
  server TEXT NOT NULL REFERENCES server (key),
  sealed_token TEXT NOT NULL,
  since INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  tried_at INTEGER
) STRICT;

CREATE INDEX revocation_by_server ON revocation (server);

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
  signed_out_at INTEGER, scopes TEXT, own_network TEXT, went_back_at INTEGER, lost_from INTEGER, went_back_told INTEGER NOT NULL DEFAULT 1,
  UNIQUE (domain, account_id, origin)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE TABLE template (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  UNIQUE (language, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE view (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  asks TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE writer_key (
  id TEXT PRIMARY KEY,
  public_key TEXT NOT NULL,
  sealed_private_key TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- mirror.db, version 155

CREATE TRIGGER account_went AFTER DELETE ON account WHEN old.place IS NOT NULL BEGIN
  DELETE FROM account_text WHERE rowid = old.place;
END;

CREATE TRIGGER lookalike_account AFTER INSERT ON account WHEN new.domain IS NOT NULL BEGIN
  INSERT INTO lookalike (domain, seen) VALUES (lower(new.domain), 1) ON CONFLICT DO UPDATE SET seen = seen + 1;
END;

CREATE TABLE account (
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
  seen_at INTEGER NOT NULL, place INTEGER, locale TEXT,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX account_handle ON account (server, username COLLATE NOCASE, domain);

CREATE INDEX account_personal ON account (personal_until) WHERE personal_until IS NOT NULL;

CREATE UNIQUE INDEX account_place ON account (place) WHERE place IS NOT NULL;

CREATE INDEX account_unplaced ON account (server, id) WHERE place IS NULL;

CREATE VIRTUAL TABLE account_text USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3');

CREATE TABLE 'account_text_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'account_text_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'account_text_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

CREATE TABLE 'account_text_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE canonical_email_block (
  server TEXT NOT NULL,
  id TEXT NOT NULL,
  ord TEXT NOT NULL,
  hash TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX canonical_email_block_hash ON canonical_email_block (server, hash);

CREATE INDEX canonical_email_block_ord ON canonical_email_block (server, ord);

CREATE TABLE cursor (
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
  bad INTEGER NOT NULL DEFAULT 0, mark TEXT, gap_pos TEXT, gap_mark TEXT, refused_at INTEGER, ms INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (server, list)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER lookalike_allow AFTER INSERT ON domain_allow BEGIN
  INSERT INTO lookalike (domain, seen) VALUES (lower(new.domain), 0) ON CONFLICT DO NOTHING;
END;

CREATE TABLE domain_allow (
  server TEXT NOT NULL,
  id TEXT NOT NULL,
  ord TEXT NOT NULL,
  domain TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX domain_allow_domain ON domain_allow (server, domain);

CREATE INDEX domain_allow_ord ON domain_allow (server, ord);

CREATE TRIGGER lookalike_block AFTER INSERT ON domain_block BEGIN
  INSERT INTO lookalike (domain, seen) VALUES (lower(new.domain), 0) ON CONFLICT DO NOTHING;
END;

CREATE TABLE domain_block (
  server TEXT NOT NULL,
  id TEXT NOT NULL,
  ord TEXT NOT NULL,
  domain TEXT NOT NULL,
  severity TEXT,
  reject_media INTEGER NOT NULL,
  reject_reports INTEGER NOT NULL,
  obfuscate INTEGER NOT NULL,
  private_comment TEXT,
  public_comment TEXT,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX domain_block_domain ON domain_block (server, domain);

CREATE INDEX domain_block_ord ON domain_block (server, ord);

CREATE TABLE domain_measure (
  server TEXT NOT NULL,
  domain TEXT NOT NULL,
  accounts INTEGER,
  follows INTEGER,
  followers INTEGER,
  reports INTEGER,
  statuses INTEGER,
  media_bytes INTEGER,
  measured_at INTEGER NOT NULL,
  PRIMARY KEY (server, domain)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER lookalike_mail AFTER INSERT ON email_domain_block BEGIN
  INSERT INTO lookalike (domain, seen) VALUES (lower(new.domain), 0) ON CONFLICT DO NOTHING;
END;

CREATE TABLE email_domain_block (
  server TEXT NOT NULL,
  id TEXT NOT NULL,
  ord TEXT NOT NULL,
  domain TEXT NOT NULL,
  allow_with_approval INTEGER NOT NULL,
  history TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX email_domain_block_domain ON email_domain_block (server, domain);

CREATE INDEX email_domain_block_ord ON email_domain_block (server, ord);

CREATE TABLE emptying (
  server TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE exposure (
  day TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('media', 'legal')),
  count INTEGER NOT NULL,
  PRIMARY KEY (day, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE instance (
  server TEXT PRIMARY KEY,
  limited_federation INTEGER,
  registrations INTEGER,
  approval_required INTEGER,
  reason_required INTEGER,
  read_at INTEGER,
  role_at INTEGER,
  peers TEXT,
  peers_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE ip_block (
  server TEXT NOT NULL,
  id TEXT NOT NULL,
  ord TEXT NOT NULL,
  ip TEXT NOT NULL,
  severity TEXT,
  comment TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ip_block_ip ON ip_block (server, ip);

CREATE INDEX ip_block_ord ON ip_block (server, ord);

CREATE TABLE left_list (
  server TEXT NOT NULL,
  noun TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (server, noun, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX left_list_at ON left_list (at);

CREATE TABLE lookalike (
  domain TEXT PRIMARY KEY,
  skeleton TEXT,
  scripts TEXT NOT NULL DEFAULT '',
  seen INTEGER NOT NULL,
  odd INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX lookalike_new ON lookalike (domain) WHERE skeleton IS NULL;

CREATE INDEX lookalike_odd ON lookalike (domain) WHERE odd = 1;

CREATE INDEX lookalike_skeleton ON lookalike (skeleton);

CREATE TABLE peer (
  server TEXT NOT NULL,
  domain TEXT NOT NULL, reversed TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (server, domain)
) STRICT, WITHOUT ROWID;

CREATE INDEX peer_reversed ON peer (server, reversed);

CREATE TABLE post (
  server TEXT NOT NULL,
  id TEXT NOT NULL,
  post TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX post_url ON post (server, iif(json_valid(post), json_extract(post, '$.url'), NULL));

CREATE TABLE post_look (
  server TEXT NOT NULL,
  post_id TEXT NOT NULL,
  shown INTEGER NOT NULL,
  votes TEXT,
  looked_at INTEGER NOT NULL,
  PRIMARY KEY (server, post_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER report_came AFTER INSERT ON report BEGIN
  INSERT INTO report_moved (n) VALUES (new.n);
END;

CREATE TRIGGER report_changed AFTER UPDATE ON report
WHEN old.resolved_at IS NOT new.resolved_at OR old.severity IS NOT new.severity OR old.assigned_id IS NOT new.assigned_id
  OR old.created_at IS NOT new.created_at OR old.target_id IS NOT new.target_id OR old.target_domain IS NOT new.target_domain
  OR old.reporter_domain IS NOT new.reporter_domain OR old.reporter_id IS NOT new.reporter_id
  OR old.rules IS NOT new.rules OR old.languages IS NOT new.languages OR old.keys IS NOT new.keys
BEGIN
  INSERT INTO report_moved (n) VALUES (new.n);
END;

CREATE TRIGGER report_key_came AFTER INSERT ON report WHEN new.keys <> '[]' BEGIN
  INSERT OR IGNORE INTO report_key SELECT value, new.n FROM json_each(new.keys);
END;

CREATE TRIGGER report_key_changed AFTER UPDATE OF keys ON report WHEN old.keys <> new.keys BEGIN
  DELETE FROM report_key WHERE n = old.n AND key IN (SELECT value FROM json_each(old.keys));
  INSERT OR IGNORE INTO report_key SELECT value, new.n FROM json_each(new.keys);
END;

CREATE TRIGGER report_text_went AFTER DELETE ON report BEGIN
  DELETE FROM report_key WHERE n = old.n AND key IN (SELECT value FROM json_each(old.keys));
  DELETE FROM report_text WHERE rowid = old.n;
END;

CREATE TRIGGER report_went AFTER DELETE ON report BEGIN
  INSERT INTO report_moved (n) VALUES (old.n);
END;

CREATE TABLE report (
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
  seen_at INTEGER NOT NULL, languages TEXT NOT NULL DEFAULT '[]', keys TEXT NOT NULL DEFAULT '[]', gist TEXT NOT NULL DEFAULT '',
  UNIQUE (server, id)
) STRICT;

CREATE INDEX report_closed_ord ON report (server, ord) WHERE resolved_at IS NOT NULL;

CREATE INDEX report_open ON report (server, severity, created_at, n, target_id, target_domain, reporter_id, reporter_domain, assigned_id, assigned_to, category, rules, languages, keys) WHERE resolved_at IS NULL;

CREATE INDEX report_ord ON report (server, ord) WHERE resolved_at IS NULL;

CREATE INDEX report_origin ON report (server, target_domain, target_id, resolved_at);

CREATE INDEX report_reporter ON report (server, reporter_id, created_at, resolved_at, target_id);

CREATE INDEX report_resolved ON report (server, resolved_at DESC, n) WHERE resolved_at IS NOT NULL;

CREATE INDEX report_target ON report (server, target_id, resolved_at, ord);

CREATE INDEX report_without_gist ON report (n) WHERE gist = '';

CREATE TABLE report_key (
  key TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (key, n)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER report_moved_long_ago AFTER INSERT ON report_moved WHEN new.seq % 1000 = 0 BEGIN
  DELETE FROM report_moved WHERE seq <= new.seq - 10000;
END;

CREATE TABLE report_moved (
  seq INTEGER PRIMARY KEY,
  n INTEGER NOT NULL
) STRICT;

CREATE VIRTUAL TABLE report_text USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3');

CREATE TABLE 'report_text_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'report_text_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'report_text_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

CREATE TABLE 'report_text_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE rule (
  server TEXT NOT NULL,
  id TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE rule_in_force (
  server TEXT NOT NULL,
  id TEXT NOT NULL,
  place INTEGER NOT NULL,
  hint TEXT NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER lookalike_signup AFTER INSERT ON signup WHEN new.mail IS NOT NULL BEGIN
  INSERT INTO lookalike (domain, seen) VALUES (lower(new.mail), 1) ON CONFLICT DO UPDATE SET seen = seen + 1;
END;

CREATE TABLE signup (
  server TEXT NOT NULL,
  id TEXT NOT NULL,
  ord TEXT NOT NULL,
  signed_up_at INTEGER NOT NULL,
  confirmed INTEGER,
  locale TEXT,
  application_id TEXT,
  invited_by TEXT,
  seen_at INTEGER NOT NULL, mail TEXT, range TEXT, reason TEXT, shape TEXT,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX signup_ord ON signup (server, ord);

CREATE TABLE skipped (
  server TEXT NOT NULL,
  list TEXT NOT NULL,
  low TEXT NOT NULL,
  high TEXT NOT NULL,
  since_at INTEGER NOT NULL,
  tried_at INTEGER NOT NULL,
  PRIMARY KEY (server, list, low)
) STRICT, WITHOUT ROWID;

CREATE TABLE stumble (
  server TEXT NOT NULL,
  list TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('up', 'down')),
  place TEXT NOT NULL,
  near INTEGER,
  rows INTEGER NOT NULL DEFAULT 0,
  gave_up_at INTEGER,
  PRIMARY KEY (server, list, way)
) STRICT, WITHOUT ROWID;

CREATE TABLE trend (
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

CREATE TABLE trend_read (
  server TEXT NOT NULL,
  family TEXT NOT NULL,
  read_at INTEGER NOT NULL,
  PRIMARY KEY (server, family)
) STRICT, WITHOUT ROWID;
