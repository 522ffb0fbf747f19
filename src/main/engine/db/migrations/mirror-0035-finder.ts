/** Accounts by handle in any case, and posts by their address. */
export const sql = `
CREATE INDEX mirror.account_handle ON account (server, username COLLATE NOCASE, domain);
CREATE INDEX mirror.post_url ON post (server, iif(json_valid(post), json_extract(post, '$.url'), NULL));
`
