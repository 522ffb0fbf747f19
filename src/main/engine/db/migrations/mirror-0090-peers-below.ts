/** Peers can be looked for by a domain above them. Those that are held are read again. */
export const sql = `
DELETE FROM mirror.peer;
UPDATE mirror.instance SET peers_at = NULL, peers = NULL;
ALTER TABLE mirror.peer ADD COLUMN reversed TEXT NOT NULL DEFAULT '';
CREATE INDEX mirror.peer_reversed ON peer (server, reversed);
`
