/** Evidence by the address of its post. */
export const sql = `
CREATE INDEX evidence_url ON evidence (server, iif(json_valid(post), json_extract(post, '$.url'), NULL));
`
