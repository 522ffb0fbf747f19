import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { chmod, open, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../../shared/contract/failure.ts'
import { diskFailure } from '../../../shared/disk-failure.ts'
import type { Secrets } from '../start-engine.ts'

/** Says what sealed a secret, at the front of it. */
const MARK = 'kf1.'
const NONCE = 12
const TAG = 16
const extra = Buffer.from('howdah key-file 1')

/** Whether a key file sealed it (else a keyring did). */
export const isKeyFileSealed = (sealed: string): boolean => sealed.startsWith(MARK)

/** The key of a data folder, made at first use: 32 random bytes in a file that only this user can read. */
const readKey = (folder: string): Promise<Buffer> =>
  readOrMake(join(folder, 'key')).catch((error: unknown) => {
    throw diskFailure(error) ?? error
  })

const readOrMake = async (file: string): Promise<Buffer> => {
  const there = await stat(file).catch(() => undefined)
  if (!there) {
    const fresh = `${file}.new`
    const handle = await open(fresh, 'w', 0o600)
    await handle.writeFile(randomBytes(32))
    await handle.sync()
    await handle.close()
    // Whole under its name, or absent: half a key would lock every token away.
    await rename(fresh, file)
  } else if (process.platform !== 'win32' && (there.mode & 0o077) !== 0) await chmod(file, 0o600)
  const key = await readFile(file)
  if (key.length !== 32) throw new Failure('storage', { reason: 'door.key-damaged' })
  return key
}

/** Seals with a key file beside the data (AES-256-GCM): it keeps a token out of copies of the database, not from this user's programs. */
export const keyFileSecrets = (folder: string): Secrets => {
  let key: Promise<Buffer> | undefined
  const theKey = () => {
    key ??= readKey(folder)
    key.catch(() => {
      key = undefined
    })
    return key
  }
  return {
    'door.seal': async ({ secret }) => {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', await theKey(), nonce).setAAD(extra)
      const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return { sealed: MARK + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url'), by: 'key-file' }
    },
    'door.unseal': async ({ sealed }) => {
      if (!isKeyFileSealed(sealed)) throw new Failure('not-allowed', { reason: 'door.sealed-by-keyring' })
      const bytes = Buffer.from(sealed.slice(MARK.length), 'base64url')
      try {
        const opened = createDecipheriv('aes-256-gcm', await theKey(), bytes.subarray(0, NONCE), { authTagLength: TAG })
        opened.setAAD(extra).setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
        const secret = Buffer.concat([opened.update(bytes.subarray(NONCE + TAG)), opened.final()]).toString('utf8')
        return { secret }
      } catch (error) {
        if (error instanceof Failure) throw error
        throw new Failure('not-allowed', { reason: 'door.sealed-by-another-key' })
      }
    },
  }
}
