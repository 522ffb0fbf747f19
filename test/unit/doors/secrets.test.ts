import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { chooseKeeper, keyringSecrets } from '../../../src/main/doors/electron/secrets.ts'
import { keyFileSecrets } from '../../../src/main/doors/loopback/secrets.ts'

const call = { signal: new AbortController().signal, from: 'engine' as const }
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-secrets-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('what a key file seals it opens, and nothing in the folder holds the secret', async () => {
  const secret = 'canary-token-8b1f'
  const { sealed, by } = await keyFileSecrets(folder)['door.seal']({ secret }, call)
  expect(by).toBe('key-file')
  expect(await keyFileSecrets(folder)['door.unseal']({ sealed }, call)).toEqual({ secret })
  const again = await keyFileSecrets(folder)['door.seal']({ secret }, call)
  expect(again.sealed).not.toBe(sealed)
  for (const name of await readdir(folder)) expect((await readFile(join(folder, name))).includes(secret)).toBe(false)
  expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600)
})

test('a changed byte, another key and a keyring end in a refusal with a reason, never in a wrong secret', async () => {
  const { sealed } = await keyFileSecrets(folder)['door.seal']({ secret: 'canary' }, call)
  const open = (text: string) => Promise.resolve(keyFileSecrets(folder)['door.unseal']({ sealed: text }, call))
  const bytes = Buffer.from(sealed.slice(4), 'base64url')
  for (let at = 0; at < bytes.length; at += 1) {
    const flipped = Buffer.from(bytes)
    flipped[at] = (flipped[at] ?? 0) ^ 1
    await expect(open(`kf1.${flipped.toString('base64url')}`)).rejects.toMatchObject({
      detail: { reason: 'door.sealed-by-another-key' },
    })
  }
  await expect(open('kf1.')).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(open('kr1.AAAA')).rejects.toMatchObject({ detail: { reason: 'door.sealed-by-keyring' } })
  await rm(join(folder, 'key'))
  await expect(open(sealed)).rejects.toMatchObject({ detail: { reason: 'door.sealed-by-another-key' } })
  await writeFile(join(folder, 'key'), 'short')
  await expect(open(sealed)).rejects.toMatchObject({ code: 'storage', detail: { reason: 'door.key-damaged' } })
})

test('a key file that others may read is closed to them', async () => {
  await keyFileSecrets(folder)['door.seal']({ secret: 'x' }, call)
  await chmod(join(folder, 'key'), 0o644)
  await keyFileSecrets(folder)['door.seal']({ secret: 'x' }, call)
  expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600)
})

test('the keyring is used only where it is a real one; else a key file, for who insists', () => {
  const backends = ['basic_text', 'unknown', 'gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'] as const
  const real = (backend: string) => backend.startsWith('kwallet') || backend === 'gnome_libsecret'
  for (const backend of backends)
    for (const available of [true, false])
      for (const insist of [true, false])
        expect([backend, available, insist, chooseKeeper({ platform: 'linux', backend, available, insist })]).toEqual([
          backend,
          available,
          insist,
          available && real(backend) ? 'keyring' : insist ? 'key-file' : 'nobody',
        ])
  for (const platform of ['darwin', 'win32'] as const) {
    expect(chooseKeeper({ platform, backend: null, available: true, insist: false })).toBe('keyring')
    expect(chooseKeeper({ platform, backend: null, available: false, insist: false })).toBe('nobody')
  }
})

/** A keyring as the system gives it: it reverses, and knows only what it sealed. */
const keyring = (backend: 'gnome_libsecret' | 'basic_text') => ({
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () => backend,
  encryptStringAsync: async (text: string) => Buffer.from([...text].reverse().join('')),
  decryptStringAsync: async (bytes: Buffer) => ({
    shouldReEncrypt: false,
    result: [...bytes.toString()].reverse().join(''),
  }),
})

test('the desktop seals by keyring, opens what a key file of the folder sealed, and refuses where there is no keyring', async () => {
  const desktop = keyringSecrets(keyring('gnome_libsecret'), folder, false)
  const sealed = await desktop['door.seal']({ secret: 'canary' }, call)
  expect(sealed.by).toBe('keyring')
  expect(await desktop['door.unseal']({ sealed: sealed.sealed }, call)).toEqual({ secret: 'canary' })
  const byFile = await keyFileSecrets(folder)['door.seal']({ secret: 'other' }, call)
  expect(await desktop['door.unseal']({ sealed: byFile.sealed }, call)).toEqual({ secret: 'other' })
  const bare = keyringSecrets(keyring('basic_text'), folder, false)
  if (process.platform === 'linux')
    await expect(bare['door.seal']({ secret: 'canary' }, call)).rejects.toMatchObject({
      detail: { reason: 'door.no-keyring' },
    })
})
