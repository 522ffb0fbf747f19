/**
 * A server that was put back to an earlier state: when that was seen, from when on what we knew is lost there, and whether a person was
 * told. And of each post in a report when that report was filed: a server that was put back gives the report's id to another.
 */
export const sql = `
ALTER TABLE server ADD COLUMN went_back_at INTEGER;
ALTER TABLE server ADD COLUMN lost_from INTEGER;
ALTER TABLE server ADD COLUMN went_back_told INTEGER NOT NULL DEFAULT 1;
ALTER TABLE evidence_report ADD COLUMN filed_at INTEGER;
`
