import { expect, test } from 'vitest'
import type { Engine } from '../../src/shared/contract/index.ts'
import { type Ground, openGround, openRows, signInAndSync } from './ground.ts'
import { colleaguesOf } from './sync-ground.ts'

/** A world with reports about the moderator who signs in, about an admin, one that the moderator filed, and two others. */
const openWithInterests = async (): Promise<{ ground: Ground; ids: Record<string, string> }> => {
  const ground = await openGround()
  const { world } = ground.server
  const [me, admin] = ['moderator', 'admin'].map(name => world.accountsByHandle.get(name)?.id)
  const people = [...world.accounts.all()].filter(
    ({ id, domain, user }) => domain !== null && user === null && !world.reportsByTarget.has(id),
  )
  const [stranger, friend] = people
  if (!me || !admin || !stranger || !friend) throw new Error('too small a world')
  const file = (targetAccountId: string, more: { accountId?: string } = {}) =>
    colleaguesOf(ground).file('new', { targetAccountId, statusIds: [], ...more }).id
  const ids = {
    self: file(me),
    staff: file(admin),
    reporter: file(stranger.id, { accountId: me }),
    marked: file(friend.id),
    friend: friend.id,
    admin,
  }
  await ground.openEngine()
  return { ground, ids }
}

const rowOf = async (desk: Engine, id: string | undefined) => (await openRows(desk)).find(row => row.id === id)

test('the row and the case say whose they are', async () => {
  const { ground, ids } = await openWithInterests()
  await using _ = ground
  const { desk, key } = await signInAndSync(ground)
  expect(await rowOf(desk, ids.self)).toMatchObject({ interest: 'self' })
  expect(await rowOf(desk, ids.staff)).toMatchObject({ interest: 'staff' })
  expect(await rowOf(desk, ids.reporter)).toMatchObject({ interest: 'reporter' })
  expect(await rowOf(desk, ids.marked)).toMatchObject({ interest: null })
  await desk.call('interests.mark', { server: key, account: ids.friend ?? '', close: true })
  expect(await rowOf(desk, ids.marked)).toMatchObject({ interest: 'marked' })
  const marked = { server: key, id: ids.marked ?? '' }
  expect(await desk.call('reports.case', marked)).toMatchObject({
    account: { close: true },
    report: { interest: 'marked' },
  })
  const [entry] = (await desk.call('log.page', { limit: 1 })).entries
  expect(entry).toMatchObject({ action: 'account.marked-close', facts: { account: ids.friend } })
  await desk.call('interests.mark', { server: key, account: ids.friend ?? '', close: false })
  expect(await rowOf(desk, ids.marked)).toMatchObject({ interest: null })
  await expect(desk.call('interests.mark', { server: key, account: '404404', close: true })).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('what decides about it is refused until it was said and is meant all the same; the log says so', async () => {
  const { ground, ids } = await openWithInterests()
  await using _ = ground
  const { desk, key } = await signInAndSync(ground)
  await desk.call('interests.mark', { server: key, account: ids.friend ?? '', close: true })
  const arm = (
    id: string | undefined,
    kind: 'report.close' | 'account.limit' | 'report.assign' | 'report.unassign',
    more = {},
  ) => desk.call('decisions.arm', { server: key, subject: { of: 'report', id: id ?? '' }, kind, ...more })
  for (const what of ['self', 'staff', 'reporter', 'marked'])
    await expect(arm(ids[what], 'report.close')).rejects.toMatchObject({
      code: 'not-allowed',
      detail: { reason: 'interest.again', what },
    })
  await expect(arm(ids.marked, 'account.limit')).rejects.toMatchObject({ detail: { what: 'marked' } })
  // What nothing allows, a second press does not allow either.
  await expect(arm(ids.self, 'account.limit', { despite: true })).rejects.toMatchObject({
    detail: { reason: 'refusal.own-account' },
  })
  // To take a case, and to hand it over, hurts nobody.
  expect((await arm(ids.self, 'report.assign')).decision.state).toBe('ready')
  expect((await desk.call('decisions.page', {})).decisions).toHaveLength(1)
  const { decision } = await arm(ids.marked, 'report.close', { despite: true })
  expect(decision.state).toBe('held')
  const { entries } = await desk.call('log.page', { kind: 'decision.armed', limit: 5 })
  expect(entries.find(({ facts }) => facts.decision === decision.id)?.facts).toMatchObject({ interest: 'marked' })
  expect(entries.find(({ facts }) => facts.kind === 'report.assign')?.facts).not.toHaveProperty('interest')
})

test('a name that was typed is more than a second press', async () => {
  const { ground, ids } = await openWithInterests()
  await using _ = ground
  const { desk, key } = await signInAndSync(ground, 'owner')
  const subject = { of: 'report', id: ids.staff ?? '' } as const
  const limit = (typed: string) => desk.call('decisions.arm', { server: key, subject, kind: 'account.limit', typed })
  await expect(limit('')).rejects.toMatchObject({ detail: { reason: 'brake.staff' } })
  const { decision } = await limit('@admin')
  const [entry] = (await desk.call('log.page', { kind: 'decision.armed', limit: 1 })).entries
  expect(entry?.facts).toMatchObject({ decision: decision.id, interest: 'staff' })
})

test('no batch takes any of them, whoever asks for it', async () => {
  const { ground, ids } = await openWithInterests()
  await using _ = ground
  const { desk, key } = await signInAndSync(ground, 'moderator', 'cli')
  const [plain] = (await openRows(desk)).filter(row => row.interest === null)
  const items = [ids.self, ids.staff, ids.reporter, plain?.id].map(id => ({
    server: key,
    subject: { of: 'report', id: id ?? '' } as const,
  }))
  const asked = { kind: 'report.close', items } as const
  const preview = await desk.call('batches.preview', asked)
  expect(preview.possible).toBe(1)
  expect(preview.left.map(({ code }) => code).sort()).toEqual(['interest.reporter', 'interest.self', 'interest.staff'])
  const { batch } = await desk.call('batches.arm', { ...asked, label: 'all' })
  expect(batch.size).toBe(1)
  await expect(desk.call('batches.arm', { ...asked, items: items.slice(0, 3), label: 'own' })).rejects.toMatchObject({
    detail: { reason: 'failure.empty-batch' },
  })
})
