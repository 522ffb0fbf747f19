import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** File systems over a network, where neither locks nor shared memory hold: a database in use there ends damaged. */
const REMOTE =
  /^(nfs\d?|cifs|smb\d?|smbfs|9p|afs|afpfs|ceph|glusterfs|lustre|beegfs|ncpfs|webdav|davfs2?|fuse\.(sshfs|rclone|s3fs|davfs2?|gvfsd-fuse|curlftpfs|glusterfs|gcsfuse))$/

/** A mounted file system: where, and of which type. */
export type Mount = { at: string; type: string }

const unquote = (text: string) =>
  text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))

/** The mounts of Linux' `/proc/self/mountinfo`. */
export const readMountinfo = (text: string): Mount[] =>
  text.split('\n').flatMap(line => {
    const [before = '', after = ''] = line.split(' - ')
    const [at, type] = [before.split(' ')[4], after.split(' ')[0]]
    return at && type ? [{ at: unquote(at), type }] : []
  })

/** The mounts that `mount` lists on macOS: `//ada@nas/data on /Volumes/data (smbfs, nodev)`. */
export const readMountList = (text: string): Mount[] =>
  text.split('\n').flatMap(line => {
    const found = / on (\/.*) \(([^,)]+)/.exec(line)
    return found?.[1] && found[2] ? [{ at: found[1], type: found[2] }] : []
  })

/** Whether a folder, by its real path, lies on a network drive: by the mount that is nearest above it, or by a path of Windows. */
export const isRemote = (folder: string, mounts: readonly Mount[]): boolean => {
  if (folder.startsWith('\\\\') && !folder.startsWith('\\\\?\\')) return true
  const above = mounts.filter(({ at }) => at === '/' || folder === at || folder.startsWith(`${at}/`))
  // Of two at one place the later one covers the earlier.
  const nearest = above.reduce<Mount | undefined>(
    (best, one) => (best && best.at.length > one.at.length ? best : one),
    undefined,
  )
  // A computer that runs off one from its root on, as containers do, has no other place to offer.
  return nearest !== undefined && nearest.at !== '/' && REMOTE.test(nearest.type)
}

/** What is mounted on this computer; nothing where that cannot be known. */
export const mountsHere = async (platform: NodeJS.Platform = process.platform): Promise<Mount[]> => {
  try {
    if (platform === 'linux') return readMountinfo(await readFile('/proc/self/mountinfo', 'utf8'))
    if (platform === 'darwin') return readMountList((await promisify(execFile)('/sbin/mount')).stdout)
  } catch {
    // Only a hint: what SQLite itself says comes later.
  }
  return []
}
