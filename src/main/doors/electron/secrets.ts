import type { SafeStorage } from 'electron'
import { Failure } from '../../../shared/contract/failure.ts'
import { isKeyFileSealed, keyFileSecrets } from '../loopback/secrets.ts'
import type { Secrets } from '../start-engine.ts'

/** What tells how well this system can keep a secret. `backend` exists on Linux only; `keyFile`: the user wants one all the same. */
export type Keeping = { platform: NodeJS.Platform; available: boolean; backend: string | null; keyFile: boolean }

/**
 * Who seals: the system's keyring where it is a real one; else a key file, but only for a user who insists.
 * SECURITY: without a keyring, Electron on Linux "encrypts" with a password that is the same everywhere (`basic_text`).
 */
export const chooseKeeper = ({ platform, available, backend, keyFile }: Keeping): 'keyring' | 'key-file' | 'nobody' => {
  const isReal = platform !== 'linux' || (backend !== null && !['basic_text', 'unknown'].includes(backend))
  if (available && isReal) return 'keyring'
  return keyFile ? 'key-file' : 'nobody'
}

const MARK = 'kr1.'
type Keyring = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

/** Seals with the system's keyring; opens also what a key file of this folder sealed for another door. */
export const keyringSecrets = (
  keyring: Keyring,
  folder: string,
  insists: boolean,
  platform = process.platform,
): Secrets => {
  const byFile = keyFileSecrets(folder)
  const seal = async (secret: string) => MARK + Buffer.from(await keyring.encryptStringAsync(secret)).toString('base64')
  const keeper = async (keyFile: boolean) =>
    chooseKeeper({
      platform,
      available: await keyring.isAsyncEncryptionAvailable(),
      backend: platform === 'linux' ? keyring.getSelectedStorageBackend() : null,
      keyFile: insists || keyFile,
    })
  /** A keyring that does not open a secret has another key, or it is locked or away for now: then nothing may be forgotten. */
  const whyShut = async (error: unknown, keyFile: boolean): Promise<Failure> => {
    const isBusy =
      error instanceof Error && 'isTemporarilyUnavailable' in error && error.isTemporarilyUnavailable === true
    if (isBusy) return new Failure('storage', { reason: 'door.keyring-locked' })
    return (await keeper(keyFile)) === 'nobody'
      ? new Failure('storage', { reason: 'door.no-keyring' })
      : new Failure('not-allowed', { reason: 'door.sealed-by-another-key' })
  }
  return {
    'door.seal': async (given, call) => {
      const chosen = await keeper(given.keyFile)
      if (chosen === 'nobody') throw new Failure('not-allowed', { reason: 'door.no-keyring' })
      if (chosen === 'key-file') return await byFile['door.seal'](given, call)
      return { sealed: await seal(given.secret), by: 'keyring' }
    },
    'door.unseal': async (given, call) => {
      if (isKeyFileSealed(given.sealed)) return await byFile['door.unseal'](given, call)
      const bytes = Buffer.from(given.sealed.slice(MARK.length), 'base64')
      try {
        const { result, shouldReEncrypt } = await keyring.decryptStringAsync(bytes)
        return shouldReEncrypt ? { secret: result, resealed: await seal(result) } : { secret: result }
      } catch (error) {
        throw await whyShut(error, given.keyFile)
      }
    },
  }
}
