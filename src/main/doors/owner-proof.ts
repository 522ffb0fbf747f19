import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { lstat, open, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readFrame } from '../../shared/contract/frames.ts'
import { diskFailure } from '../../shared/disk-failure.ts'
import { isEnded, markThisProcess, ProcessMark } from './same-process.ts'

const fileIn = (folder: string) => join(folder, 'owner.key')

/** Whether something belongs to who owns the folder (or to us) and gives others none of these rights. On Windows the profile's own hold. */
export const isPrivate = async (path: string, folder: string, mask: number): Promise<boolean> => {
  if (process.platform === 'win32') return true
  const [there, home] = await Promise.all([lstat(path), stat(folder)]).catch(() => [])
  if (!there || !home || there.isSymbolicLink() || (there.mode & mask) !== 0) return false
  return there.uid === home.uid || there.uid === process.getuid?.()
}

/** What the file holds: the key, and whose it is. */
const Kept = z.object({ key: z.base64url().length(43), by: ProcessMark })

/**
 * A new key of the folder's owner, this process, for as long as it owns it: in a file that only this user reads, since who knows it is
 * believed. Fails with `storage` where the disk does not take it.
 */
export const makeOwnerKey = async (folder: string): Promise<Buffer> => {
  const key = randomBytes(32)
  const kept: z.infer<typeof Kept> = { key: key.toString('base64url'), by: markThisProcess() }
  const fresh = `${fileIn(folder)}.new`
  try {
    const handle = await open(fresh, 'w', 0o600)
    try {
      await handle.chmod(0o600)
      await handle.writeFile(JSON.stringify(kept))
    } finally {
      await handle.close()
    }
    await rename(fresh, fileIn(folder))
  } catch (error) {
    throw diskFailure(error) ?? error
  }
  return key
}

/** The key of the folder's owner. Nothing where there is none, others could know it, or the process has ended that made it. */
export const readOwnerKey = async (folder: string): Promise<Buffer | undefined> => {
  if (!(await isPrivate(fileIn(folder), folder, 0o077))) return undefined
  const kept = readFrame(Kept, await readFile(fileIn(folder), 'utf8').catch(() => ''))
  if (!kept || isEnded(kept.by)) return undefined
  return Buffer.from(kept.key, 'base64url')
}

/** A word that was never said before: 256 random bits. */
export const newNonce = () => randomBytes(32).toString('base64url')

/** What both ends of one call have said so far. */
export type Nonces = { door: string; owner: string }

/** That this end knows the key, for this call and this end only. */
export const proofOf = (key: Buffer, end: 'door' | 'owner', { door, owner }: Nonces): string =>
  createHmac('sha256', key).update(`howdah ${end} ${door} ${owner}`).digest('base64url')

/** Whether that is what the other end would say if it knows the key. */
export const isProof = (said: string, ...of: Parameters<typeof proofOf>): boolean => {
  const [given, right] = [Buffer.from(said), Buffer.from(proofOf(...of))]
  return given.length === right.length && timingSafeEqual(given, right)
}
