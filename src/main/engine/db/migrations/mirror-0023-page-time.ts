/** How long a server takes for its pages, so that the time left can be told. */
export const sql = `
ALTER TABLE mirror.cursor ADD COLUMN ms INTEGER NOT NULL DEFAULT 0;
`
