import { expect, test } from 'vitest'
import type { AccountRecord, UserRecord } from '../../src/main/sample/rules/model.ts'
import type { World } from '../../src/main/sample/rules/world.ts'
import { sayCode } from '../../src/shared/messages/say.ts'
import { openBatchGround, readBatch, resolves, untilBatch, waitLong } from './batches-ground.ts'
import { arm, type Ground, openRows, until, untilState } from './ground.ts'

/** Does something to the server just before it hears of the sixth that is to be closed. */
const atTheSixth = (ground: Ground, run: () => void) => {
  let count = 0
  ground.between((real, input, init) => {
    if (init?.method === 'POST' && String(input).endsWith('/resolve') && ++count === 6) run()
    return real(input, init)
  })
}

type On = { world: World; account: AccountRecord; user: UserRecord; now: number }
type No = {
  why: string
  /** Why the batch is paused; where it waits for a sign-in instead, null. */
  pause: string | null
  no(on: On): void
  undo(on: On): void
}

/** What a server may have against us in the middle of it (contract A.7, K.3). */
const noes: Record<string, No> = {
  'the role is taken': {
    why: 'why.role-changed',
    pause: 'pause.role-changed',
    no: ({ user }) => {
      user.roleId = null
    },
    undo: ({ user }) => {
      user.roleId = '2'
    },
  },
  'the account is suspended': {
    why: 'why.login-closed',
    pause: 'pause.login-closed',
    no: ({ account, now }) => {
      account.suspendedAt = now
    },
    undo: ({ account }) => {
      account.suspendedAt = null
    },
  },
  'the token is revoked': {
    why: 'why.signed-out',
    pause: null,
    no: ({ world, now }) => {
      const token = world.tokens.get('admin')
      if (token) token.revokedAt = now
    },
    undo: ({ world }) => {
      const token = world.tokens.get('admin')
      if (token) token.revokedAt = null
    },
  },
}

test.each(Object.entries(noes))(
  '%s in the middle of a batch: nothing more goes out, what did and did not is told, and a person lets the rest go on',
  async (_name, { why, pause, no, undo }) => {
    await using bench = await openBatchGround()
    const { ground, desk, key, items, account, user } = bench
    const on = (): On => ({ world: ground.server.world, account, user, now: ground.clock.now() })
    atTheSixth(ground, () => no(on()))
    const { id } = (await desk.call('batches.arm', { kind: 'report.close', items, label: '' })).batch
    const stopped = await untilBatch(
      ground,
      desk,
      id,
      batch => (pause === null ? batch.waitingFor === 'sign-in' : batch.state === 'paused') && !batch.counts.sending,
    )
    const { done = 0, failed = 0, ready = 0 } = stopped.counts
    // What could be on the wire at once was refused; nothing else was touched, and each is told.
    expect(stopped).toMatchObject({ why: pause, counts: { done, failed, ready } })
    expect([failed > 0, failed <= 4, done + failed + ready]).toEqual([true, true, items.length])
    expect(resolves(ground).filter(({ effect }) => effect)).toHaveLength(done)
    expect(resolves(ground)).toHaveLength(done + failed)
    const { decisions } = await desk.call('batches.trouble', { id })
    expect(decisions.map(decision => [decision.state, decision.why])).toEqual(Array(failed).fill(['failed', why]))
    for (const code of [why, pause ?? why]) expect(sayCode(code)).not.toBe(code)
    const standing = async () => (await desk.call('servers.list', {})).servers[0]
    expect(await standing()).toMatchObject({ signedIn: pause !== null })
    expect((await standing())?.role.manageReports).toBe(pause !== 'pause.role-changed')

    // Neither time nor a restart sends more.
    await waitLong(ground)
    await ground.closeEngine()
    await ground.openEngine()
    const again = ground.client()
    await waitLong(ground)
    expect((await readBatch(again, id)).counts).toEqual(stopped.counts)
    expect(resolves(ground)).toHaveLength(done + failed)

    undo(on())
    await again.call('servers.signIn', { url: ground.server.url, token: 'admin' })
    await waitLong(ground)
    // Of a sign-in that came back within minutes it goes on, of all else a person says so.
    if (pause !== null) {
      expect(resolves(ground)).toHaveLength(done + failed)
      await again.call('batches.resume', { id })
    }
    const ended = await untilBatch(ground, again, id, batch => batch.state === 'ended')
    expect(ended.counts).toEqual({ done: items.length - failed, failed })
    // What was refused is still open, and decided anew.
    await again.call('sync.now', { all: true })
    const open = await openRows(again)
    expect(open.map(row => row.id).sort()).toEqual(decisions.map(({ subject }) => subject.id).sort())
    const [first] = open
    const anew = await arm(again, { server: key, id: first?.id ?? '' }, 'report.close')
    await untilState(ground, again, anew.id, 'done')
    expect(new Set(resolves(ground).flatMap(({ path, effect }) => (effect ? [path] : []))).size).toBe(
      items.length - failed + 1,
    )
    expect(await again.call('log.verify', {})).toMatchObject({ ok: true })
  },
)

test('whoever signs in again after an hour is asked before the rest of a batch, and each decision, goes out', async () => {
  await using bench = await openBatchGround()
  const { ground, desk, key, rows, items, account, user } = bench
  const [last] = rows.splice(-1)
  const on = (): On => ({ world: ground.server.world, account, user, now: ground.clock.now() })
  const { no, undo } = noes['the token is revoked'] ?? { no: () => {}, undo: () => {} }
  atTheSixth(ground, () => no(on()))
  const single = (await arm(desk, { server: key, id: last?.id ?? '' }, 'report.close')).id
  await desk.call('decisions.takeBack', { id: single })
  const { id } = (await desk.call('batches.arm', { kind: 'report.close', items: items.slice(0, -1), label: '' })).batch
  await untilBatch(ground, desk, id, batch => batch.waitingFor === 'sign-in')
  const alone = await arm(desk, { server: key, id: last?.id ?? '' }, 'report.close')
  for (let n = 0; n < 6; n++) await waitLong(ground)
  const sent = resolves(ground).length
  for (let n = 0; n < 6; n++) await waitLong(ground)
  undo(on())
  await desk.call('servers.signIn', { url: ground.server.url, token: 'admin' })
  await waitLong(ground)
  expect(await readBatch(desk, id)).toMatchObject({ state: 'paused', why: 'pause.stale' })
  expect((await desk.call('decisions.one', { id: alone.id })).decision).toMatchObject({
    state: 'ready',
    waitingFor: 'confirm',
  })
  expect(resolves(ground)).toHaveLength(sent)
  await desk.call('batches.resume', { id })
  await desk.call('decisions.confirm', { id: alone.id, send: true })
  await untilBatch(ground, desk, id, batch => batch.state === 'ended')
  await untilState(ground, desk, alone.id, 'done')
})

test('a right that is found lost, or a login found closed, while nothing was refused yet, stops what is held too; a right that was gained stops nothing', async () => {
  await using bench = await openBatchGround()
  const { ground, desk, key, rows, items, user } = bench
  await desk.call('settings.set', { graceSeconds: 60 })
  const [last] = rows.splice(-1)
  const { batch } = await desk.call('batches.arm', { kind: 'report.close', items: items.slice(0, 3), label: '' })
  const { id } = await arm(desk, { server: key, id: last?.id ?? '' }, 'report.close')
  const one = async () => (await desk.call('decisions.one', { id })).decision
  user.roleId = '3'
  await desk.call('servers.signIn', { url: ground.server.url, token: 'admin' })
  expect(await readBatch(desk, batch.id)).toMatchObject({ state: 'held' })
  user.roleId = null
  await desk.call('sync.now', { server: key }).catch(() => {})
  await untilBatch(ground, desk, batch.id, ({ why }) => why === 'pause.role-changed')
  expect(await one()).toMatchObject({ state: 'ready', waitingFor: 'confirm', why: 'why.role-changed' })
  user.roleId = '2'
  await desk.call('sync.now', { server: key })
  // A login that is frozen may still use the endpoints of the admins: only who asks who we are is told.
  user.disabled = true
  await desk.call('batches.resume', { id: batch.id })
  await desk.call('decisions.confirm', { id, send: true })
  ground.server.faults.add({ kind: 'status', status: 403 }, { method: 'POST', path: /resolve$/ })
  await untilBatch(ground, desk, batch.id, ({ why }) => why === 'pause.login-closed')
  expect(await until(one, ({ state }) => state === 'failed')).toMatchObject({ why: 'why.login-closed' })
  expect(resolves(ground).filter(({ effect }) => effect)).toEqual([])
})
