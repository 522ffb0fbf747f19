import { expect, test } from 'vitest'
import { addBlock, type Domains, openDomains } from './domains-ground.ts'
import { until } from './ground.ts'
import { ended, untilIn } from './journal-ground.ts'
import { blocksOf } from './lists-mirrored.ts'

// What colleagues do while decisions of ours are under way is theirs all the same, and the log tells it.

/** What the log says to have seen, the oldest first, once there are so many. */
const seen = async ({ ground, desk }: Domains, count: number) =>
  await until(
    async () =>
      (await desk.call('log.page', { limit: 200 })).entries.filter(({ source }) => source === 'saw').reverse(),
    all => all.length >= count,
    ground.patient,
    60_000,
  )

test('a block that was come across while deciding on another is held as it was then, so that its next change is told', async () => {
  await using domains = await openDomains()
  const { ground, desk, key } = domains
  ground.clock.advance(1_000)
  const theirs = addBlock(ground, 'theirs.example')
  const range = blocksOf(ground).ip('198.51.100.7/32')
  await domains.decide('ours.example', 'domain.block', { fields: { severity: 'silence' } })
  const { decision } = await desk.call('decisions.arm', {
    server: key,
    subject: { of: 'address', id: '198.51.100.9' },
    kind: 'address.block',
    fields: { severity: 'sign_up_block' },
  })
  expect((await untilIn(ground, desk, decision.id, ended, 1_000)).state).toBe('done')
  const before = ground.clock.now()
  ground.clock.advance(1_000)
  theirs.privateComment = 'said later'
  range.comment = 'said later'
  const told = await seen(domains, 4)
  expect(told.map(({ action, facts }) => [action, facts.block])).toEqual([
    ['domain-block.seen-added', theirs.id],
    ['ip-block.seen-added', range.id],
    ['domain-block.seen-changed', theirs.id],
    ['ip-block.seen-changed', range.id],
  ])
  for (const { facts } of told.slice(0, 2)) expect(facts.to).toBeLessThanOrEqual(before)
})
