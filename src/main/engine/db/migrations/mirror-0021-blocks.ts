/** What keeps people from signing up: blocks of e-mail domains, addresses and single e-mails (contract E.5 to E.7). */
export const sql = `
-- history: seven days of [sign-up attempts, different addresses], today first, as JSON; it is the server's day of seen_at.
CREATE TABLE mirror.email_domain_block (
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
CREATE INDEX mirror.email_domain_block_ord ON email_domain_block (server, ord);
CREATE INDEX mirror.email_domain_block_domain ON email_domain_block (server, domain);

CREATE TABLE mirror.ip_block (
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
CREATE INDEX mirror.ip_block_ord ON ip_block (server, ord);
CREATE INDEX mirror.ip_block_ip ON ip_block (server, ip);

CREATE TABLE mirror.canonical_email_block (
  server TEXT NOT NULL,
  id TEXT NOT NULL,
  ord TEXT NOT NULL,
  hash TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror.canonical_email_block_ord ON canonical_email_block (server, ord);
CREATE INDEX mirror.canonical_email_block_hash ON canonical_email_block (server, hash);
`
