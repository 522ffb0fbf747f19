import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connectThrough } from '../../src/main/doors/begin.ts'
import { commands } from '../../src/main/doors/cli/commands.ts'
import { prepareFolder } from '../../src/main/doors/data-folder.ts'
import { keyFileSecrets } from '../../src/main/doors/loopback/secrets.ts'
import { openEngine } from '../../src/main/doors/open-engine.ts'
import { startSampleServer } from '../../src/main/sample/server.ts'
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
  backup: ['backup OUT', false],
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
  await engine.call('lock.choose', { passphrase: 'eight or more', afterMinutes: 60 })
  const entries = (await engine.call('log.page', { limit: 1 })).total
  await engine.call('lock.now', {})

  for (const { name } of commands.filter(one => !['web', 'sample', 'restore'].includes(one.name))) {
    const [line, works] = lines[name] ?? []
    if (line === undefined) throw new Error(`what does ${name} do behind a lock?`)
    const said = await run(line, 'admin\n')
    if (!works) expect([name, said]).toEqual([name, { code: 1, out: '', note: refused }])
    else {
      expect([name, said.code]).toEqual([name, 0])
      for (const { username } of sample.world.accounts.all())
        if (username !== 'admin' && username.length > 5) expect(said.out + said.note).not.toContain(`@${username}`)
    }
  }
  expect(await readdir(root), 'nothing was written').toEqual(['data'])
  expect((await run('doctor')).out).toContain('its log and its backups were not looked at')
  const verified = JSON.parse((await run('log verify --json')).out)
  expect(verified).toMatchObject({ ok: true, entries })
  engine.close()
  await door.close()
  // And where there is no desk: the engine that a command starts is locked too.
  expect(await run('reports')).toEqual({ code: 1, out: '', note: refused })
  await rm(root, { recursive: true })
}, 60_000)
