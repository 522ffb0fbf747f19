import { expect, test } from 'vitest'
import { makeSchedule } from '../../src/main/engine/schedule/schedule.ts'
import { createClock } from '../../src/main/sample/clock.ts'
import { Failure } from '../../src/shared/contract/failure.ts'
import { NOON } from './ground.ts'

const MINUTE = 60_000
const never = new AbortController().signal

/** Numbers that look like chance, the same each time. */
const chance = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
  return seed / 2 ** 31
}

/** One server that is away, or there, and many desks that read from it every five minutes. */
const desksOn = (many: number, random: (desk: number) => () => number) => {
  const clock = createClock(NOON, { running: false })
  const asked: number[] = []
  let isAway = false
  for (let desk = 0; desk < many; desk++) {
    let readAt = 0
    const run = async () => {
      asked.push(clock.now())
      if (isAway) throw new Failure('offline')
      readAt = clock.now()
    }
    makeSchedule({
      clock,
      works: [() => [{ of: 'reports', at: readAt + 5 * MINUTE, run }]],
      stop: never,
      heard: () => {},
      fault: error => {
        throw error
      },
      changed: () => {},
      random: random(desk),
    }).poke('s1')
  }
  const pass = async (minutes: number) => {
    for (let second = 0; second < minutes * 60; second++) {
      clock.advance(1_000)
      // What a step ends with comes in a few turns.
      for (let turn = 0; turn < 8; turn++) await Promise.resolve()
    }
  }
  return {
    pass,
    away: (to: boolean) => {
      isAway = to
    },
    /** The most that came within so many seconds, since `from`. */
    peak: (seconds: number, from: number) => {
      const slots = new Map<number, number>()
      for (const at of asked.filter(each => each >= from)) {
        const slot = Math.floor(at / seconds / 1000)
        slots.set(slot, (slots.get(slot) ?? 0) + 1)
      }
      return Math.max(...slots.values())
    },
    now: () => clock.now(),
    asked,
  }
}

test('a list that fails alone is said to fail, and its server to be there, until others fail with it', async () => {
  const clock = createClock(NOON, { running: false })
  const fails = new Set(['blocks'])
  const readAt = new Map<string, number>()
  const work = (of: string) => () => [
    {
      of,
      at: (readAt.get(of) ?? 0) + MINUTE,
      run: async () => {
        if (fails.has(of)) throw new Failure('upstream')
        readAt.set(of, clock.now())
      },
    },
  ]
  const schedule = makeSchedule({
    clock,
    works: [work('reports'), work('blocks')],
    stop: never,
    heard: (server, failure) => schedule.heard(server, failure),
    fault: error => {
      throw error
    },
    changed: () => {},
    random: chance(1),
  })
  schedule.poke('s1')
  /** In how many seconds of these minutes the server was said to be away. */
  const awayIn = async (minutes: number) => {
    let away = 0
    for (let second = 0; second < minutes * 60; second++) {
      clock.advance(1_000)
      for (let turn = 0; turn < 8; turn++) await Promise.resolve()
      if (schedule.standing('s1').offlineSince !== null) away++
    }
    return away
  }
  await awayIn(10)
  expect(schedule.stuck('s1', 'blocks')).toMatchObject({ code: 'upstream' })
  expect(await awayIn(60), 'the one list fails on').toBe(0)
  fails.add('reports')
  expect(await awayIn(10), 'all of them fail').toBeGreaterThan(8 * 60)
  fails.clear()
  await awayIn(10)
  expect(await awayIn(10)).toBe(0)
  expect(schedule.stuck('s1', 'blocks')).toBeNull()
})

test('after an outage a thousand desks that lost the server at the same moment do not come back to it at once', async () => {
  const desks = 1_000
  const { pass, away, peak, now, asked } = desksOn(desks, desk => chance(desk * 7_919 + 1))
  away(true)
  await pass(45)
  const back = now()
  away(false)
  await pass(12)
  expect(asked.filter(at => at >= back).length, 'everyone came').toBeGreaterThanOrEqual(desks)
  // What they would be if they were spread evenly over the five minutes of the usual look.
  const steady = (desks * 20) / 300
  expect(peak(20, back) / steady).toBeLessThanOrEqual(1.5)

  const together = desksOn(100, () => () => 1)
  together.away(true)
  await together.pass(45)
  const then = together.now()
  await together.pass(12)
  expect(together.peak(20, then), 'without chance all come at once').toBe(100)
})
