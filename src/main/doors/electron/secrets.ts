import type { SafeStorage } from 'electron'
import { Failure } from '../../../shared/contract/failure.ts'
import { chooseKeeper } from '../keeper.ts'
import { isKeyFileSealed, keyFileSecrets } from '../loopback/secrets.ts'
import type { Secrets } from '../start-engine.ts'

const MARK = 'kr1.'
type Keyring = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

/** Electron says so in words alone. */
const isBusy = (error: unknown) => error instanceof Error && /temporarily unavailable/i.test(error.message)

/** Seals with the system's keyring; opens also what a key file of this folder sealed for another door. */
export const keyringSecrets = (
  keyring: Keyring,
  folder: string,
  insists: boolean,
  platform = process.platform,
): Secrets => {
  const byFile = keyFileSecrets(folder)
  const seal = async (secret: string) => MARK + Buffer.from(await keyring.encryptStringAsync(secret)).toString('base64')
  const keeper = async (keyFile: boolean) => {
    const available = await keyring.isAsyncEncryptionAvailable()
    const probe = available
      ? await keyring.encryptStringAsync('howdah').catch((error: unknown) => {
          if (isBusy(error) && !insists && !keyFile) throw new Failure('storage', { reason: 'door.keyring-locked' })
        })
      : undefined
    return chooseKeeper({
      platform,
      available: probe !== undefined,
      backend: platform === 'linux' ? keyring.getSelectedStorageBackend() : null,
      tag: probe?.subarray(0, 3).toString('latin1') ?? '',
      keyFile: insists || keyFile,
    })
  }
  /** A keyring that does not open a secret has another key, or it is locked or away for now: then nothing may be forgotten. */
  const whyShut = async (error: unknown, keyFile: boolean): Promise<Failure> => {
    if (isBusy(error)) return new Failure('storage', { reason: 'door.keyring-locked' })
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
