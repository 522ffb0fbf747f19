import type { SafeStorage } from 'electron'
import { Failure } from '../../../shared/contract/failure.ts'
import { isKeyFileSealed, keyFileSecrets } from '../loopback/secrets.ts'
import type { Secrets } from '../start-engine.ts'

/** What tells how well this system can keep a secret. `backend` exists on Linux only; `insist`: the user wants a key file all the same. */
export type Keeping = { platform: NodeJS.Platform; available: boolean; backend: string | null; insist: boolean }

/**
 * Who seals: the system's keyring where it is a real one; else a key file, but only for a user who insists.
 * SECURITY: without a keyring, Electron on Linux "encrypts" with a password that is the same everywhere (`basic_text`).
 */
export const chooseKeeper = ({ platform, available, backend, insist }: Keeping): 'keyring' | 'key-file' | 'nobody' => {
  const isReal = platform !== 'linux' || (backend !== null && !['basic_text', 'unknown'].includes(backend))
  if (available && isReal) return 'keyring'
  return insist ? 'key-file' : 'nobody'
}

const MARK = 'kr1.'
type Keyring = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

/** Seals with the system's keyring; opens also what a key file of this folder sealed for another door. */
export const keyringSecrets = (keyring: Keyring, folder: string, insist: boolean): Secrets => {
  const byFile = keyFileSecrets(folder)
  const keeper = async () =>
    chooseKeeper({
      platform: process.platform,
      available: await keyring.isAsyncEncryptionAvailable(),
      backend: process.platform === 'linux' ? keyring.getSelectedStorageBackend() : null,
      insist,
    })
  return {
    'door.seal': async (given, call) => {
      const chosen = await keeper()
      if (chosen === 'nobody') throw new Failure('not-allowed', { reason: 'door.no-keyring' })
      if (chosen === 'key-file') return await byFile['door.seal'](given, call)
      return { sealed: MARK + (await keyring.encryptStringAsync(given.secret)).toString('base64'), by: 'keyring' }
    },
    'door.unseal': async (given, call) => {
      if (isKeyFileSealed(given.sealed)) return await byFile['door.unseal'](given, call)
      const bytes = Buffer.from(given.sealed.slice(MARK.length), 'base64')
      const opened = await keyring.decryptStringAsync(bytes).catch(() => {
        throw new Failure('not-allowed', { reason: 'door.sealed-by-another-key' })
      })
      return { secret: opened.result }
    },
  }
}
