/** What people who wait may share, as computed when they came in: see signups/patterns.ts. */
export const sql = `
ALTER TABLE mirror.signup ADD COLUMN mail TEXT;
ALTER TABLE mirror.signup ADD COLUMN range TEXT;
ALTER TABLE mirror.signup ADD COLUMN reason TEXT;
ALTER TABLE mirror.signup ADD COLUMN shape TEXT;
-- Read again with its patterns by the next sweep.
DELETE FROM mirror.signup;
DELETE FROM mirror.cursor WHERE list = 'signups';
`
