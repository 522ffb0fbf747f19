import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { startSampleServer } from '../../src/main/sample/server.ts'
import { contract, type Engine } from '../../src/shared/contract/index.ts'
import { connect } from '../../src/shared/contract/rpc.ts'
import { socketWire } from '../../src/shared/contract/wires.ts'
import { systemClock } from '../../src/shared/system-clock.ts'
import { enter } from '../unit/doors/loopback-ground.ts'
import { runHere } from './cli-ground.ts'
import { mayMount, mountDisk } from './disk-ground.ts'
import { openRows, tempFolder } from './ground.ts'

const openPage = async (address: URL): Promise<Engine> => {
  const cookie = (await enter(Number(address.port), address.searchParams.get('code') ?? '')).slice('Cookie: '.length)
  const socket = new WebSocket(`ws://${address.host}/wire`, { origin: address.origin, headers: { Cookie: cookie } })
  await new Promise(done => socket.once('open', done))
  socket.send(JSON.stringify({ tab: null }))
  await new Promise(done => socket.once('message', done))
  return connect(contract, async () => socketWire(socket), { clock: systemClock })
}
const failing = (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    (error: { code: string }) => error.code,
  )

test('of people nothing is on standard error or in howdah.log, whatever fails: hostile answers, refused writes, wrong input, a full disk, tables that are gone', async () => {
  if (!existsSync(resolve('out/main/web.js'))) throw new Error('out/ is missing: run "npm run build" first')
  using folder = mayMount ? mountDisk(65_536) : { ...tempFolder(), fill: null }
  const sample = await startSampleServer({ colleagues: false, reports: 60, accounts: 300 })
  const web = spawn(process.execPath, [resolve('out/main/web.js'), '--no-open', '--data', folder.path], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, HOWDAH_DEBUG: '1' },
  })
  let noted = ''
  web.stderr.on('data', data => {
    noted += data
  })
  const line = await new Promise<string>(done => web.stdout.once('data', data => done(String(data))))
  const desk = await openPage(new URL(line.slice('Howdah is open at '.length).trim()))
  const { server } = await desk.call('servers.signIn', { url: sample.url, token: 'admin' })
  await desk.call('sync.now', { all: true }, { timeoutMs: 60_000 })
  await desk.call('settings.set', { graceSeconds: 2 })
  const rows = await openRows(desk)
  const said: (string | null)[] = []
  const attempt = async (asked: Promise<unknown>) => void said.push(await failing(asked))
  const of = (row: (typeof rows)[number]) => ({ server: row.server, id: row.id })

  // Whatever a server may answer, to reading and to deciding.
  for (const [at, fault] of (
    [
      'cut-before',
      'cut-after',
      'truncated',
      'wrong-type',
      'html',
      'captive-portal',
      'duplicate-rows',
      'out-of-order',
    ] as const
  ).entries()) {
    sample.faults.add({ kind: fault }, { path: /^\/api\//, times: 12 })
    const row = rows[at]
    if (!row) throw new Error('too few reports')
    await attempt(desk.call('sync.now', { all: true }, { timeoutMs: 30_000 }))
    await attempt(desk.call('reports.case', of(row)))
    await attempt(
      desk.call('decisions.arm', {
        server: row.server,
        subject: { of: 'report', id: row.id },
        kind: at % 2 === 0 ? 'report.close' : 'account.suspend',
      }),
    )
    sample.faults.clear()
  }
  // What people type, and it is no such thing.
  const target = rows[0]?.target
  const handle = `@${target?.username}@${target?.domain ?? 'here'}`
  for (const text of [`"${handle}`, `${handle}*)`, `NEAR(${handle}`, `^${handle}\u0000`, `${handle} AND (`])
    for (const asked of [
      desk.call('reports.open', { filter: { text } }),
      desk.call('log.page', { text }),
      desk.call('accounts.find', { text }),
    ])
      await attempt(asked)
  for (const url of [`https://${handle}`, `${handle}.example`, `http://127.0.0.1:9/${handle}`])
    await attempt(desk.call('servers.signIn', { url, token: `token-of-${handle}` }))
  await attempt(
    desk.call('decisions.arm', { server: server.key, subject: { of: 'report', id: handle }, kind: 'report.close' }),
  )
  await attempt(desk.call('reports.case', { server: server.key, id: handle }))
  const cli: string[] = []
  for (const words of [
    `log erase --handle ${handle}nobody --reason request`,
    `signin --server http://127.0.0.1:9/${handle} --token-stdin`,
    `accounts --text "${handle}(`,
    `log --text "${handle}(`,
    `log verify /tmp/${handle}`,
    `log --since ${handle}`,
  ]) {
    const { code, note } = await runHere(words, folder.path, handle)
    // A sentence may repeat what was typed in the same line, and nothing else.
    cli.push(note.replaceAll(words.split(' ').at(-1) ?? '', '…').replaceAll(handle, '…'))
    said.push(String(code))
  }
  // No room: first for anything, then for a line of the log of faults and no page of a database. Who is not root has only the rest.
  for (const left of folder.fill ? [0, 4_096] : []) {
    folder.fill?.(left)
    const full = said.length
    for (const row of rows.slice(20, 32)) {
      const { server, id } = row
      await attempt(desk.call('notes.add', { server, account: row.target.id, text: `${handle} said so`.repeat(40) }))
      await attempt(desk.call('decisions.arm', { server, subject: { of: 'report', id }, kind: 'report.close' }))
    }
    await attempt(desk.call('sync.now', { all: true }, { timeoutMs: 30_000 }))
    await attempt(desk.call('log.export', { format: 'csv', personal: true }))
    await attempt(desk.call('backup.make', { passphrase: `${handle} and more` }, { timeoutMs: 30_000 }))
    expect(said.slice(full), 'the disk is full').toContain('storage')
    rmSync(join(folder.path, 'filler'))
  }
  // What the engine stands on is taken away under it: mistakes of our own, which are written down.
  const raw = new Database(join(folder.path, 'mirror.db'), { timeout: 10_000 })
  raw.pragma('legacy_alter_table = ON')
  for (const table of ['account', 'post']) raw.exec(`ALTER TABLE ${table} RENAME TO gone_${table}`)
  raw.close()
  for (let turn = 0; turn < 6; turn++) {
    const row = rows[turn % rows.length]
    if (row) await attempt(desk.call('reports.case', of(row)))
    await attempt(desk.call('reports.open', { filter: { text: handle, state: turn % 2 === 0 ? 'open' : 'resolved' } }))
  }
  await attempt(desk.call('sync.now', { all: true }, { timeoutMs: 30_000 }))
  desk.close()
  const ended = new Promise(done => web.once('exit', done))
  web.kill('SIGTERM')
  await ended

  const logs = readdirSync(folder.path).filter(name => name.startsWith('howdah.log'))
  expect(logs).toEqual(['howdah.log'])
  const written = [noted, ...cli, ...logs.map(name => readFileSync(join(folder.path, name), 'utf8'))].join('\n')
  expect(said.filter(code => code !== null && code !== '0').length, 'much of it failed').toBeGreaterThan(20)
  expect(written).toContain('SqliteError (SQLITE_ERROR)')

  const { accounts, reports, statuses } = sample.world
  const people = accounts
    .all()
    .flatMap(({ username, domain, profile, user }) => [
      ...(domain === null ? [] : [`${username}@${domain}`, domain]),
      ...(profile.displayName.length > 9 ? [profile.displayName] : []),
      ...(user ? [user.email, ...user.ips.map(({ ip }) => ip), user.inviteRequest ?? ''] : []),
    ])
  const texts = [
    ...reports.all().map(({ comment }) => comment),
    ...statuses.all().flatMap(({ content }) => content.split(/<[^>]*>/)),
  ]
  const personal = [...new Set([...people, ...texts, handle, 'token-of-'])].filter(
    one => one.length > 9 && one !== '127.0.0.1',
  )
  const found = (within: string) =>
    personal.filter(one => within.includes(one) || within.includes(JSON.stringify(one).slice(1, -1)))
  expect(personal.length).toBeGreaterThan(500)
  expect(found(written)).toEqual([])
  expect(
    found(`${written} ${JSON.stringify(texts.find(text => text.length > 20))}`),
    'a search that finds nothing can find',
  ).not.toEqual([])
  await sample.close()
}, 240_000)
