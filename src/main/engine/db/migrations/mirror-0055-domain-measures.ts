/** What a server counts of a domain and its subdomains (contract E.9), as it was last asked. */
export const sql = `
CREATE TABLE mirror.domain_measure (
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
`
