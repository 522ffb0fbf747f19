import { expect, test } from 'vitest'
import { atWork } from '../../src/renderer/src/features/domains/at-work.ts'
import { openDomains } from './domains-ground.ts'
import { ended, kinds, openBench, untilIn } from './journal-ground.ts'

const HOUR = 3_600_000

test('jobs of the server are two hours late: what it accepted is done and sent once, nothing of it is told as a colleague’s, before the jobs or after', async () => {
  await using bench = await openBench({ jobDelay: 2 * HOUR })
  const { ground, desk, key } = bench
  for (const kind of kinds) {
    const { id } = await bench.armKind(kind)
    expect([kind, await untilIn(ground, desk, id, ended)]).toMatchObject([kind, { state: 'done', why: null }])
    expect([kind, bench.happened(kind)]).toEqual([kind, kind !== 'account.delete'])
    // It cannot be decided once more meanwhile.
    await expect(bench.armKind(kind)).rejects.toMatchObject({
      code: expect.stringMatching(/not-(allowed|found)|conflict/),
    })
  }
  const saw = async () => (await desk.call('log.page', { limit: 200 })).entries.filter(({ source }) => source === 'saw')
  await desk.call('sync.now', { server: key, all: true })
  expect(await saw()).toEqual([])
  for (let n = 0; n < 9; n++) ground.clock.advance(HOUR / 4)
  await desk.call('sync.now', { server: key, all: true })
  expect(await saw()).toEqual([])
  expect(kinds.filter(kind => !bench.happened(kind))).toEqual([])
  for (const kind of kinds) expect([kind, bench.writes(kind).length]).toEqual([kind, 1])
})

test('a domain whose accounts are worked through over hours: its numbers tell how far that is, and it is not blocked twice', async () => {
  await using domains = await openDomains(() => {}, { jobDelay: 2 * HOUR })
  const { ground, desk, key } = domains
  const show = async () => {
    const page = await domains.show('spam.example')
    return { page, work: atWork(page, ground.clock.now()) }
  }
  const measure = async () => {
    ground.clock.advance(HOUR / 10)
    await desk.call('domains.measure', { server: key, domain: 'spam.example' })
  }
  await measure()
  expect((await show()).work).toBe(null)
  const fields = { severity: 'suspend' }
  expect(await domains.decide('spam.example', 'domain.block', { fields })).toMatchObject({ state: 'done' })
  expect((await show()).work).toBe('unasked')
  expect(await domains.refusal('spam.example', 'domain.block', { fields })).toBe('refusal.blocked')
  await measure()
  const { page, work } = await show()
  const { follows, followers, statuses } = page.measure ?? {}
  expect(work).toEqual({ follows: (follows ?? 0) + (followers ?? 0), statuses })
  expect((follows ?? 0) + (followers ?? 0)).toBeGreaterThan(0)
  ground.clock.advance(2 * HOUR)
  await measure()
  expect((await show()).work).toEqual({ follows: 0, statuses: 0 })
  expect(domains.writes().filter(({ method }) => method === 'POST')).toHaveLength(1)
  ground.clock.advance(24 * HOUR)
  expect((await show()).work).toBe(null)
})
