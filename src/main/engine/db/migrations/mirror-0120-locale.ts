/** The language in which the server writes to a member (contract F.1): its mail is shown in that language before it goes out. */
export const sql = `
ALTER TABLE mirror.account ADD COLUMN locale TEXT;
`
