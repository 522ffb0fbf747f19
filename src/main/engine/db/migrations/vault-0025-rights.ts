/** What a token may do, and the tokens that a server has yet to prove dead. */
export const sql = `
-- As the server granted them, with spaces between; null where it does not say.
ALTER TABLE server ADD COLUMN scopes TEXT;

-- Tokens of our own sign-ins that are no longer used, kept sealed until the server refuses them or a person says that they are dead.
CREATE TABLE revocation (
  id INTEGER PRIMARY KEY,
  server TEXT NOT NULL REFERENCES server (key),
  sealed_token TEXT NOT NULL,
  since INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  tried_at INTEGER
) STRICT;
CREATE INDEX revocation_by_server ON revocation (server);
`
