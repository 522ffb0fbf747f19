/** What a server says of itself, once a day: rules in force, whom it talks to; see servers/refresh.ts. */
export const sql = `
-- peers: 'shown' or 'hidden'. limited_federation, reason_required: null where the release does not say.
CREATE TABLE mirror.instance (
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

-- Their texts are in rule, with those of rules that were deleted since.
CREATE TABLE mirror.rule_in_force (
  server TEXT NOT NULL,
  id TEXT NOT NULL,
  place INTEGER NOT NULL,
  hint TEXT NOT NULL,
  PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE mirror.peer (
  server TEXT NOT NULL,
  domain TEXT NOT NULL,
  PRIMARY KEY (server, domain)
) STRICT, WITHOUT ROWID;
`
