/**
 * Accounts by the words of their names, in any script, and by what is in force on them: one row of tokens an account, by its `place`.
 * Places are numbered in the order in which accounts became known here.
 */
export const sql = `
ALTER TABLE mirror.account ADD COLUMN place INTEGER;
CREATE UNIQUE INDEX mirror.account_place ON account (place) WHERE place IS NOT NULL;
CREATE INDEX mirror.account_unplaced ON account (server, id) WHERE place IS NULL;
CREATE VIRTUAL TABLE mirror.account_text USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3');
CREATE TRIGGER mirror.account_went AFTER DELETE ON account WHEN old.place IS NOT NULL BEGIN
  DELETE FROM account_text WHERE rowid = old.place;
END;
`
