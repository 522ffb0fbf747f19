import { expect, test } from 'vitest'
import { makeEntry } from '../../../src/main/doors/loopback/entry.ts'
import { handClock, passOf } from './loopback-ground.ts'

const redeemed = (answer: { cookie: string } | { waitMs: number }) => {
  if ('waitMs' in answer) throw new Error(`wait ${answer.waitMs}`)
  return [answer.cookie]
}
/** A door that let a browser in: the code, the cookie and the secret of its tab. */
const launch = (clock = handClock()) => {
  const entry = makeEntry(clock)
  const code = entry.newCode()
  const spare = entry.newCode()
  const [cookie = ''] = redeemed(entry.redeem(code))
  return { entry, secrets: [code, spare, cookie, entry.admit([cookie], null) ?? ''] as const }
}

test('a code opens once, and only within a minute', () => {
  const clock = handClock()
  const entry = makeEntry(clock)
  const code = entry.newCode()
  expect(Buffer.from(code, 'base64url')).toHaveLength(32)
  clock.pass(60_000)
  expect(entry.isCookie(redeemed(entry.redeem(code)))).toBe(true)
  for (let n = 0; n < 10; n += 1) expect(entry.redeem(code)).toEqual({ waitMs: 0 })
  const late = makeEntry(clock)
  const old = late.newCode()
  clock.pass(60_001)
  expect(late.redeem(old)).toEqual({ waitMs: 0 })
})

test('ten thousand launches share no secret, and a door takes none of a thousand former ones for anything', () => {
  const launches = Array.from({ length: 10_000 }, () => launch().secrets)
  const all = launches.flat()
  expect(all.filter(secret => Buffer.from(secret, 'base64url').length !== 32)).toEqual([])
  expect(new Set(all).size).toBe(40_000)
  const { entry, secrets } = launch()
  const [, spare, cookie, tab] = secrets
  const taken = launches
    .slice(0, 1_000)
    .flatMap(former =>
      former.filter(
        secret =>
          'cookie' in entry.redeem(secret) ||
          entry.isCookie([secret]) ||
          entry.admit([secret], null) !== undefined ||
          entry.admit([cookie], secret) !== undefined ||
          entry.isPass(passOf(secret, 'log.csv'), 'log.csv'),
      ),
    )
  expect(taken).toEqual([])
  // The door's own still work after all that, so it was no closed door that refused.
  expect([entry.admit([cookie], tab), 'cookie' in entry.redeem(spare)]).toEqual([tab, true])
})

test('after ten wrong codes in a minute each further one waits a second longer, up to eight; a right one opens at once', () => {
  const clock = handClock()
  const entry = makeEntry(clock)
  const code = entry.newCode()
  const waits = Array.from({ length: 20 }, (_, n) => entry.redeem(`guess-${n}`))
  const seconds = [...Array(10).fill(0), 1, 2, 3, 4, 5, 6, 7, 8, 8, 8]
  expect(waits).toEqual(seconds.map(one => ({ waitMs: one * 1000 })))
  expect(entry.isCookie(redeemed(entry.redeem(code)))).toBe(true)
  clock.pass(61_000)
  expect(entry.redeem('guess')).toEqual({ waitMs: 0 })
})

test('a pass is for one file and from a tab that was let in', () => {
  const { entry, secrets } = launch()
  const tab = secrets[3]
  expect(entry.isPass(passOf(tab, 'a.csv'), 'a.csv')).toBe(true)
  for (const wrong of [passOf(tab, 'b.csv'), passOf('', 'a.csv'), passOf(secrets[2], 'a.csv'), tab, '', 'x'])
    expect([wrong, entry.isPass(wrong, 'a.csv')]).toEqual([wrong, false])
})

test('a tab is given its secret once for each code, and comes back with it', () => {
  const entry = makeEntry(handClock())
  const cookie = redeemed(entry.redeem(entry.newCode()))
  const tab = entry.admit(cookie, null)
  expect(tab).toBeTypeOf('string')
  expect(entry.admit(cookie, null), 'a reload before the page spoke on').toBe(tab)
  entry.keep(['guess'])
  expect(entry.admit(cookie, null)).toBe(tab)
  entry.keep(cookie)
  expect(entry.admit(cookie, null)).toBeUndefined()
  expect(entry.admit(cookie, tab ?? '')).toBe(tab)
  expect(entry.admit(cookie, 'guess')).toBeUndefined()
  expect(entry.admit([], tab ?? '')).toBeUndefined()
  expect(entry.admit(['guess'], tab ?? '')).toBeUndefined()
})

test('a second code in the same browser keeps the first tab alive under the new cookie', () => {
  const entry = makeEntry(handClock())
  const first = entry.admit(redeemed(entry.redeem(entry.newCode())), null)
  const cookie = redeemed(entry.redeem(entry.newCode()))
  const second = entry.admit(cookie, null)
  expect(second).not.toBe(first)
  expect(entry.admit(cookie, first ?? '')).toBe(first)
})
