/** What a decision's way back needs to know of how things were, as JSON; and the brake that it goes out over, since a person said so. */
export const sql = `
ALTER TABLE decision ADD COLUMN kept TEXT NOT NULL DEFAULT '{}';
ALTER TABLE decision ADD COLUMN brake TEXT;
`
