/** Domain blocks and allows, sign-ups that wait, and lists that a server refuses: see sync/. `ord` sorts as the server does. */
export const sql = `
ALTER TABLE mirror.cursor ADD COLUMN refused_at INTEGER;

CREATE TABLE mirror.domain_block (
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
CREATE INDEX mirror.domain_block_ord ON domain_block (server, ord);
CREATE INDEX mirror.domain_block_domain ON domain_block (server, domain);

CREATE TABLE mirror.domain_allow (
  server TEXT NOT NULL,
  id TEXT NOT NULL,
  ord TEXT NOT NULL,
  domain TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror.domain_allow_ord ON domain_allow (server, ord);
CREATE INDEX mirror.domain_allow_domain ON domain_allow (server, domain);

-- Accounts that wait for approval; their names and personal data are in account.
CREATE TABLE mirror.signup (
  server TEXT NOT NULL,
  id TEXT NOT NULL,
  ord TEXT NOT NULL,
  signed_up_at INTEGER NOT NULL,
  confirmed INTEGER,
  locale TEXT,
  application_id TEXT,
  invited_by TEXT,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror.signup_ord ON signup (server, ord);

-- What left a list a short while ago: a slow page that was asked for before does not bring it back.
CREATE TABLE mirror.left_list (
  server TEXT NOT NULL,
  noun TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (server, noun, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror.left_list_at ON left_list (at);
`
