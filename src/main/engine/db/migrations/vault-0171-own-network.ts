/** Which own network a person agreed to reach a server in. Plain http was never taken but to this computer, written down as such. */
export const sql = `
ALTER TABLE server ADD COLUMN own_network TEXT;
UPDATE server SET own_network = 'loopback' WHERE origin LIKE 'http:%';
`
