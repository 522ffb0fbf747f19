/** Decisions act on any noun, and come in batches. Until here each was about a report, so that its subject is known. */
export const sql = `
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

ALTER TABLE decision ADD COLUMN subject_of TEXT NOT NULL DEFAULT 'report';
ALTER TABLE decision ADD COLUMN subject_id TEXT NOT NULL DEFAULT '';
ALTER TABLE decision ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE decision ADD COLUMN domain TEXT;
ALTER TABLE decision ADD COLUMN fields TEXT NOT NULL DEFAULT '{}';
ALTER TABLE decision ADD COLUMN batch_id TEXT REFERENCES batch (id);
UPDATE decision SET subject_id = coalesce(report_id, '');

CREATE INDEX decision_by_batch ON decision (batch_id, state) WHERE batch_id IS NOT NULL;
CREATE INDEX decision_ready ON decision (server, armed_at, id) WHERE state = 'ready';
`
