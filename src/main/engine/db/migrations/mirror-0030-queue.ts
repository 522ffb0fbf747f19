/**
 * What the queue is searched, grouped and filtered by. `gist` tells of what words, keys and languages were taken; an empty one, that they
 * are still to be taken, as for reports that were here before this.
 */
export const sql = `
ALTER TABLE mirror.report ADD COLUMN languages TEXT NOT NULL DEFAULT '[]';
ALTER TABLE mirror.report ADD COLUMN keys TEXT NOT NULL DEFAULT '[]';
ALTER TABLE mirror.report ADD COLUMN gist TEXT NOT NULL DEFAULT '';
CREATE INDEX mirror.report_without_gist ON report (n) WHERE gist = '';

-- Reports by what makes them one campaign, open and closed: see campaigns/keys.ts.
CREATE TABLE mirror.report_key (
  key TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (key, n)
) STRICT, WITHOUT ROWID;

-- Comment, reported posts, name and handle, as words that were cut beforehand: see reports/words.ts. The texts themselves are not in it.
CREATE VIRTUAL TABLE mirror.report_text USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3');
INSERT INTO mirror.report_text (report_text, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER mirror.report_key_came AFTER INSERT ON report WHEN new.keys <> '[]' BEGIN
  INSERT OR IGNORE INTO report_key SELECT value, new.n FROM json_each(new.keys);
END;
CREATE TRIGGER mirror.report_key_changed AFTER UPDATE OF keys ON report WHEN old.keys <> new.keys BEGIN
  DELETE FROM report_key WHERE n = old.n AND key IN (SELECT value FROM json_each(old.keys));
  INSERT OR IGNORE INTO report_key SELECT value, new.n FROM json_each(new.keys);
END;
CREATE TRIGGER mirror.report_text_went AFTER DELETE ON report BEGIN
  DELETE FROM report_key WHERE n = old.n AND key IN (SELECT value FROM json_each(old.keys));
  DELETE FROM report_text WHERE rowid = old.n;
END;

DROP INDEX mirror.report_open;
CREATE INDEX mirror.report_open ON report (server, severity, created_at, n, target_id, target_domain, reporter_id, reporter_domain, assigned_id, assigned_to, category, rules, languages, keys) WHERE resolved_at IS NULL;

DROP TRIGGER mirror.report_changed;
CREATE TRIGGER mirror.report_changed AFTER UPDATE ON report
WHEN old.resolved_at IS NOT new.resolved_at OR old.severity IS NOT new.severity OR old.assigned_id IS NOT new.assigned_id
  OR old.created_at IS NOT new.created_at OR old.target_id IS NOT new.target_id OR old.target_domain IS NOT new.target_domain
  OR old.reporter_domain IS NOT new.reporter_domain OR old.reporter_id IS NOT new.reporter_id
  OR old.rules IS NOT new.rules OR old.languages IS NOT new.languages OR old.keys IS NOT new.keys
BEGIN
  INSERT INTO report_moved (n) VALUES (new.n);
END;
`
