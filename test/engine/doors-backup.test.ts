import { existsSync } from 'node:fs'
import { mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Check } from '../../src/main/doors/cli/doctor.ts'
import { runCommand } from '../../src/main/doors/cli/run.ts'
import { keyFileSecrets } from '../../src/main/doors/loopback/secrets.ts'
import { openEngine } from '../../src/main/doors/open-engine.ts'
import { type SampleServer, startSampleServer } from '../../src/main/sample/server.ts'
import { say } from '../../src/shared/messages/say.ts'

const enginePath = resolve('out/main/engine.js')
const PASSPHRASE = 'seat on an elephant\n'
let sample: SampleServer
let place = ''
beforeAll(async () => {
  if (!existsSync(enginePath)) throw new Error('out/ is missing: run "npm run build" first')
  sample = await startSampleServer({ colleagues: false, reports: 20, accounts: 100 })
})
afterAll(() => sample.close())
beforeEach(async () => {
  place = await realpath(await mkdtemp(join(tmpdir(), 'howdah-backup-')))
})
afterEach(() => rm(place, { recursive: true }))

/** Runs a command on a folder of this test: what it printed, and its exit code. */
const howdah = async (folder: string, line: string, stdin = '') => {
  const said = { out: '', note: '' }
  const code = await runCommand({
    argv: [...line.split(' '), '--data', join(place, folder)],
    print: {
      out: text => {
        said.out += text
      },
      note: text => {
        said.note += text
      },
      columns: undefined,
    },
    stdin: Readable.from([stdin]),
    enginePath,
    root: resolve('.'),
    version: '0',
  })
  return { ...said, code }
}

test('a desk that is running is backed up, and taken up on another computer: sign in, and the same log goes on', async () => {
  expect((await howdah('desk', `signin --server ${sample.url} --token-stdin`, 'admin\n')).code).toBe(0)
  const file = join(place, 'desk.howdah')
  const backups = async () =>
    (JSON.parse((await howdah('desk', 'doctor --json')).out) as Check[]).filter(({ check }) => check === 'backup')
  expect(await backups()).toEqual([
    {
      check: 'backup',
      ok: true,
      says: 'No backup was made of this data yet.',
      todo: '"howdah backup FILE" makes one.',
    },
  ])
  const running = openEngine({
    enginePath,
    folder: join(place, 'desk'),
    from: 'browser',
    secrets: keyFileSecrets(join(place, 'desk')),
  })
  await running.dial()
  try {
    const made = await howdah('desk', `backup ${file} --passphrase-stdin --json`, PASSPHRASE)
    expect(made).toMatchObject({ code: 0, note: expect.stringContaining('Encrypted') })
    expect(Object.keys(JSON.parse(made.out))).toEqual(['file', 'bytes', 'sha256', 'entries', 'head', 'sealed'])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const entries: { action: string; at: string }[] = JSON.parse((await howdah('desk', 'log --json')).out)
    const at = entries.find(({ action }) => action === 'vault.backed-up')?.at
    expect(await backups()).toMatchObject([{ says: `The last backup was made at ${at}.`, todo: null }])
    expect(await howdah('desk', `backup ${file}`)).toMatchObject({ code: 1, out: '' })
    const refused = await howdah('desk', `restore ${file} --passphrase-stdin`, PASSPHRASE)
    expect(refused).toMatchObject({ code: 1, note: 'Another Howdah has this data folder open.\n' })
  } finally {
    await running.close()
  }
  const wrong = await howdah('other', `restore ${file} --passphrase-stdin`, 'another one\n')
  expect(wrong).toMatchObject({ code: 1, note: `${say('backup.other-passphrase')}\n` })
  const done = await howdah('other', `restore ${file} --passphrase-stdin`, PASSPHRASE)
  expect(done.code).toBe(0)
  expect(done.out).toContain('Restored to')
  expect(done.note).toContain(`howdah signin --server ${sample.url}`)
  expect(JSON.parse((await howdah('other', 'servers --json')).out)).toMatchObject([{ signedIn: false }])
  expect((await howdah('other', 'log verify')).code).toBe(0)
  const log: { action: string }[] = JSON.parse((await howdah('other', 'log --json')).out)
  expect(log[0]?.action).toBe('vault.restored')
  expect(log.some(({ action }) => action === 'writer.changed')).toBe(false)
  expect((await howdah('other', `signin --server ${sample.url} --token-stdin`, 'admin\n')).code).toBe(0)
  expect((await howdah('other', 'sync')).code).toBe(0)

  const again = await howdah('desk', `restore ${file} --passphrase-stdin --json`, PASSPHRASE)
  expect(JSON.parse(again.out)).toMatchObject({ sameKey: true, unsettled: 0, log: { ok: true } })
  const kept = (await readdir(join(place, 'desk'))).filter(name => name.startsWith('vault.db.before-restore'))
  expect(kept.length).toBeGreaterThan(0)
})

test('a backup whose log does not hold is restored only where a person says so: 3 until then, and nothing is done', async () => {
  expect((await howdah('desk', `signin --server ${sample.url} --token-stdin`, 'admin\n')).code).toBe(0)
  const vault = new Database(join(place, 'desk', 'vault.db'))
  vault.exec(`UPDATE log_entry SET action = 'server.forged' WHERE seq = 1`)
  vault.close()
  expect((await howdah('desk', `backup ${join(place, 'b')}`)).code).toBe(0)
  const asked = await howdah('other', `restore ${join(place, 'b')}`)
  expect(asked).toMatchObject({ code: 3, out: '', note: expect.stringContaining(say('cli.restore-broken')) })
  expect(await readdir(join(place, 'other'))).not.toContain('vault.db')
  expect(await howdah('other', `restore ${join(place, 'b')} --log-is-broken`)).toMatchObject({ code: 0 })
  expect(await howdah('other', 'log verify')).toMatchObject({ code: 1 })
})

test('wrong use, and folders and files that are not there, are told in a sentence', async () => {
  expect(await howdah('desk', 'backup')).toMatchObject({ code: 2, note: expect.stringContaining('needs a file') })
  expect(await howdah('desk', 'restore')).toMatchObject({ code: 2 })
  expect(await howdah('none', `backup ${join(place, 'b')}`)).toMatchObject({
    code: 1,
    note: expect.stringContaining('There is no desk in'),
  })
  expect(existsSync(join(place, 'none'))).toBe(false)
  expect(await howdah('desk', `restore ${join(place, 'no-such')}`)).toMatchObject({
    code: 1,
    note: 'The file cannot be read (ENOENT).\n',
  })
  const short = await howdah('desk', `backup ${join(place, 'b')} --passphrase-stdin`, 'short\n')
  expect(short).toMatchObject({ code: 1, note: expect.stringContaining('12 characters') })
  expect((await howdah('desk', 'backup --help')).out).toContain('howdah backup [--passphrase-stdin] FILE')
})
