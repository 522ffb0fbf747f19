import { closeSync, openSync } from 'node:fs'

/**
 * Makes a file that only this user can read (0600) unless it is there; SQLite gives its journals the same rights. A file that is
 * there is not opened: to close it again would drop every lock that this process has on it.
 */
export const makePrivateFile = (path: string): void => {
  try {
    closeSync(openSync(path, 'ax', 0o600))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}
