import { closeSync, openSync } from 'node:fs'

/** Makes a file that only this user can read (0600) unless it is there; SQLite gives its journals the same rights. */
export const makePrivateFile = (path: string): void => closeSync(openSync(path, 'a', 0o600))
