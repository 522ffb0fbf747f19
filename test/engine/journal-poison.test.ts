import { expect, test } from 'vitest'
import { arm, type Ground, openGround, openRows, signInAndSync, until, untilPast, untilState } from './ground.ts'
import { readDecision, untilIn } from './journal-ground.ts'
import { blocksOf } from './lists-mirrored.ts'

const HOUR = 3_600_000

/** The server breaks on this record from now on, wherever it would show. */
const poison = ({ server }: Ground, noun: string, id = '') =>
  server.faults.add({ kind: 'poison', id }, { path: new RegExp(`/admin/${noun}`), times: Number.POSITIVE_INFINITY })

/** A desk that read all, and reports about different accounts, the newest first. */
const openDesk = async () => {
  const ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const rows = [...new Map((await openRows(desk)).map(row => [row.target.id, row])).values()]
  return { ground, desk, key, rows }
}

test('that the server fails on its newest report keeps no decision waiting', async () => {
  const { ground, rows } = await openDesk()
  await using _ = ground
  const newest = ground.server.world.reports.all().at(-1)
  poison(ground, 'reports', newest?.id)
  await ground.closeEngine()
  await ground.openEngine()
  const desk = ground.client()
  const other = rows.find(({ id, target }) => id !== newest?.id && target.id !== newest?.targetAccountId)
  if (!other) throw new Error('no other report')
  const { id } = await arm(desk, other, 'report.close')
  await untilState(ground, desk, id, 'done')
})

test('a decision about what the server fails on ends unsent and says so, and no other waits behind it', async () => {
  const { ground, desk, rows } = await openDesk()
  await using _ = ground
  const [one, ...others] = rows
  if (!one) throw new Error('no reports')
  poison(ground, 'reports', one.id)
  const broken = await arm(desk, one, 'report.close')
  const more = await Promise.all(others.slice(0, 6).map(row => arm(desk, row, 'report.close')))
  expect(await untilState(ground, desk, broken.id, 'stopped')).toMatchObject({ why: 'why.server-fails' })
  for (const { id } of more) await untilState(ground, desk, id, 'done')
  expect(ground.server.world.reports.get(one.id)?.actionTakenAt).toBeNull()
  expect((await desk.call('servers.list', {})).servers[0]).toMatchObject({ signedIn: true })
})

test('what was sent to a record that the server fails on since asks a person, after the last look', async () => {
  const { ground, desk, rows } = await openDesk()
  await using _ = ground
  const [one] = rows
  if (!one) throw new Error('no reports')
  ground.server.faults.add({ kind: 'cut-after' }, { method: 'POST', path: /resolve$/, times: 1 })
  const { id } = await arm(desk, one, 'report.close')
  await untilState(ground, desk, id, 'unknown')
  poison(ground, 'reports', one.id)
  expect(await untilIn(ground, desk, id, ['needs-person'])).toMatchObject({ why: 'why.nothing-shows' })
})

test('a server that fails as a whole ends no decision: it waits, and goes out when that is over', async () => {
  const { ground, desk, rows } = await openDesk()
  await using _ = ground
  const [one] = rows
  if (!one) throw new Error('no reports')
  ground.server.faults.add({ kind: 'status', status: 500 }, { times: Number.POSITIVE_INFINITY })
  const { id } = await arm(desk, one, 'report.close')
  const end = ground.clock.now() + 5 * 60_000
  await untilPast(ground, end, 1_000)
  expect(await readDecision(desk, id)).toMatchObject({ state: 'ready', waitingFor: 'server' })
  ground.server.faults.clear()
  await untilState(ground, desk, id, 'done')
})

test('a block of ours is read back past one above the top that the server fails on', async () => {
  const { ground, desk, key } = await openDesk()
  await using _ = ground
  poison(ground, 'domain_blocks', blocksOf(ground).domain('broken.example').id)
  const leftOut = async () =>
    (await desk.call('sync.status', {})).servers[0]?.lists.find(({ list }) => list === 'domain-blocks')?.leftOut ?? []
  await until(leftOut, found => found.length === 1, ground.patient, 5_000)
  const began = ground.clock.now()
  // It is taken, but its answer is lost: only reading tells.
  ground.server.faults.add({ kind: 'cut-after' }, { method: 'POST', path: /domain_blocks/, times: 1 })
  const { decision } = await desk.call('decisions.arm', {
    server: key,
    subject: { of: 'domain', id: 'ours.example' },
    kind: 'domain.block',
    fields: { severity: 'silence' },
  })
  await untilState(ground, desk, decision.id, 'done')
  expect(ground.clock.now(), 'not because it was asked for again').toBeLessThan(began + HOUR)
})
