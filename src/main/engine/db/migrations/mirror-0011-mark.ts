/** Where a list's gap begins, where closing it stands, and where it begins the next time: see reports/cursor.ts. */
export const sql = `
ALTER TABLE mirror.cursor ADD COLUMN mark TEXT;
ALTER TABLE mirror.cursor ADD COLUMN gap_pos TEXT;
ALTER TABLE mirror.cursor ADD COLUMN gap_mark TEXT;
`
