import { expect, test } from 'vitest'
import {
  burstsOf,
  clustersOf,
  hasOwnReason,
  isMarked,
  sharedBy,
  timesOf,
  type Waiting,
} from '../../src/main/engine/signups/clusters.ts'
import { maskOf, patternsOf, rangeOf } from '../../src/main/engine/signups/patterns.ts'

/** The last minute of a ten. */
const NOON = Date.UTC(2026, 10, 23, 12) - 60_000
const MINUTE = 60_000

const person = (n: number, more: Partial<Parameters<typeof patternsOf>[0]> & Partial<Waiting> = {}): Waiting => {
  const told = {
    username: `person${String.fromCharCode(97 + (n % 26))}x`,
    email: `p${n}@own${n}.example`,
    address: `10.${n >> 8}.${n & 255}.1`,
    reason: `My reason number ${n}`,
    ...more,
  }
  return {
    id: String(n),
    username: told.username,
    at: NOON - n * MINUTE * 30,
    confirmed: true,
    invited: false,
    hasReason: told.reason !== null && told.reason !== '',
    rejected: false,
    ...patternsOf(told),
    ...(more.at === undefined ? {} : { at: more.at }),
    ...(more.invited === undefined ? {} : { invited: more.invited }),
  }
}
const machine = (n: number, more = {}) =>
  person(n, {
    username: `anna${1000 + n}`,
    email: `u${n}@throwaway.example`,
    address: `203.0.113.${n % 250}`,
    reason: 'I want to join the community',
    at: NOON - (n % 30) * MINUTE,
    ...more,
  })
const many = <T>(count: number, make: (n: number) => T, from = 0) =>
  Array.from({ length: count }, (_, n) => make(n + from))

test.each([
  ['203.0.113.9', '203.0.113.0/24', '203.0.113.•••'],
  ['::ffff:203.0.113.9', '203.0.113.0/24', '203.0.113.•••'],
  ['2001:db8:77:1::9', '2001:db8:77::/48', '2001:db8:77:•••'],
  ['2001:DB8:0077::', '2001:db8:77::/48', '2001:db8:77:•••'],
  ['2001::9', '2001:0:0::/48', '2001:0:0:•••'],
  ['::1', '0:0:0::/48', '0:0:0:•••'],
] as const)('%s lies in %s, shown as %s', (address, range, mask) => {
  expect(rangeOf(address)).toBe(range)
  expect(maskOf(range)).toBe(mask)
})
test.each(['', 'nowhere', '203.0.113', '203.0.113.0/24', '1.2.3.4.5', ':::', 'a'.repeat(4000)])(
  '%s is no address',
  address => {
    expect(rangeOf(address)).toBe(null)
  },
)

test('the same reason is the same whatever case, signs, spaces and width', () => {
  const hash = (reason: string) => patternsOf({ username: 'a', email: null, address: null, reason }).reason
  expect(hash('I want to  join!')).toBe(hash('i WANT to join'))
  expect(hash('Ｉ want to join')).toBe(hash('I want to join'))
  expect(hash('I want to join')).not.toBe(hash('I want to leave'))
  expect(hash('أبحث عن خادم هادئ')).not.toBe(null)
  expect(hash('hi there')).not.toBe(null)
  expect(hash('hello')).toBe(null)
  expect(hash('!!! ??? ... ---')).toBe(null)
})
test('mail domains, and names of one shape', () => {
  const of = (username: string, email: string) => patternsOf({ username, email, address: null, reason: null })
  expect(of('anna4821', 'A@Throwaway.Example')).toMatchObject({ mail: 'throwaway.example', shape: '4' })
  expect(of('hatice_b', '"odd@local"@weide.example')).toMatchObject({ mail: 'weide.example', shape: null })
  expect(of('jan12', 'nobody')).toMatchObject({ mail: null, shape: null })
  expect(of('12345', 'a@')).toMatchObject({ mail: null, shape: null })
  expect(of('x_y_20261', '@x.example')).toMatchObject({ mail: null, shape: '5' })
})

test('a wave among ordinary people is found by everything that it shares, and a person may be in several clusters', () => {
  const waiting = [...many(40, person, 100), ...many(60, machine)]
  const found = clustersOf(waiting)
  expect(found.map(({ pattern, says, members }) => [pattern, says, members.length])).toEqual(
    expect.arrayContaining([
      ['mail', 'throwaway.example', 60],
      ['range', '203.0.113.0/24', 60],
      ['reason', '', 60],
      ['name', 'anna1000', 60],
      ['burst', '', 60],
    ]),
  )
  expect(found).toHaveLength(5)
  const shared = sharedBy(found)
  expect(shared.get('0')).toHaveLength(5)
  expect(shared.get('100')).toBe(undefined)
})

test('few are no cluster, and ordinary people are none', () => {
  expect(clustersOf(many(2, machine))).toEqual([])
  expect(clustersOf(many(300, person))).toEqual([])
  expect(clustersOf([])).toEqual([])
})

test('who wrote a reason of their own, was invited, or shares one thing only is not marked', () => {
  const own = machine(60, { reason: 'I come from a server that closes in December' })
  const invited = machine(61, { invited: true })
  const provider = many(20, n =>
    person(n + 200, { email: `p${n}@big-provider.example`, reason: '', at: NOON - n * MINUTE }),
  )
  const waiting = [...many(60, machine), own, invited, ...provider]
  const shared = sharedBy(clustersOf(waiting))
  const marked = waiting.filter(one => isMarked(one, shared.get(one.id) ?? [])).map(({ id }) => id)
  expect(marked).toEqual(many(60, n => String(n)))
  // A big provider's members who come in the same hour share two things, and both are chance.
  expect(
    shared
      .get('200')
      ?.map(({ pattern }) => pattern)
      .sort(),
  ).toEqual(['burst', 'mail'])
  expect(hasOwnReason(own, shared.get(own.id) ?? [])).toBe(true)
})

test('a burst stands out of the day, a steady stream does not', () => {
  const steady = many(1440, n => person(n, { at: NOON - n * MINUTE }))
  expect(burstsOf(steady)).toEqual([])
  const wave = [...steady, ...many(120, n => person(5000 + n, { at: NOON - 180 * MINUTE - (n % 20) * MINUTE }))]
  expect(burstsOf(wave)).toEqual([{ from: NOON - 199 * MINUTE, to: NOON - 179 * MINUTE }])
  expect(timesOf([])).toEqual([])
  // Who waits for a month does not make a chart of a month.
  expect(timesOf([person(1, { at: NOON - 30 * 1440 * MINUTE }), person(2, { at: NOON })])).toHaveLength(144)
})
