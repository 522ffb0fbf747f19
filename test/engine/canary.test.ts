import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { runCommand } from '../../src/main/doors/cli/run.ts'
import { startSampleServer } from '../../src/main/sample/server.ts'
import { ask } from '../unit/doors/loopback-ground.ts'
import { openRows, until } from './ground.ts'
import { filesOf, guises } from './guises.ts'
import { openPage } from './page-wire.ts'
import { consent } from './sign-in-ground.ts'

const firstLine = (child: ChildProcess) =>
  new Promise<string>(done => child.stdout?.once('data', data => done(String(data))))

test('no token, secret or code is found in any file, log, export, frame, argument, environment or printed line', async () => {
  if (!existsSync(resolve('out/main/web.js'))) throw new Error('out/ is missing: run "npm run build" first')
  const folder = await mkdtemp(join(tmpdir(), 'howdah-canary-'))
  const sample = await startSampleServer({ colleagues: false, reports: 40, accounts: 200 })
  const pasted = 'canary-pasted-7f3a9c51d2e84b60'
  const admin = sample.world.tokens.get('admin')
  if (!admin) throw new Error('no admin')
  sample.world.tokens.set(pasted, { ...admin, id: sample.world.tokenIds.next(), token: pasted })

  const printed: string[] = []
  const web = spawn(process.execPath, [resolve('out/main/web.js'), '--no-open', '--data', folder], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, HOWDAH_DEBUG: '1' },
  })
  for (const stream of [web.stdout, web.stderr]) stream?.on('data', data => printed.push(String(data)))
  const address = new URL((await firstLine(web)).slice('Howdah is open at '.length).trim())
  const port = Number(address.port)
  const { frames, engine } = await openPage(port, address.searchParams.get('code') ?? '')

  // Both ways in, and a way out.
  await engine.call('servers.signIn', { url: sample.url, token: pasted })
  const redirect = `http://127.0.0.1:${port}/callback`
  const begun = await engine.call('servers.beginSignIn', { url: sample.url, redirect, decide: true })
  const { back } = await consent(begun.authorizeUrl, 'moderator')
  const code = back.get('code') ?? ''
  const returned = await ask(port, `/callback?code=${code}&state=${begun.state}`)
  expect(returned.status).toBe(200)
  await engine.call('sync.now', { all: true }, { timeoutMs: 60_000 })
  const { servers } = await engine.call('servers.list', {})
  expect(servers).toHaveLength(2)

  // Work, and every kind of trouble that writes something down.
  await engine.call('settings.set', { graceSeconds: 2 })
  const rows = await openRows(engine)
  for (const row of rows.slice(0, 3))
    await engine.call('decisions.arm', {
      server: row.server,
      subject: { of: 'report', id: row.id },
      kind: 'report.close',
    })
  sample.faults.add({ kind: 'status', status: 500 }, { method: 'POST', path: /resolve$/ })
  for (const bad of ['x', `${pasted} `, `${pasted}\u0000`])
    await engine.call('servers.signIn', { url: sample.url, token: bad }).catch(() => {})
  await engine.call('servers.signIn', { url: 'http://127.0.0.1:9', token: pasted }).catch(() => {})
  await engine.call('servers.finishSignIn', { state: begun.state, code: 'again' }).catch(() => {})
  await until(
    () => engine.call('decisions.underway', {}),
    ({ held, going }) => held + going === 0,
    undefined,
    0,
  )
  for (const format of ['csv', 'jsonl'] as const) await engine.call('log.export', { format, personal: true })
  const bare: string[] = []
  for (const format of ['csv', 'jsonl'] as const) {
    const { total } = await engine.call('log.hits', {})
    bare.push((await engine.call('log.export', { format, personal: false, hits: total })).file)
  }
  const cli: string[] = []
  for (const line of [
    'signups',
    'signups --json',
    'reports',
    'log',
    'servers --json',
    'log --json',
    'reports --json',
    'doctor --json',
    'log export --format jsonl',
    `backup ${join(folder, 'exports', 'copy.howdah')}`,
  ]) {
    const print = { out: (text: string) => cli.push(text), note: (text: string) => cli.push(text), columns: undefined }
    const argv = [...line.split(' '), '--data', folder]
    await runCommand({ argv, print, stdin: Readable.from(['']), enginePath: '', root: resolve('.'), version: '0' })
  }
  // The day's copy of the vault is made after the first desk has had its rows.
  await until(
    () => existsSync(join(folder, 'copies')) && readdirSync(join(folder, 'copies')).some(name => name.endsWith('.db')),
    there => there,
  )
  await engine.call('servers.signOut', { server: servers[1]?.key ?? '' }, { timeoutMs: 60_000 })

  const granted = [...sample.world.tokens.values()].filter(
    token => sample.world.apps.get(token.appId)?.name === 'Howdah',
  )
  const secrets = [
    pasted,
    ...granted.map(({ token }) => token),
    ...sample.world.apps.all().flatMap(app => (app.name === 'Howdah' ? [app.clientSecret] : [])),
    code,
  ]
  expect(granted.length).toBeGreaterThan(0)
  const proc = `/proc/${web.pid}`
  const artefacts = () => [
    ...filesOf(folder).map(file => [file.slice(folder.length), readFileSync(file)] as const),
    ['printed', Buffer.from(printed.join(''))] as const,
    ['command line', Buffer.from(cli.join(''))] as const,
    ['frames to the page', Buffer.from(frames.map(({ to, text }) => (to === 'page' ? text : '')).join('\n'))] as const,
    [
      'frames from the page, but for the one that brings a token',
      Buffer.from(
        frames.map(({ to, text }) => (to === 'engine' && !text.includes('servers.signIn"') ? text : '')).join('\n'),
      ),
    ] as const,
    ...(existsSync(proc) ? ['cmdline', 'environ'].map(name => [name, readFileSync(`${proc}/${name}`)] as const) : []),
  ]
  const found = () =>
    artefacts().flatMap(([name, bytes]) =>
      secrets.flatMap((secret, n) =>
        guises(secret).some(guise => bytes.includes(guise)) ? [`${name}: secret ${n}`] : [],
      ),
    )
  const names = artefacts().map(([name]) => name)
  for (const expected of ['/vault.db', '/vault.db-wal', '/mirror.db', '/mirror.db-wal', '/key'])
    expect(names, 'while it runs').toContain(expected)
  expect(names.filter(name => name.startsWith('/exports/')).length).toBeGreaterThan(1)
  expect(names).toContain('/exports/copy.howdah')
  expect(names.some(name => name.startsWith('/copies/'))).toBe(true)
  expect(found()).toEqual([])

  // What the server tells of people beyond their names: masked where it shows, and in nothing that leaves. Why someone wants to join
  // is what `signups` is for, so it may stand there and nowhere else.
  const users = sample.world.accounts.all().flatMap(({ user }) => user ?? [])
  const addresses = users
    .flatMap(({ email, ips }) => [email, ...ips.map(({ ip }) => ip)])
    .filter(one => one !== '127.0.0.1')
  // A word or two stands anywhere.
  const reasons = users.flatMap(({ inviteRequest }) => inviteRequest || []).filter(one => one.length > 15)
  expect([addresses.length > 50, reasons.length > 10, bare.length]).toEqual([true, true, 2])
  expect(cli.join(''), 'a search that finds nothing must find something').toContain(rows.at(-1)?.target.username)
  const within = (text: string, values: readonly string[]) => values.filter(one => text.includes(one))
  for (const text of [...bare.map(file => readFileSync(file, 'utf8')), printed.join('')])
    expect(within(text, [...addresses, ...reasons])).toEqual([])
  expect(within(cli.join(''), addresses)).toEqual([])

  engine.close()
  const ended = new Promise(done => web.once('exit', done))
  web.kill('SIGTERM')
  await ended
  expect(found(), 'and after it').toEqual([])
  // A search that finds nothing must be able to find something.
  writeFileSync(
    join(folder, 'planted'),
    Buffer.concat([Buffer.alloc(5), Buffer.from(`x${Buffer.from(`"${secrets[1]}"`).toString('base64url')}`)]),
  )
  writeFileSync(join(folder, 'planted-2'), Buffer.from(pasted).toString('hex'))
  expect(found()).toEqual(['/planted: secret 1', '/planted-2: secret 0'])
  await sample.close()
  await rm(folder, { recursive: true })
}, 120_000)
