import { expect, test } from 'vitest'
import { addBlock, openDomains, untilBatchEnds } from './domains-ground.ts'
import { until } from './ground.ts'
import { ended, untilIn } from './journal-ground.ts'

const suspend = { severity: 'suspend' }
const itemsOf = (server: string, domains: readonly string[]) =>
  domains.map(id => ({ server, subject: { of: 'domain' as const, id } }))

test('a batch of suspensions: what the server does not know goes at once, what it knows is counted first, what is too large stays out', async () => {
  await using domains = await openDomains()
  const { desk, key, ground } = domains
  const known = [...ground.server.world.accounts.all()].flatMap(({ domain }) => domain ?? [])
  const names = [...new Set(known)].slice(0, 4)
  const none = ['nobody-knows.example', 'nor-this.example']
  const asked = { kind: 'domain.block' as const, items: itemsOf(key, [...names, ...none]), fields: suspend }
  const first = await desk.call('batches.preview', asked)
  expect(first).toMatchObject({ possible: 0, unread: 6, cuts: 0 })
  // Its list of whom it knows is read in the first minutes.
  const second = await until(
    () => desk.call('batches.preview', asked),
    preview => preview.possible === 2,
    ground.clock,
    60_000,
  )
  expect(second).toMatchObject({ unread: 4, left: [{ code: 'brake.unmeasured', count: 4 }] })
  expect(await desk.call('batches.read', { ...asked, most: 3 })).toEqual({ left: 1 })
  expect(await desk.call('batches.read', { ...asked, most: 3 })).toEqual({ left: 0 })
  const third = await desk.call('batches.preview', asked)
  const follows = await Promise.all(
    names.map(async domain => {
      const { measure } = await domains.show(domain)
      return (measure?.follows ?? 0) + (measure?.followers ?? 0)
    }),
  )
  expect(third).toMatchObject({ possible: 6, unread: 0, cuts: follows.reduce((sum, one) => sum + one, 0) })
  expect(third.cuts).toBeGreaterThan(0)
  await desk.call('settings.set', { mostFollows: Math.max(...follows) - 1 })
  const fourth = await desk.call('batches.preview', asked)
  expect(fourth.left).toMatchObject([{ code: 'brake.relations' }])
  const batch = await domains.batch([...names, ...none], 'domain.block', suspend)
  const sent = await untilBatchEnds(domains, batch.id)
  expect(sent.map(one => one.state)).toEqual(Array.from({ length: fourth.possible }, () => 'done'))
})

test('a domain below that is known, or blocked, keeps one from being taken for unknown', async () => {
  await using domains = await openDomains(ground => void addBlock(ground, 'sub.quiet.example', { severity: 'silence' }))
  const { ground } = domains
  const { accountsByDomain } = ground.server.world
  const [some] = [...accountsByDomain].flatMap(([domain, accounts]) => (domain === '' ? [] : [accounts]))
  if (some) accountsByDomain.set('deep.sub.loud.example', some)
  await until(
    () => domains.leftOut('nobody-knows.example', 'domain.block', suspend),
    why => why === null,
    ground.clock,
    60_000,
  )
  for (const domain of ['quiet.example', 'loud.example', 'sub.loud.example', 'deep.sub.loud.example'])
    expect([domain, await domains.leftOut(domain, 'domain.block', suspend)]).toEqual([domain, 'brake.unmeasured'])
  for (const domain of ['b.loud.example', 'xloud.example', 'loud.example.org'])
    expect([domain, await domains.leftOut(domain, 'domain.block', suspend)]).toEqual([domain, null])
})

test('what was small when it was armed and is large when it would go out asks a person, alone and in a batch', async () => {
  await using domains = await openDomains()
  const { desk, key, ground } = domains
  const names = [...new Set([...ground.server.world.accounts.all()].flatMap(({ domain }) => domain ?? []))].slice(0, 3)
  for (const domain of names) await desk.call('domains.measure', { server: key, domain })
  const [alone = '', ...others] = names
  const single = await domains.arm(alone, 'domain.block', { fields: suspend })
  const batch = await domains.batch(others, 'domain.block', suspend)
  await desk.call('settings.set', { mostFollows: 0 })
  const readPage = async () => (await desk.call('decisions.page', { limit: 20 })).decisions
  const asking = await until(readPage, all => all.every(one => one.waitingFor === 'confirm'), ground.patient, 1_000)
  expect(asking.map(({ state, why }) => [state, why])).toEqual(names.map(() => ['ready', 'brake.relations']))
  expect(domains.writes()).toEqual([])
  expect((await desk.call('decisions.bar', {})).needsPerson).toBe(3)
  // A pause of the batch and its end take nothing of the question away.
  await desk.call('batches.pause', { id: batch.id })
  await desk.call('batches.resume', { id: batch.id })
  expect((await readPage()).every(one => one.waitingFor === 'confirm')).toBe(true)
  await expect(desk.call('decisions.confirm', { id: single.id, send: true })).rejects.toMatchObject({
    code: 'not-allowed',
    detail: { reason: 'brake.relations', name: alone },
  })
  await desk.call('decisions.confirm', { id: single.id, send: true, typed: alone })
  expect((await untilIn(ground, desk, single.id, ended, 1_000)).state).toBe('done')
  for (const one of asking.filter(({ id }) => id !== single.id))
    await desk.call('decisions.confirm', { id: one.id, send: false })
  expect((await untilBatchEnds(domains, batch.id)).map(one => one.state)).toEqual(['cancelled', 'cancelled'])
  const { entries } = await desk.call('log.page', { limit: 100 })
  expect(entries.filter(one => one.action === 'decision.asks')).toHaveLength(3)
  expect(domains.writes()).toHaveLength(1)
})

test('what was armed over a brake, with its name typed, is not asked about again', async () => {
  await using domains = await openDomains()
  await domains.desk.call('settings.set', { mostFollows: 0 })
  expect((await domains.decide('spam.example', 'domain.block', { fields: suspend, typed: 'spam.example' })).state).toBe(
    'done',
  )
})
