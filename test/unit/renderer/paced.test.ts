import { expect, test } from 'vitest'
import { LIVE_GAP, paced, QUIET } from '../../../src/renderer/src/client/paced.ts'
import { ownClock } from './own-clock.ts'

const setUp = () => {
  const clock = ownClock()
  const starts: number[] = []
  const ends: (() => void)[] = []
  const pace = paced(clock, () => {
    starts.push(clock.now())
    return new Promise<void>(resolve => ends.push(resolve))
  })
  const end = async () => {
    ends.shift()?.()
    await Promise.resolve()
    await Promise.resolve()
  }
  return { clock, starts, end, ...pace }
}

test('the first run is at once', () => {
  const { now, starts } = setUp()
  now()
  expect(starts).toEqual([0])
})

test('a burst of changes is one run, a quiet moment later', async () => {
  const { clock, now, ask, starts, end } = setUp()
  now()
  await end()
  clock.advance(1000)
  for (let i = 0; i < 500; i++) ask()
  expect(starts).toEqual([0])
  clock.advance(QUIET)
  expect(starts).toEqual([0, 1000 + QUIET])
})

test('a steady stream of changes makes four runs a second', async () => {
  const { clock, now, ask, starts, end } = setUp()
  now()
  await end()
  for (let ms = 0; ms < 2000; ms += 10) {
    ask()
    clock.advance(10)
    await end()
  }
  expect(starts.length).toBe(1 + 2000 / LIVE_GAP)
})

test('a change during a run is followed by exactly one more, after it has ended', async () => {
  const { clock, now, ask, starts, end } = setUp()
  now()
  ask()
  ask()
  clock.advance(10 * LIVE_GAP)
  expect(starts).toEqual([0])
  await end()
  clock.advance(QUIET)
  expect(starts).toEqual([0, 10 * LIVE_GAP + QUIET])
  await end()
  clock.advance(10 * LIVE_GAP)
  expect(starts.length).toBe(2)
})

test('nothing runs after stop', async () => {
  const { clock, now, ask, stop, starts, end } = setUp()
  now()
  await end()
  ask()
  stop()
  clock.advance(10 * LIVE_GAP)
  ask()
  clock.advance(10 * LIVE_GAP)
  expect(starts).toEqual([0])
})
