/** The sample server's clock. */
import { expect, test } from 'vitest'
import { createClock } from '../../src/main/sample/clock.ts'

test('one that stands still runs what is due, in order, when it is put forward', () => {
  const clock = createClock(1000, { running: false })
  const seen: string[] = []
  const note = (name: string) => () => seen.push(`${name} at ${clock.now()}`)
  clock.after(20, note('second'))
  clock.after(10, () => {
    seen.push(`first at ${clock.now()}`)
    clock.after(5, note('from the first'))
  })
  clock.after(20, note('third'))
  clock.after(21, note('later'))
  clock.after(Number.POSITIVE_INFINITY, note('never'))
  const cancel = clock.after(12, note('cancelled'))
  cancel()
  clock.advance(20)
  expect(seen).toEqual(['first at 1010', 'from the first at 1015', 'second at 1020', 'third at 1020'])
  expect(clock.now()).toBe(1020)
})

test('one that runs does what is due by itself', async () => {
  const clock = createClock(Date.UTC(2030, 0, 1))
  const at = await new Promise<number>(resolve => clock.after(5, () => resolve(clock.now())))
  expect(at).toBeGreaterThanOrEqual(Date.UTC(2030, 0, 1) + 5)
  clock.stop()
})

test('one that runs can be put forward too', () => {
  const clock = createClock(0)
  let ran = false
  clock.after(3_600_000, () => {
    ran = true
  })
  clock.advance(3_600_000)
  expect(ran).toBe(true)
  expect(clock.now()).toBeGreaterThanOrEqual(3_600_000)
  clock.stop()
})
