import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withCopyForElsewhere } from '../../src/main/engine/db/elsewhere.ts'
import { guardLocked } from '../../src/main/engine/lock/handlers.ts'
import { contract } from '../../src/shared/contract/index.ts'
import type { Handlers } from '../../src/shared/contract/method.ts'
import { arm, openGround, openRows, signInAndSync, until, untilState } from './ground.ts'
import { begin, consent, finish, open, reasonOf, signIn } from './sign-in-ground.ts'

const MINUTE = 60_000
const words = 'eight or more of them'
const stateOf = async (desk: Awaited<ReturnType<typeof open>>['desk']) => await desk.call('lock.state', {})

/** What a locked desk may still ask; all else is refused before anything is looked at. */
const stillAnswered = [
  'lock.here',
  'lock.now',
  'lock.open',
  'lock.state',
  'reports.counts',
  'servers.beginSignIn',
  'servers.cancelSignIn',
  'servers.finishSignIn',
  'servers.signInPhase',
  'settings.get',
]

/** What the command line may ask besides. */
const answeredToCli = ['backup.make', 'log.verify', 'servers.list', 'sync.now', 'sync.status']

test('nobody there for so many minutes, and everyone is refused everything but what opens the desk', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const other = ground.client('desktop')
  const cron = ground.client('cli')
  await signIn(desk, ground.server.url)
  expect(await reasonOf(desk.call('lock.now', {}))).toBe('failure.no-lock')
  expect(await reasonOf(desk.call('lock.choose', { passphrase: 'short', afterMinutes: 5 }))).toBe('invalid-input')
  await desk.call('lock.choose', { passphrase: words, afterMinutes: 5 })
  expect(await reasonOf(desk.call('lock.choose', { passphrase: 'other words', afterMinutes: 60 }))).toBe(
    'failure.lock-chosen',
  )
  ground.clock.advance(5 * MINUTE - 1)
  expect(await stateOf(other)).toEqual({ locked: false, afterMinutes: 5, servers: [] })
  await other.call('lock.here', {})
  let told = 0
  other.watch(['lock'], () => told++)
  ground.clock.advance(5 * MINUTE - 1)
  expect((await stateOf(desk)).locked).toBe(false)
  ground.clock.advance(1)
  expect(await stateOf(desk)).toMatchObject({ locked: true, servers: [{ key: 's1', acct: 'moderator' }] })
  await until(
    () => told,
    times => times > 0,
  )
  // Whoever comes now is not somebody who was there.
  await desk.call('lock.here', {})
  expect(await reasonOf(other.call('servers.list', {}))).toBe('failure.locked')
  expect(await reasonOf(other.call('settings.set', { paused: true }))).toBe('failure.locked')
  expect(await reasonOf(desk.call('reports.open', { filter: {} }))).toBe('failure.locked')
  expect(await reasonOf(cron.call('reports.open', { filter: {} }))).toBe('failure.locked')
  expect((await cron.call('servers.list', {})).servers).toHaveLength(1)
  await cron.call('sync.now', {})

  await desk.call('lock.open', { passphrase: words })
  expect((await other.call('servers.list', {})).servers).toHaveLength(1)
})

test('of all that may be asked a locked desk is answered a short list; a question that it fell shut over is not answered', async () => {
  const at = { locked: true }
  const answers = Object.fromEntries(Object.keys(contract).map(name => [name, async () => name]))
  const guarded = guardLocked({ isLocked: () => at.locked }, answers as unknown as Handlers<typeof contract, string>)
  const asks = Object.entries(guarded) as [string, (input: unknown, call: object) => unknown][]
  const answeredTo = async (from: string) => {
    const all = asks.map(async ([name, ask]) =>
      (await reasonOf(Promise.resolve(ask({}, { from })))) === 'no failure' ? [name] : [],
    )
    return (await Promise.all(all)).flat().sort()
  }
  for (const from of ['browser', 'desktop']) expect(await answeredTo(from)).toEqual(stillAnswered)
  expect(await answeredTo('cli')).toEqual([...stillAnswered, ...answeredToCli].sort())
  at.locked = false
  const falls = async (name: string) => {
    at.locked = false
    const ask = asks.find(([each]) => each === name)?.[1]
    const asked = reasonOf(Promise.resolve(ask?.({}, { from: 'browser' })))
    at.locked = true
    return await asked
  }
  expect(await falls('reports.case')).toBe('failure.locked')
  expect(await falls('decisions.arm'), 'what was done is told').toBe('no failure')
})

test('no way round it: another wire, a restart, a crash, the files; a sleep that no timer saw locks too', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  await signIn(desk, ground.server.url)
  await desk.call('lock.choose', { passphrase: words, afterMinutes: 5 })
  await desk.call('lock.now', {})
  expect(await reasonOf(ground.client().call('reports.open', { filter: {} }))).toBe('failure.locked')
  for (const patience of [0, 1_000]) {
    await ground.closeEngine(patience)
    await ground.openEngine()
    expect(await reasonOf(ground.client().call('servers.list', {}))).toBe('failure.locked')
  }
  const again = ground.client()
  await again.call('lock.open', { passphrase: words })
  for (const file of ['vault.db', 'vault.db-wal', 'howdah.log'])
    if (existsSync(join(ground.folder, file)))
      expect([file, readFileSync(join(ground.folder, file)).includes(words)]).toEqual([file, false])
  ground.sleep(6 * MINUTE)
  expect(await reasonOf(again.call('servers.list', {}))).toBe('failure.locked')
  // A clock that goes back keeps nothing open.
  await again.call('lock.open', { passphrase: words })
  ground.sleep(-365 * 24 * 60 * MINUTE)
  await again.call('servers.list', {})
  ground.sleep(5 * MINUTE)
  expect(await reasonOf(again.call('servers.list', {}))).toBe('failure.locked')
})

test('wrong words: five, then one has to wait longer and longer; right ones need the wait as well', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  await signIn(desk, ground.server.url)
  await desk.call('lock.choose', { passphrase: words, afterMinutes: 5 })
  await desk.call('lock.now', {})
  const attempt = (given: string) => reasonOf(desk.call('lock.open', { passphrase: given }))
  for (let n = 0; n < 5; n++) expect(await attempt('a guess')).toBe('failure.lock-passphrase')
  expect(await attempt(words)).toBe('failure.lock-wait')
  ground.clock.advance(30_000)
  expect(await attempt('a guess')).toBe('failure.lock-passphrase')
  ground.clock.advance(59_999)
  expect(await attempt(words)).toBe('failure.lock-wait')
  expect(await reasonOf(desk.call('lock.change', { passphrase: 'a guess', afterMinutes: null }))).toBe('failure.locked')
  ground.clock.advance(1)
  expect(await attempt(words)).toBe('no failure')
  // Giving it up, or making it longer, needs the words too.
  expect(await reasonOf(desk.call('lock.change', { passphrase: 'a guess', afterMinutes: null }))).toBe(
    'failure.lock-passphrase',
  )
  await desk.call('lock.change', { passphrase: words, afterMinutes: 60 })
  expect((await stateOf(desk)).afterMinutes).toBe(60)
  await desk.call('lock.change', { passphrase: words, afterMinutes: null })
  ground.clock.advance(24 * 60 * MINUTE)
  expect(await stateOf(desk)).toEqual({ locked: false, afterMinutes: null, servers: [] })
  const { entries } = await desk.call('log.page', { kind: 'setting.changed' })
  expect(entries.map(({ facts }) => [facts.setting, facts.before, facts.after])).toEqual([
    ['lock', 60, null],
    ['lock', 5, 60],
    ['lock', null, 5],
  ])
  expect(JSON.stringify(entries)).not.toContain(words)
})

test('who has forgotten the words signs in again as who they are; nobody else’s sign-in opens it', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const url = ground.server.url
  const { server } = await signIn(desk, url)
  const before = await begin(desk, url)
  await desk.call('lock.choose', { passphrase: words, afterMinutes: 5 })
  await desk.call('lock.now', {})
  expect(await reasonOf(desk.call('servers.signIn', { url, token: 'admin' }))).toBe('failure.locked')
  expect(await reasonOf(begin(desk, url))).toBe('failure.locked')
  expect(await reasonOf(begin(desk, 'http://127.0.0.1:9', { server: server.key }))).not.toBe('no failure')
  // A colleague’s account, one’s own no, and a sign-in that was begun before or elsewhere.
  const asAdmin = await begin(desk, url, { server: server.key })
  expect(new URL(asAdmin.authorizeUrl).searchParams.get('force_login')).toBe('true')
  const admins = (await consent(asAdmin.authorizeUrl, 'admin')).back.get('code') ?? ''
  expect(await reasonOf(finish(desk, asAdmin.state, admins))).toBe('failure.other-account')
  const early = (await consent(before.authorizeUrl, 'moderator')).back.get('code') ?? ''
  await finish(ground.client('cli'), before.state, early)
  expect(await reasonOf(begin(ground.client('cli'), url))).toBe('failure.locked')
  expect((await stateOf(desk)).locked).toBe(true)

  await signIn(desk, url, 'moderator', { server: server.key })
  expect(await stateOf(desk)).toEqual({ locked: false, afterMinutes: null, servers: [] })
  const [last] = (await desk.call('log.page', { kind: 'setting.changed' })).entries
  expect(last?.facts).toMatchObject({ setting: 'lock', before: 5, after: null, by: 'sign-in' })
})

test('what was armed before goes out while it is locked, reports are read on, and only their number is told', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'moderator')
  const [row] = await openRows(desk)
  if (!row) throw new Error('no row')
  const before = (await desk.call('reports.counts', {})).open
  const decision = await arm(desk, { server: key, id: row.id }, 'report.close')
  await desk.call('lock.choose', { passphrase: words, afterMinutes: 5 })
  await desk.call('lock.now', {})
  expect(await reasonOf(desk.call('decisions.takeBack', { id: decision.id }))).toBe('failure.locked')
  await until(
    async () => (await desk.call('reports.counts', {})).open,
    open => open === before - 1,
    ground.patient,
    1_000,
  )
  await desk.call('lock.open', { passphrase: words })
  await untilState(ground, desk, decision.id, 'done')
  const kept = withCopyForElsewhere(ground.folder, ({ db }) => db.all('SELECT * FROM lock'))
  expect(kept, 'it does not go along to another computer').toEqual([])
})
