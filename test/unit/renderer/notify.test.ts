import { expect, test } from 'vitest'
import { isQuiet, makeArrivals } from '../../../src/renderer/src/app/notify.ts'
import { dayOf } from '../../../src/renderer/src/ui/day.ts'

const at = (hours: number, minutes = 0) => new Date(2026, 10, 23, hours, minutes)

test('quiet hours hold over midnight and within a day, from their first minute to before their last', () => {
  const night = { quietFrom: '22:00', quietTo: '07:00' }
  expect([21, 22, 23, 0, 6, 7, 12].map(hour => isQuiet(night, at(hour)))).toEqual([
    false,
    true,
    true,
    true,
    true,
    false,
    false,
  ])
  expect([isQuiet(night, at(21, 59)), isQuiet(night, at(6, 59))]).toEqual([false, true])
  const noon = { quietFrom: '12:00', quietTo: '13:30' }
  expect([isQuiet(noon, at(11, 59)), isQuiet(noon, at(13, 29)), isQuiet(noon, at(13, 30))]).toEqual([
    false,
    true,
    false,
  ])
  expect(isQuiet({ quietFrom: null, quietTo: null }, at(3))).toBe(false)
  expect(isQuiet({ quietFrom: '08:00', quietTo: '08:00' }, at(3)), 'the whole day').toBe(true)
})

test('what came while nobody looked is counted up; what was there at first, and what someone saw, is no news', () => {
  const all = makeArrivals()
  const arrivals = (open: number, isLooking: boolean) => all([{ server: 's1', open, whole: true }], isLooking)
  expect(arrivals(280, false), 'the first number says nothing').toBe(0)
  expect(arrivals(282, false)).toBe(2)
  expect(arrivals(281, false), 'a colleague closed one').toBe(0)
  expect(arrivals(284, false)).toBe(5)
  expect(arrivals(285, true)).toBe(0)
  expect(arrivals(286, false)).toBe(1)
})

test('what is read of a server for the first time, or anew after it was put back, is no news; what another one gets meanwhile is', () => {
  const arrivals = makeArrivals()
  const counted = (one: number, whole: boolean, other: number) =>
    arrivals(
      [
        { server: 's1', open: one, whole },
        { server: 's2', open: other, whole: true },
      ],
      false,
    )
  expect(counted(40, false, 5)).toBe(0)
  expect(counted(80, false, 6), 'of the other').toBe(1)
  expect(counted(280, true, 6)).toBe(0)
  expect(counted(281, true, 6)).toBe(2)
  expect(counted(0, false, 6), 'put back').toBe(0)
  expect(counted(40, false, 6)).toBe(0)
  expect(counted(279, true, 6)).toBe(0)
  expect(counted(280, true, 6)).toBe(3)
})

test('a day is that of the person, not that of Greenwich', () => {
  expect(dayOf(new Date(2026, 0, 2, 0, 30).getTime())).toBe('2026-01-02')
  expect(dayOf(new Date(2026, 10, 23, 23, 59).getTime())).toBe('2026-11-23')
})
