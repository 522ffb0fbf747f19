/**
 * The name of a file that a page may have out of the data folder: of an export of the log or of a backup that the page made. Plain
 * letters, so that it can be neither a path nor a trick in a header.
 */
export const isExportName = (given: unknown): given is string =>
  typeof given === 'string' && /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\.(?:csv|jsonl|howdah)$/.test(given)
