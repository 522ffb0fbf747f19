import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { connectThrough } from '../../src/main/doors/begin.ts'
import { commands } from '../../src/main/doors/cli/commands.ts'
import { prepareFolder } from '../../src/main/doors/data-folder.ts'
import { keyFileSecrets } from '../../src/main/doors/loopback/secrets.ts'
import { openEngine } from '../../src/main/doors/open-engine.ts'
import { startSampleServer } from '../../src/main/sample/server.ts'
import { say } from '../../src/shared/messages/say.ts'
import { enginePath, runHere } from './cli-ground.ts'

const refused = 'Howdah is locked. Open it in its window or its page first.\n'
/** What each command is given here, and whether it works behind a lock; `web` and `sample` open no data of their own accord. */
const lines: Record<string, [line: string, works: boolean] | undefined> = {
  signin: ['signin --server URL --token-stdin', false],
  signout: ['signout --server URL', false],
  servers: ['servers --json', true],
  sync: ['sync --json', true],
  reports: ['reports', false],
  signups: ['signups', false],
  accounts: ['accounts', false],
  blocks: ['blocks', false],
  log: ['log --json', false],
  'log export': ['log export --format jsonl --output OUT', false],
  'log erase': ['log erase --handle @someone --reason request --yes', false],
  'log verify': ['log verify', true],
  handover: ['handover', false],
  backup: ['backup OUT --passphrase-stdin', true],
  doctor: ['doctor --json', true],
}

test('behind a lock the command line says how things stand and reads on; it shows nothing of people and changes nothing', async () => {
  if (!existsSync(enginePath)) throw new Error('out/ is missing: run "npm run build" first')
  await using sample = await startSampleServer({ colleagues: false, reports: 20, accounts: 100 }).then(server => ({
    ...server,
    [Symbol.asyncDispose]: () => server.close(),
  }))
  const root = await mkdtemp(join(tmpdir(), 'howdah-locked-'))
  const folder = join(root, 'data')
  const run = (line: string, stdin = '') =>
    runHere(line.replace('URL', sample.url).replace('OUT', join(root, 'out')), folder, stdin)
  await prepareFolder(folder)
  const door = openEngine({ enginePath, folder, from: 'cli', secrets: keyFileSecrets(folder), onFault: () => {} })
  const engine = await connectThrough(door)
  await engine.call('servers.signIn', { url: sample.url, token: 'admin' })
  await engine.call('sync.now', { all: true }, { timeoutMs: 30_000 })
  expect(await run('reports')).toMatchObject({ code: 0 })
  const [earlier, words] = [join(root, 'earlier'), 'seat on an elephant']
  const backUp = (file: string, given?: string) =>
    given === undefined ? run(`backup ${file}`) : run(`backup ${file} --passphrase-stdin`, `${given}\n`)
  // A backup without a passphrase, and one that the page made, are no word on what goes on at night.
  expect(await backUp(earlier)).toMatchObject({ code: 0 })
  await rm(earlier)
  await engine.call('lock.choose', { passphrase: 'eight or more', afterMinutes: 60 })
  await engine.call('backup.make', { passphrase: words })
  await engine.call('lock.now', {})
  const shut = { code: 1, out: '', note: `${say('backup.locked')}\n` }
  expect(await backUp(earlier, words)).toEqual(shut)
  await engine.call('lock.open', { passphrase: 'eight or more' })
  expect(await backUp(earlier, words)).toMatchObject({ code: 0 })
  await rm(earlier)
  const entries = (await engine.call('log.page', { limit: 1 })).total
  await engine.call('lock.now', {})

  for (const { name } of commands.filter(one => !['web', 'sample', 'restore'].includes(one.name))) {
    const [line, works] = lines[name] ?? []
    if (line === undefined) throw new Error(`what does ${name} do behind a lock?`)
    const said = await run(line, name === 'backup' ? `${words}\n` : 'admin\n')
    if (!works) expect([name, said]).toEqual([name, { code: 1, out: '', note: refused }])
    else {
      expect([name, said.code]).toEqual([name, 0])
      for (const { username } of sample.world.accounts.all())
        if (username !== 'admin' && username.length > 5) expect(said.out + said.note).not.toContain(`@${username}`)
    }
  }
  expect(await readdir(root), 'nothing else was written').toEqual(['data', 'out'])
  expect((await run('doctor')).out).toContain('its log and its backups were not looked at')
  for (const given of [undefined, 'another passphrase', `${words}.`])
    expect([given, await backUp(earlier, given)]).toEqual([given, shut])
  const verified = JSON.parse((await run('log verify --json')).out)
  expect(verified, 'the backup is in the log').toMatchObject({ ok: true, entries: entries + 1 })
  engine.close()
  await door.close()
  // And where there is no desk: the engine that a command starts is locked too.
  expect(await run('reports')).toEqual({ code: 1, out: '', note: refused })
  expect(await backUp(earlier, `${words}.`)).toEqual(shut)
  expect(await backUp(earlier, words)).toMatchObject({ code: 0 })
  // What its passphrase comes to is no secret for another computer to keep.
  const there = join(root, 'there')
  expect(await runHere(`restore ${earlier} --passphrase-stdin --data ${there}`, there, `${words}\n`)).toMatchObject({
    code: 0,
  })
  const restored = new Database(join(there, 'vault.db'), { readonly: true })
  expect(restored.prepare('SELECT * FROM backup_passphrase').all()).toEqual([])
  restored.close()
  await rm(root, { recursive: true })
})
