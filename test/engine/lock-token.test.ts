import { expect, test } from 'vitest'
import { Failure } from '../../src/shared/contract/failure.ts'
import type { Engine } from '../../src/shared/contract/index.ts'
import { arm, type Ground, openGround, openRows, signInAndSync, until, untilState } from './ground.ts'
import { begin, consent, finish, reasonOf } from './sign-in-ground.ts'

const MINUTE = 60_000
const words = 'eight or more of them'

/** A desk with a lock and rows to decide about; counts what the door unseals and what goes out with a token on it. */
const openDesk = async () => {
  const ground = await openGround()
  const count = { unsealed: 0, sent: 0, streams: 0 }
  const { unseal } = ground.door
  ground.door.unseal = async (...given) => {
    count.unsealed++
    return await unseal(...given)
  }
  ground.between(async (real, input, init) => {
    if (String(input).includes('/streaming')) count.streams++
    else if (new Headers(init?.headers).has('authorization')) count.sent++
    return await real(input, init)
  })
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  await desk.call('lock.choose', { passphrase: words, afterMinutes: 240 })
  const rows = await openRows(desk)
  const [row] = rows
  if (!row) throw new Error('no row')
  const open = async (by = desk) => await by.call('lock.open', { passphrase: words })
  return { ground, desk, key, row, rows, count, open, [Symbol.asyncDispose]: () => ground[Symbol.asyncDispose]() }
}
const resolves = (ground: Ground, id?: string) =>
  ground.server.ledger.of(/\/resolve$/).filter(({ path }) => id === undefined || path.includes(`/reports/${id}/`))
const stateNow = async (desk: Engine, id: string) =>
  (await desk.call('decisions.page', { limit: 200 })).decisions.find(one => one.id === id)

test('in the breath in which a desk locks the token is let go: each request unseals it for itself, until the desk is open', async () => {
  await using at = await openDesk()
  const { ground, desk, count } = at
  const cron = ground.client('cli')
  const during = async (run: () => Promise<unknown>) => {
    // What goes on by itself ends first.
    await until(
      () => ground.patient.isBusy(),
      busy => !busy,
    )
    const before = { ...count }
    await run()
    return [count.unsealed - before.unsealed, count.sent - before.sent]
  }
  const [atHand, asked] = await during(() => cron.call('sync.now', { all: true }))
  expect([atHand, (asked ?? 0) > 2]).toEqual([0, true])
  await desk.call('lock.now', {})
  const [unsealed, sent] = await during(() => cron.call('sync.now', { all: true }))
  expect([unsealed === sent, (sent ?? 0) > 2]).toEqual([true, true])
  // The stream was opened with the token, so it was hung up; a minute's look takes its place.
  const before = count.streams
  ground.clock.advance(2 * MINUTE)
  await until(
    () => ground.patient.isBusy(),
    busy => !busy,
  )
  expect([count.streams - before, before > 0]).toEqual([0, true])
  await at.open()
  await until(
    () => count.streams,
    streams => streams > before,
  )
  await cron.call('sync.now', {})
  const [again] = await during(() => cron.call('sync.now', { all: true }))
  expect(again, 'it is held again').toBe(0)
})

test('what was armed before goes out behind the lock, each once: at the end of its window, a batch to its end, and over a crash', async () => {
  await using at = await openDesk()
  const { ground, desk, key, row, rows } = at
  await desk.call('settings.set', { graceSeconds: 30 })
  const held = await arm(desk, { server: key, id: row.id }, 'report.close')
  const items = rows.slice(1, 7).map(({ id }) => ({ server: key, subject: { of: 'report' as const, id } }))
  await desk.call('batches.arm', { kind: 'report.close', items, label: 'a wave' })
  await desk.call('lock.now', {})
  ground.clock.advance(29_000)
  expect(resolves(ground), 'a lock ends no window').toEqual([])
  await until(
    () => resolves(ground).length,
    count => count >= 3,
    ground.patient,
    1_000,
  )
  await ground.closeEngine()
  await ground.openEngine()
  // Windows of an earlier run need a desk; a locked one is there, and they were seen before it locked.
  ground.client()
  await until(
    () => resolves(ground).length,
    count => count >= 7,
    ground.patient,
    1_000,
  )
  const again = ground.client()
  await at.open(again)
  // What was on the wire when it crashed is read back.
  const { decisions } = await until(
    () => again.call('decisions.page', { limit: 200 }),
    page => page.decisions.every(({ state }) => state === 'done'),
    ground.patient,
    1_000,
  )
  expect(decisions).toHaveLength(7)
  for (const { id } of rows.slice(0, 7)) expect(resolves(ground, id)).toHaveLength(1)
  expect(decisions.some(({ id }) => id === held.id)).toBe(true)
})

/** A decision of a desk that is locked since; its door opens no seal, and fails so, until `openAgain`. */
const lockUnopened = async ({ ground, desk, key, row }: Awaited<ReturnType<typeof openDesk>>, failure: Failure) => {
  const { unseal } = ground.door
  const decision = await arm(desk, { server: key, id: row.id }, 'report.close')
  await desk.call('lock.now', {})
  ground.door.unseal = async () => {
    throw failure
  }
  const openAgain = () => {
    ground.door.unseal = unseal
  }
  return { decision, openAgain }
}

test('a keyring that is shut while the desk is locked loses nothing: decisions wait, the sign-in stays, and both go on after', async () => {
  await using at = await openDesk()
  const { ground, desk, row } = at
  const { decision, openAgain } = await lockUnopened(at, new Failure('storage', { reason: 'door.keyring-locked' }))
  for (let minutes = 0; minutes < 3; minutes++) {
    ground.clock.advance(MINUTE)
    await until(
      () => ground.patient.isBusy(),
      busy => !busy,
    )
  }
  expect(resolves(ground)).toEqual([])
  openAgain()
  await at.open()
  await untilState(ground, desk, decision.id, 'done')
  expect(resolves(ground, row.id)).toHaveLength(1)
  expect((await desk.call('servers.list', {})).servers).toMatchObject([{ signedIn: true }])
  expect((await desk.call('log.page', { kind: 'server.token-unreadable' })).entries).toEqual([])
})

test('a key that is gone while the desk is locked ends the sign-in once, and what was armed waits for the next one', async () => {
  await using at = await openDesk()
  const { ground, desk, row } = at
  const { decision, openAgain } = await lockUnopened(
    at,
    new Failure('not-allowed', { reason: 'door.sealed-by-another-key' }),
  )
  await until(
    async () => (await ground.client('cli').call('servers.list', {})).servers[0]?.signedIn,
    signedIn => signedIn === false,
    ground.patient,
    1_000,
  )
  openAgain()
  await at.open()
  await until(
    async () => await stateNow(desk, decision.id),
    one => one?.state === 'ready' && one.waitingFor === 'sign-in',
    ground.patient,
    1_000,
  )
  expect((await desk.call('log.page', { kind: 'server.token-unreadable' })).entries).toHaveLength(1)
  await desk.call('servers.signIn', { url: ground.server.url, token: 'admin' })
  await untilState(ground, desk, decision.id, 'done')
  expect(resolves(ground, row.id)).toHaveLength(1)
})

test('a computer that slept past its time lets go of the token with the first request that ends, before anybody asks', async () => {
  await using at = await openDesk()
  const { ground, count } = at
  await until(
    () => ground.patient.isBusy(),
    busy => !busy,
  )
  ground.sleep(241 * MINUTE)
  // No timer of the lock has come due by then, only the minute's look.
  const before = count.unsealed
  await until(
    () => count.unsealed,
    now => now > before + 1,
    ground.patient,
    30_000,
  )
})

test('a sign-in that was begun before the desk locked brings no token into the memory of a locked one', async () => {
  await using at = await openDesk()
  const { ground, desk, count } = at
  const begun = await begin(desk, ground.server.url)
  const { back } = await consent(begun.authorizeUrl, 'admin')
  await desk.call('lock.now', {})
  await finish(ground.client('cli'), begun.state, back.get('code') ?? '')
  await until(
    () => ground.patient.isBusy(),
    busy => !busy,
  )
  const before = { ...count }
  await ground.client('cli').call('sync.now', { all: true })
  expect(count.unsealed - before.unsealed).toBe(count.sent - before.sent)
  expect(await reasonOf(desk.call('servers.list', {}))).toBe('failure.locked')
})
