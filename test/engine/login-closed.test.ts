import { expect, test } from 'vitest'
import type { AccountRecord, UserRecord } from '../../src/main/sample/rules/model.ts'
import { sayFailure } from '../../src/shared/messages/say.ts'
import { arm, openGround, openRows, signInAndSync, until, untilState } from './ground.ts'
import { open } from './sign-in-ground.ts'

const sentence = /^[A-Z].{20,}[.]$/
/** What a server says against an account of its own, whatever its role (contract A.7). */
const lockedOut: Record<string, (user: UserRecord, account: AccountRecord, now: number) => void> = {
  'is frozen': user => {
    user.disabled = true
  },
  'is suspended': (_user, account, now) => {
    account.suspendedAt = now
  },
  'waits for approval': user => {
    user.approved = false
  },
  'has no confirmed address': user => {
    user.confirmed = false
  },
}
test.each(Object.entries(lockedOut))(
  'an account that %s: signing in says that its login is closed, and while one works that is said too; open again, all goes on',
  async (_name, close) => {
    await using ground = await openGround()
    await ground.openEngine()
    const { desk, key } = await signInAndSync(ground, 'moderator')
    const account = ground.server.world.accountsByHandle.get('moderator')
    if (!account?.user) throw new Error('no moderator')
    const before = { ...account.user }
    const rows = (await openRows(desk)).length
    close(account.user, account, ground.clock.now())
    const failure = await desk
      .call('servers.signIn', { url: ground.server.url, token: 'moderator' })
      .catch(error => error)
    expect(failure.detail.reason).toBe('failure.login-closed')
    expect(sayFailure(failure)).toMatch(sentence)
    // A suspended account is refused everything, and told why when one looks.
    if (account.suspendedAt !== null) {
      ground.clock.advance(1_000)
      const refused = await desk.call('sync.now', { server: key }).catch(error => error)
      expect(refused.detail.reason).toBe('failure.login-closed')
    }
    // Who we are is asked every hour, and after each 403.
    const closed = async () => (await desk.call('sync.status', {})).servers[0]?.failure?.detail.reason
    await until(closed, reason => reason === 'failure.login-closed', ground.patient, 60_000)
    expect((await desk.call('servers.list', {})).servers).toMatchObject([{ key, signedIn: true }])
    expect((await openRows(desk)).length).toBe(rows)
    Object.assign(account.user, before)
    account.suspendedAt = null
    await desk.call('sync.now', { server: key })
    expect(await closed()).toBeUndefined()
  },
)

test('a closed login stays said, whatever else is refused after it: a case that is read again, a look, a decision', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key: server } = await signInAndSync(ground, 'moderator')
  const [row, other] = await openRows(desk)
  if (!row || !other) throw new Error('no rows')
  const standing = async () => (await desk.call('sync.status', {})).servers[0]?.failure?.detail.reason
  const readCase = () => desk.call('reports.refresh', { server, id: row.id }).catch(error => error)
  ground.server.faults.add({ kind: 'status', status: 403 }, { times: Number.POSITIVE_INFINITY })
  ground.clock.advance(1_000)
  // As the desk does when the window gets focus, and as someone presses at the same moment.
  const [, looked] = await Promise.all([
    readCase(),
    desk.call('sync.now', { server }).catch(error => error),
    readCase(),
  ])
  expect(looked.detail.reason).toBe('failure.login-closed')
  expect((await readCase()).code).toBe('not-allowed')
  // No time passes, so no other look tells it.
  await until(standing, reason => reason === 'failure.login-closed')
  const decision = await arm(desk, { server, id: other.id }, 'report.close')
  const { waitingFor, why } = await until(
    async () => (await desk.call('decisions.one', { id: decision.id })).decision,
    one => one.waitingFor === 'confirm',
    ground.patient,
    1_000,
  )
  expect({ waitingFor, why }).toEqual({ waitingFor: 'confirm', why: 'why.login-closed' })
  expect(await standing()).toBe('failure.login-closed')
  // Let in again, but what was asked is refused still: that is what is told then.
  ground.server.faults.clear()
  ground.server.faults.add({ kind: 'status', status: 403 }, { path: /reports/, times: Number.POSITIVE_INFINITY })
  await readCase()
  await until(standing, reason => reason === 'failure.role')
  ground.server.faults.clear()
  await readCase()
  await until(standing, reason => reason === undefined)
})

test('a token of an application alone, and one that may not say whose it is, are refused each with what to do', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const { tokens } = ground.server.world
  const admin = tokens.get('admin')
  if (!admin) throw new Error('no tokens')
  for (const [token, more, reason] of [
    ['of-an-application', { accountId: null }, 'failure.no-person'],
    ['of-reports-alone', { scopes: ['admin:read:reports'] }, 'failure.no-admin-scope'],
  ] as const) {
    tokens.set(token, { ...admin, ...more, id: tokens.size.toString(), token })
    const app = ground.server.world.apps.get(admin.appId)
    if (app && 'scopes' in more) Object.assign(app, more)
    const failure = await desk.call('servers.signIn', { url: ground.server.url, token }).catch(error => error)
    expect([token, failure.detail.reason]).toEqual([token, reason])
    expect(sayFailure(failure)).toMatch(sentence)
  }
  expect((await desk.call('servers.list', {})).servers).toEqual([])
})

test('a page of 403 from before the server is no word on role or list: nothing is given up for an hour, and a decision waits', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'moderator')
  const [row] = await openRows(desk)
  if (!row) throw new Error('no row')
  let isShut = true
  const page = { status: 403, headers: { 'content-type': 'text/html' } }
  ground.between((real, input, init) =>
    isShut ? Promise.resolve(new Response('<h1>Checking your browser</h1>', page)) : real(input, init),
  )
  ground.clock.advance(1_000)
  const failure = await desk.call('sync.now', { server: key }).catch(error => error)
  expect(failure).toMatchObject({ code: 'upstream', detail: { reason: 'failure.network-refused' } })
  expect(sayFailure(failure)).toMatch(sentence)
  const status = async () => (await desk.call('sync.status', {})).servers[0]
  expect((await status())?.lists.map(({ state }) => state)).not.toContain('refused')
  expect((await status())?.offlineSince).not.toBeNull()
  const decision = await arm(desk, { server: key, id: row.id }, 'report.close')
  await until(
    () => desk.call('decisions.page', {}),
    ({ decisions }) => decisions[0]?.waitingFor === 'server',
    ground.patient,
    1_000,
  )
  isShut = false
  await untilState(ground, desk, decision.id, 'done')
  await until(
    async () => (await status())?.failure,
    last => last === null,
    ground.patient,
    10_000,
  )
})

test('a page of 403 to what is sent alone: what was on the wire is in doubt, the rest of a batch waits for a person', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key: server } = await signInAndSync(ground, 'admin')
  const rows = await openRows(desk)
  const items = rows.map(({ id }) => ({ server, subject: { of: 'report' as const, id } }))
  const sent = () => ground.server.ledger.of(/\/resolve$/).length
  ground.server.faults.add({ kind: 'html', status: 403 }, { method: 'POST', times: Number.POSITIVE_INFINITY })
  const { id } = (await desk.call('batches.arm', { kind: 'report.close', items, label: '' })).batch
  const batch = async () => (await desk.call('batches.list', { all: true })).batches.find(one => one.id === id)
  const paused = await until(
    batch,
    one => one?.state === 'paused' && (one.counts.sending ?? 0) === 0,
    ground.patient,
    1_000,
  )
  const doubted = sent()
  expect(doubted).toBeLessThanOrEqual(4)
  expect(paused).toMatchObject({ why: 'pause.page', counts: { unknown: doubted, ready: rows.length - doubted } })
  const [one] = (await desk.call('batches.trouble', { id })).decisions
  expect(one).toMatchObject({ state: 'unknown', why: 'why.page', status: 403 })
  // That reading goes on changes nothing.
  await desk.call('sync.now', { all: true })
  ground.clock.advance(60_000)
  expect(await batch()).toMatchObject({ state: 'paused' })
  expect(sent()).toBe(doubted)
  ground.server.faults.clear()
  await desk.call('batches.resume', { id })
  const ended = await until(batch, one => one?.state === 'ended' && !one.counts.unknown, ground.patient, 1_000)
  expect(ended?.counts).toEqual({ done: rows.length - doubted, 'not-done': doubted })
})
