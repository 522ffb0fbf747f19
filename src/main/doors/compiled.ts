import { lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** About as many files as a few versions of Howdah leave; with more the folder begins anew. */
const MOST_FILES = 300

/** Where the system keeps what can be made again: not the data folder, which is copied and handed on, and must hold nothing that runs. */
const cacheHome = (): string => {
  const { XDG_CACHE_HOME: cache, LOCALAPPDATA: local } = process.env
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches')
  if (process.platform === 'win32') return local || join(homedir(), 'AppData', 'Local')
  return cache && isAbsolute(cache) ? cache : join(homedir(), '.cache')
}

/** SECURITY: what is in it runs, so nobody but this user may ever have written there, and no link leads elsewhere. */
const isOnlyOurs = (folder: string): boolean => {
  const found = lstatSync(folder)
  if (!found.isDirectory()) return false
  return process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 0o077) === 0)
}

/**
 * Lets this process, and the thread that `start` begins, take the form in which their modules were compiled at an earlier start, a tenth of a
 * start's work; and keeps it for the next when they end. Where that cannot be, they compile as ever.
 */
export const withCompiled = (start: () => void): void => {
  const asked = process.env.NODE_COMPILE_CACHE
  const mask = process.umask(0o077)
  try {
    const folder = join(cacheHome(), 'howdah-compiled')
    mkdirSync(folder, { recursive: true })
    if (asked === undefined && isOnlyOurs(folder)) {
      if (readdirSync(folder, { recursive: true }).length > MOST_FILES) rmSync(folder, { recursive: true })
      enableCompileCache(folder)
      process.env.NODE_COMPILE_CACHE = folder
    }
  } catch {
    // No home, no room, no right to write: none of them keeps a desk from opening.
  }
  process.umask(mask)
  start()
  // The thread has its own copy by now; a browser that is started has no use for it.
  if (asked === undefined) delete process.env.NODE_COMPILE_CACHE
}
