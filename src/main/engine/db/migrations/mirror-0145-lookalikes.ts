/**
 * Each domain that is known here, once, with what it looks like: `skeleton` (null until it was made), `scripts` that one of its labels
 * mixes, how many accounts and sign-ups were `seen` of it, and whether there is something `odd` about it: a twin, or mixed scripts.
 */
export const sql = `
CREATE TABLE mirror.lookalike (
  domain TEXT PRIMARY KEY,
  skeleton TEXT,
  scripts TEXT NOT NULL DEFAULT '',
  seen INTEGER NOT NULL,
  odd INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror.lookalike_skeleton ON lookalike (skeleton);
CREATE INDEX mirror.lookalike_new ON lookalike (domain) WHERE skeleton IS NULL;
CREATE INDEX mirror.lookalike_odd ON lookalike (domain) WHERE odd = 1;
INSERT INTO mirror.lookalike (domain, seen) SELECT lower(domain), count(*) FROM mirror.account WHERE domain IS NOT NULL GROUP BY lower(domain);
INSERT INTO mirror.lookalike (domain, seen) SELECT lower(mail), count(*) FROM mirror.signup WHERE mail IS NOT NULL GROUP BY lower(mail)
  ON CONFLICT DO UPDATE SET seen = seen + excluded.seen;
INSERT OR IGNORE INTO mirror.lookalike (domain, seen) SELECT lower(domain), 0 FROM mirror.domain_block;
INSERT OR IGNORE INTO mirror.lookalike (domain, seen) SELECT lower(domain), 0 FROM mirror.domain_allow;
INSERT OR IGNORE INTO mirror.lookalike (domain, seen) SELECT lower(domain), 0 FROM mirror.email_domain_block;
CREATE TRIGGER mirror.lookalike_account AFTER INSERT ON account WHEN new.domain IS NOT NULL BEGIN
  INSERT INTO lookalike (domain, seen) VALUES (lower(new.domain), 1) ON CONFLICT DO UPDATE SET seen = seen + 1;
END;
CREATE TRIGGER mirror.lookalike_signup AFTER INSERT ON signup WHEN new.mail IS NOT NULL BEGIN
  INSERT INTO lookalike (domain, seen) VALUES (lower(new.mail), 1) ON CONFLICT DO UPDATE SET seen = seen + 1;
END;
CREATE TRIGGER mirror.lookalike_block AFTER INSERT ON domain_block BEGIN
  INSERT INTO lookalike (domain, seen) VALUES (lower(new.domain), 0) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER mirror.lookalike_allow AFTER INSERT ON domain_allow BEGIN
  INSERT INTO lookalike (domain, seen) VALUES (lower(new.domain), 0) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER mirror.lookalike_mail AFTER INSERT ON email_domain_block BEGIN
  INSERT INTO lookalike (domain, seen) VALUES (lower(new.domain), 0) ON CONFLICT DO NOTHING;
END;
`
