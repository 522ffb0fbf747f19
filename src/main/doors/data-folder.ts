import { lstat, mkdir, readdir, realpath, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { Failure } from '../../shared/contract/failure.ts'
import { diskFailure } from '../../shared/disk-failure.ts'
import { isRemote, mountsHere } from './network-drive.ts'

/** What decides where the data lies: the words given, and what the system says. `sample` asks for the folder of the sample. */
export type Wanted = {
  data?: string | undefined
  sample?: boolean | undefined
  env?: NodeJS.ProcessEnv
  platform?: NodeJS.Platform
  home?: string
}

/** `afresh`: the folder is emptied at each start, since the sample's world starts afresh and its ids mean other things. */
export type Choice = { folder: string; afresh: boolean }

const platformHome = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string) => {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support')
  if (platform === 'win32') return env.LOCALAPPDATA || join(home, 'AppData', 'Local')
  // A relative XDG path is invalid by its specification, and is to be ignored.
  return env.XDG_DATA_HOME && isAbsolute(env.XDG_DATA_HOME) ? env.XDG_DATA_HOME : join(home, '.local', 'share')
}

/** The data folder: `--data`, else `HOWDAH_DATA`, else the platform's own place; for the sample, without either, a place of its own. */
export const chooseFolder = (wanted: Wanted): Choice => {
  const { env = process.env, platform = process.platform, home = homedir() } = wanted
  const given = wanted.data || env.HOWDAH_DATA
  if (given) return { folder: resolve(given), afresh: false }
  const place = platformHome(platform, env, home)
  return wanted.sample
    ? { folder: join(place, 'howdah-sample'), afresh: true }
    : { folder: join(place, 'howdah'), afresh: false }
}

/** The real path of a folder, or of what of it is there. */
const nearest = async (folder: string): Promise<string> =>
  realpath(folder).catch(() => (dirname(folder) === folder ? folder : nearest(dirname(folder))))

/**
 * Makes the folder, for this user only, and answers its real path. A folder that was there before keeps its mode. Fails with
 * `storage` and `door.no-folder`, or `door.network-folder` where a database would end damaged.
 */
export const prepareFolder = async (folder: string, mounts = mountsHere): Promise<string> => {
  if (isRemote(await nearest(folder), await mounts()))
    throw new Failure('storage', { reason: 'door.network-folder', folder })
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return await realpath(folder)
  } catch (error) {
    const full = diskFailure(error)
    if (full?.detail.reason === 'failure.disk-full') throw full
    throw new Failure('storage', { reason: 'door.no-folder', folder })
  }
}

/** Empties a folder that starts afresh. Only for a choice that says so, and never through a link. */
export const emptyFolder = async (choice: Choice): Promise<void> => {
  if (!choice.afresh || !(await lstat(choice.folder)).isDirectory()) return
  for (const name of await readdir(choice.folder)) {
    // The desktop's own profile is in use by now, and holds nothing of the sample.
    if (name !== 'desktop') await rm(join(choice.folder, name), { recursive: true, force: true })
  }
}
