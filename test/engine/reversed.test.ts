import { expect, test } from 'vitest'
import type { DecisionKind } from '../../src/shared/contract/decisions.ts'
import type { ServerKey } from '../../src/shared/contract/ids.ts'
import { arm, openGround, openRows, signInAndSync, until, untilState } from './ground.ts'

/** What we do is undone by a colleague before anybody looks again, on a server whose answers take their time. */
const openTaking = async () => {
  const ground = await openGround()
  ground.between(async (real, input, init) => {
    const answer = await real(input, init)
    ground.clock.advance(5)
    return answer
  })
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  await desk.call('settings.set', { graceSeconds: 2 })
  const seen = async (action: string) =>
    (await desk.call('log.page', { limit: 200 })).entries.filter(
      entry => entry.source === 'saw' && entry.action === action,
    )
  const decide = async (server: ServerKey, domain: string, kind: DecisionKind, fields = {}) => {
    const subject = { of: 'domain' as const, id: domain }
    const { id } = (await desk.call('decisions.arm', { server, subject, kind, fields, typed: domain })).decision
    return await untilState(ground, desk, id, 'done')
  }
  return { ground, desk, key, seen, decide, [Symbol.asyncDispose]: () => ground[Symbol.asyncDispose]() }
}

test('an account that we limited and a colleague lifts again, and suspends: ours stays done, and the log says that someone else changed it', async () => {
  await using bench = await openTaking()
  const { ground, desk, key, seen } = bench
  const row = (await openRows(desk)).find(one => one.target.domain !== null && !one.target.flags.limited)
  const account = ground.server.world.accounts.get(row?.target.id ?? '')
  if (!row || !account) throw new Error('no row')
  const { id } = await arm(desk, row, 'account.limit')
  await untilState(ground, desk, id, 'done')
  await desk.call('reports.refresh', { server: key, id: row.id })
  expect(await seen('account.seen-changed')).toEqual([])
  // Right after our own look, then once more.
  account.silencedAt = null
  await desk.call('reports.refresh', { server: key, id: row.id })
  account.suspendedAt = ground.clock.now()
  await desk.call('reports.refresh', { server: key, id: row.id })
  const found = await until(
    () => seen('account.seen-changed'),
    ({ length }) => length === 2,
  )
  expect(found.map(({ facts }) => [facts.account, facts.limited, facts.suspended])).toEqual([
    [account.id, undefined, true],
    [account.id, false, undefined],
  ])
  expect((await desk.call('decisions.one', { id })).decision).toMatchObject({ state: 'done', why: null })
})

test('an account that our block of its domain suspended, and a colleague lets back in by itself: theirs, though the block may still be at work', async () => {
  await using bench = await openTaking()
  const { ground, desk, key, seen, decide } = bench
  const row = (await openRows(desk)).find(one => one.target.domain !== null && !one.target.flags.suspended)
  const account = ground.server.world.accounts.get(row?.target.id ?? '')
  if (!row?.target.domain || !account) throw new Error('no row')
  await decide(key, row.target.domain, 'domain.block', { severity: 'suspend' })
  await until(
    () => account.suspendedAt,
    at => at !== null,
    ground.clock,
    1_000,
  )
  await desk.call('reports.refresh', { server: key, id: row.id })
  expect(await seen('account.seen-changed')).toEqual([])
  account.suspendedAt = null
  await desk.call('reports.refresh', { server: key, id: row.id })
  expect(
    await until(
      () => seen('account.seen-changed'),
      ({ length }) => length > 0,
    ),
  ).toMatchObject([{ facts: { account: account.id, suspended: false } }])
})

test('a colleague acts on the same account in the moment before us: done, and said that two did it; a report closed long before says nothing', async () => {
  await using bench = await openTaking()
  const { ground, desk } = bench
  const [first, second] = [...new Map((await openRows(desk)).map(row => [row.target.id, row])).values()].filter(
    ({ target }) => target.domain !== null && !target.flags.suspended && !target.flags.limited,
  )
  const { world } = ground.server
  const by = world.accountsByHandle.get('moderator2')?.id ?? null
  if (!first || !second || by === null) throw new Error('no rows')
  const close = (id: string) =>
    Object.assign(world.reports.get(id) ?? {}, { actionTakenAt: ground.clock.now(), actionTakenByAccountId: by })
  ground.between(async (real, input, init) => {
    if (init?.method === 'POST' && String(input).includes(`/${first.target.id}/action`)) close(first.id)
    const answer = await real(input, init)
    ground.clock.advance(5)
    return answer
  })
  const twice = await untilState(ground, desk, (await arm(desk, first, 'account.limit')).id, 'done')
  expect(twice).toMatchObject({ why: 'why.colleague-too', status: 200 })
  close(second.id)
  await desk.call('reports.refresh', { server: second.server, id: second.id })
  const after = await untilState(ground, desk, (await arm(desk, second, 'account.limit')).id, 'done')
  expect(after.why).toBe(null)
})

test('a report that we closed or filed under another category, and a colleague opens or files otherwise: both are in the log as theirs', async () => {
  await using bench = await openTaking()
  const { ground, desk, key, seen } = bench
  const [first, second] = await openRows(desk)
  const { world } = ground.server
  const [closed, filed] = [world.reports.get(first?.id ?? ''), world.reports.get(second?.id ?? '')]
  if (!first || !second || !closed || !filed) throw new Error('no rows')
  await untilState(ground, desk, (await arm(desk, first, 'report.close')).id, 'done')
  Object.assign(closed, { actionTakenAt: null, actionTakenByAccountId: null })
  const fields = { category: filed.category === 'spam' ? 'other' : 'spam' }
  await untilState(ground, desk, (await arm(desk, second, 'report.categorise', { fields })).id, 'done')
  filed.category = filed.category === 'spam' ? 'other' : 'spam'
  for (const { id } of [first, second]) await desk.call('reports.refresh', { server: key, id })
  expect(
    await until(
      () => seen('report.seen-reopened'),
      ({ length }) => length > 0,
    ),
  ).toHaveLength(1)
  expect(
    await until(
      () => seen('report.seen-changed'),
      ({ length }) => length > 0,
    ),
  ).toMatchObject([{ facts: { report: second.id, before: fields.category } }])
})

test('a block that we made and a colleague softens, and one that we made and a colleague lifts: the log says so', async () => {
  await using bench = await openTaking()
  const { ground, desk, key, seen, decide } = bench
  const { domainBlocks } = ground.server.world
  for (const domain of ['softened.example', 'lifted.example'])
    await decide(key, domain, 'domain.block', { severity: 'suspend' })
  const of = (name: string) => domainBlocks.all().find(({ domain }) => domain === name)
  const softened = of('softened.example')
  if (softened) softened.severity = 'silence'
  domainBlocks.remove(of('lifted.example')?.id ?? '')
  await desk.call('sync.now', { server: key, all: true })
  const told = async () => [...(await seen('domain-block.seen-changed')), ...(await seen('domain-block.seen-lifted'))]
  const found = await until(told, ({ length }) => length >= 2, ground.patient, 60_000)
  expect(found.map(({ facts }) => facts.domain)).toEqual(['softened.example', 'lifted.example'])
})
