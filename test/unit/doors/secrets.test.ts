import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keyringSecrets } from '../../../src/main/doors/electron/secrets.ts'
import { chooseKeeper } from '../../../src/main/doors/keeper.ts'
import { keyFileSecrets } from '../../../src/main/doors/loopback/secrets.ts'

const call = { signal: new AbortController().signal, from: 'engine' as const }
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-secrets-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('what a key file seals it opens, and nothing in the folder holds the secret', async () => {
  const secret = 'canary-token-8b1f'
  const { sealed, by } = await keyFileSecrets(folder)['door.seal']({ secret, keyFile: false }, call)
  expect(by).toBe('key-file')
  expect(await keyFileSecrets(folder)['door.unseal']({ sealed, keyFile: false }, call)).toEqual({ secret })
  const again = await keyFileSecrets(folder)['door.seal']({ secret, keyFile: false }, call)
  expect(again.sealed).not.toBe(sealed)
  for (const name of await readdir(folder)) expect((await readFile(join(folder, name))).includes(secret)).toBe(false)
  expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600)
})

test('a changed byte, another key and a keyring end in a refusal with a reason, never in a wrong secret', async () => {
  const { sealed } = await keyFileSecrets(folder)['door.seal']({ secret: 'canary', keyFile: false }, call)
  const open = (text: string) =>
    Promise.resolve(keyFileSecrets(folder)['door.unseal']({ sealed: text, keyFile: false }, call))
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
  await keyFileSecrets(folder)['door.seal']({ secret: 'x', keyFile: false }, call)
  await chmod(join(folder, 'key'), 0o644)
  await keyFileSecrets(folder)['door.seal']({ secret: 'x', keyFile: false }, call)
  expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600)
})

test('the keyring is used only where it is a real one; else a key file, for who keyFiles', () => {
  const tags = { v10: false, v11: true, v12: true, v20: true, '': false, v1: false, can: false, v100: false }
  for (const backend of [...backends, ''])
    for (const [tag, real] of Object.entries(tags))
      for (const available of [true, false])
        for (const keyFile of [true, false]) {
          const chosen = available && real && storeNames.includes(backend) ? 'keyring' : keyFile ? 'key-file' : 'nobody'
          const given = { platform: 'linux', backend, tag, available, keyFile } as const
          expect([given, chooseKeeper(given)]).toEqual([given, chosen])
        }
  for (const platform of ['darwin', 'win32'] as const)
    for (const tag of ['v10', '\u0001\u0000\u0000']) {
      expect(chooseKeeper({ platform, backend: null, tag, available: true, keyFile: false })).toBe('keyring')
      expect(chooseKeeper({ platform, backend: null, tag, available: false, keyFile: false })).toBe('nobody')
    }
})

const backends = ['basic_text', 'unknown', 'gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'] as const
type Backend = (typeof backends)[number]
const storeNames: readonly string[] = ['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6']
const hasStore = (backend: Backend) => storeNames.includes(backend)

/** A keyring as the system gives it: it reverses, and knows only what it sealed. */
const keyring = (
  backend: Backend,
  more: { available?: boolean; fails?: string; newKey?: boolean; tag?: string; sealsNothing?: boolean } = {},
) => ({
  isAsyncEncryptionAvailable: async () => more.available ?? true,
  getSelectedStorageBackend: () => backend,
  encryptStringAsync: async (text: string) => {
    if (more.sealsNothing)
      throw new Error(more.fails ?? 'Error while encrypting the text provided to safeStorage.encryptStringAsync.')
    return Buffer.from((more.tag ?? (hasStore(backend) ? 'v11' : 'v10')) + [...text].reverse().join(''))
  },
  decryptStringAsync: async (bytes: Buffer) => {
    if (more.fails) throw new Error(more.fails)
    return { shouldReEncrypt: more.newKey ?? false, result: [...bytes.toString().slice(3)].reverse().join('') }
  },
})
const seal = (secrets: ReturnType<typeof keyringSecrets>, keyFile = false) =>
  Promise.resolve(secrets['door.seal']({ secret: 'canary', keyFile }, call))
const unseal = (secrets: ReturnType<typeof keyringSecrets>, sealed: string, keyFile = false) =>
  Promise.resolve(secrets['door.unseal']({ sealed, keyFile }, call))

test('the desktop seals by keyring, opens what a key file of the folder sealed, and refuses where there is no keyring', async () => {
  const desktop = keyringSecrets(keyring('gnome_libsecret'), folder, false, 'linux')
  const sealed = await seal(desktop)
  expect(sealed.by).toBe('keyring')
  expect(await unseal(desktop, sealed.sealed)).toEqual({ secret: 'canary' })
  const byFile = await seal(keyFileSecrets(folder))
  expect(await unseal(desktop, byFile.sealed)).toEqual({ secret: 'canary' })
  const bare = keyringSecrets(keyring('basic_text'), folder, false, 'linux')
  await expect(seal(bare)).rejects.toMatchObject({ code: 'not-allowed', detail: { reason: 'door.no-keyring' } })
  // The desktop has a name that promises a store, and no store answers: Electron falls back without a word.
  for (const more of [{ tag: 'v10' }, { sealsNothing: true }]) {
    const silent = keyringSecrets(keyring('gnome_libsecret', more), folder, false, 'linux')
    await expect(seal(silent)).rejects.toMatchObject({ code: 'not-allowed', detail: { reason: 'door.no-keyring' } })
  }
  expect((await seal(bare, true)).by, 'the setting').toBe('key-file')
  expect((await seal(keyringSecrets(keyring('basic_text'), folder, true, 'linux'))).by, 'the word of now').toBe(
    'key-file',
  )
})

test('a keyring that is locked, busy or away for now forgets nothing; one with another key ends the sign-in', async () => {
  const sealed = (await seal(keyringSecrets(keyring('gnome_libsecret'), folder, false, 'linux'))).sealed
  const opened = (backend: 'gnome_libsecret' | 'basic_text', more: Parameters<typeof keyring>[1], keyFile = false) =>
    unseal(
      keyringSecrets(
        keyring(backend, {
          fails: 'Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.',
          ...more,
        }),
        folder,
        false,
        'linux',
      ),
      sealed,
      keyFile,
    )
  const busy = 'safeStorage.decryptStringAsync is temporarily unavailable. Please try again.'
  await expect(opened('gnome_libsecret', { fails: busy })).rejects.toMatchObject({
    code: 'storage',
    detail: { reason: 'door.keyring-locked' },
  })
  const away = { code: 'storage', detail: { reason: 'door.no-keyring' } }
  await expect(opened('gnome_libsecret', { available: false })).rejects.toMatchObject(away)
  await expect(opened('basic_text', {})).rejects.toMatchObject(away)
  await expect(opened('gnome_libsecret', { tag: 'v10' })).rejects.toMatchObject(away)
  const other = { code: 'not-allowed', detail: { reason: 'door.sealed-by-another-key' } }
  await expect(opened('gnome_libsecret', {})).rejects.toMatchObject(other)
  await expect(opened('basic_text', {}, true)).rejects.toMatchObject(other)
})

test('what the keyring opened with an older key is sealed anew', async () => {
  const old = keyringSecrets(keyring('gnome_libsecret', { newKey: true }), folder, false, 'linux')
  const { sealed } = await seal(old)
  const opened = await unseal(old, sealed)
  expect(opened).toEqual({ secret: 'canary', resealed: expect.stringMatching(/^kr1\./) })
  expect(await unseal(old, opened.resealed ?? '')).toMatchObject({ secret: 'canary' })
})

const fails = 'Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.'
/** What a keyring can be like, and what comes of sealing and of opening there: with a store behind its name, and without one. */
const conditions = {
  available: { more: {}, store: ['keyring', 'opened'], none: ['door.no-keyring', 'opened'] },
  locked: {
    more: {
      sealsNothing: true,
      fails: 'safeStorage.decryptStringAsync is temporarily unavailable. Please try again.',
    },
    store: ['door.keyring-locked', 'storage door.keyring-locked'],
    none: ['door.keyring-locked', 'storage door.keyring-locked'],
  },
  missing: {
    more: { available: false, fails },
    store: ['door.no-keyring', 'storage door.no-keyring'],
    none: ['door.no-keyring', 'storage door.no-keyring'],
  },
  // A seal that looks like a store's: by it alone nothing is believed.
  'as a store seals': { more: { tag: 'v11' }, store: ['keyring', 'opened'], none: ['door.no-keyring', 'opened'] },
  'of another key': {
    more: { fails },
    store: ['keyring', 'not-allowed door.sealed-by-another-key'],
    none: ['door.no-keyring', 'storage door.no-keyring'],
  },
} as const
const cells = backends.flatMap(backend => Object.keys(conditions).map(name => [backend, name] as const))

test.each(cells)(
  '%s, %s: nothing is sealed without a key of its own, and nothing is forgotten that may open again',
  async (backend, name) => {
    const { more, store, none } = conditions[name as keyof typeof conditions]
    const [sealing, opening] = hasStore(backend) ? store : none
    const sealedBefore =
      // Under the other names nothing was ever sealed: what a store of another session did.
      (await seal(keyringSecrets(keyring(hasStore(backend) ? backend : 'gnome_libsecret'), folder, false, 'linux')))
        .sealed
    const secrets = keyringSecrets(keyring(backend, more), folder, false, 'linux')
    const told = ({ code, detail }: { code: string; detail: { reason?: string } }) => [code, detail.reason]
    expect(
      await seal(secrets).then(
        ({ by }) => by,
        error => told(error)[1],
      ),
    ).toBe(sealing)
    expect(
      await unseal(secrets, sealedBefore).then(
        ({ secret }) => (secret === 'canary' ? 'opened' : secret),
        error => told(error).join(' '),
      ),
    ).toBe(opening)
    expect(await readdir(folder), 'no key file without a word').toEqual([])
    // Who insists has a key file where there is no store.
    const insisting = await seal(keyringSecrets(keyring(backend, more), folder, true, 'linux'))
    expect(insisting.by).toBe(sealing === 'keyring' ? 'keyring' : 'key-file')
  },
)
