/**
 * What the log is searched by (log/search-index.ts): tokens only, no text. `secure-delete`: what is taken out leaves the index at
 * once, not at its next tidying. `log_term` lists the tokens. By server the log is now found there too.
 */
export const sql = `
CREATE VIRTUAL TABLE log_search USING fts5(
  tokens,
  content = '',
  columnsize = 0,
  tokenize = "ascii tokenchars '!#$%&()*+,-./:;<=>?@[]^_\`{|}~'"
);
INSERT INTO log_search (log_search, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE log_term USING fts5vocab(log_search, instance);
DROP INDEX log_by_server;
`
