import { expect, test } from 'vitest'
import { arm, openGround, openRows, signInAndSync, untilState } from './ground.ts'

test('sending now ends every window but that of a paused batch; what asks a person is not counted', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  await desk.call('settings.set', { graceSeconds: 60 })
  const [first, second, third, fourth] = await openRows(desk)
  if (!first || !second || !third || !fourth) throw new Error('too few reports')
  expect(await desk.call('decisions.underway', {})).toEqual({ held: 0, going: 0 })
  const single = await arm(desk, first, 'report.close')
  const item = ({ server, id }: typeof first) => ({ server, subject: { of: 'report' as const, id } })
  const running = await desk.call('batches.arm', { kind: 'report.close', items: [item(second)], label: 'one' })
  const paused = await desk.call('batches.arm', {
    kind: 'report.close',
    items: [item(third), item(fourth)],
    label: 'two',
  })
  expect(await desk.call('decisions.underway', {})).toEqual({ held: 4, going: 0 })
  await desk.call('batches.pause', { id: paused.batch.id })
  expect(await desk.call('decisions.underway', {})).toEqual({ held: 2, going: 0 })
  expect(await desk.call('decisions.sendNow', {})).toEqual({ sent: 2 })
  const before = ground.clock.now()
  await untilState(ground, desk, single.id, 'done')
  expect(ground.clock.now() - before).toBeLessThan(60_000)
  const { batches } = await desk.call('batches.list', { all: true })
  const find = (id: string) => batches.find(batch => batch.id === id)
  expect(find(paused.batch.id)).toMatchObject({ state: 'paused', counts: { held: 2 } })
  expect(ground.server.ledger.of(/resolve$/).length).toBeLessThanOrEqual(2)
  expect(running.batch.size).toBe(1)
})
