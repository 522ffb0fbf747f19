import { z } from 'zod'
import { Time } from './ids.ts'
import { LogVerdict } from './log.ts'
import { command, query } from './method.ts'

/** The fewest characters of a passphrase: whoever has the file can try as often as they like. */
export const PASSPHRASE_LENGTH = 12

/** A passphrase, as it was typed. */
export const Passphrase = z.string().min(PASSPHRASE_LENGTH).max(1024)

/** A backup that was written, its path and its name. `head`: the newest entry's hash; `sealed`: encrypted, the key that signs the log in it. */
export const Backup = z.object({
  file: z.string(),
  name: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  entries: z.int(),
  head: z.string(),
  sealed: z.boolean(),
})
export type Backup = z.infer<typeof Backup>

/**
 * What a restore did, told by the command line: nothing can be asked of a folder that is not open. `log`: whether the restored log holds.
 * `servers`: where one signs in again. `setAside`: where the older vault is, if there was one. `sameKey`: whether the key that signs the
 * log came along.
 */
export const Restored = z.object({
  folder: z.string(),
  madeAt: Time,
  entries: z.int(),
  head: z.string(),
  log: LogVerdict,
  servers: z.array(z.object({ domain: z.string(), origin: z.string() })),
  setAside: z.string().nullable(),
  sameKey: z.boolean(),
})
export type Restored = z.infer<typeof Restored>

/** What was set aside of this desk: a damaged vault, or what a restore replaced. `at`: when; `bytes`: with all that belongs to it. */
export const SetAside = z.object({
  name: z.string(),
  why: z.enum(['damaged', 'before-restore']),
  at: Time,
  bytes: z.int(),
})
export type SetAside = z.infer<typeof SetAside>

/** What may be said about backups. */
export const backup = {
  /** What lies in the data folder since it was set aside, the newest first. No expiry reaches what people are known by in it. */
  'backup.setAside': query(z.object({}), z.object({ setAside: z.array(SetAside) }), ['log']),
  /** Deletes one for good, by its name in the list (`not-found` for any other); the log says so. */
  'backup.deleteSetAside': command(z.object({ name: z.string().min(1).max(200) }), z.object({ deleted: SetAside })),
  /**
   * Writes the vault to a new file, complete under its name or absent, while the desk goes on. No token is in it. With a passphrase
   * it is encrypted, and the key that signs the log goes along. `conflict` where the name is taken, `storage` without room.
   *
   * Only the command line names a `file`. Without one it is written beside the exports, for the page to hand over: never without a
   * passphrase (`not-allowed`), and what was written there before is removed.
   */
  'backup.make': command(
    z.object({ file: z.string().min(1).max(4096).optional(), passphrase: Passphrase.optional() }),
    Backup,
  ),
}
