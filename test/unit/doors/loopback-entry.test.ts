import { expect, test } from 'vitest'
import { makeEntry } from '../../../src/main/doors/loopback/entry.ts'
import { handClock } from './loopback-ground.ts'

const redeemed = (answer: { cookie: string } | string) => {
  if (typeof answer === 'string') throw new Error(answer)
  return [answer.cookie]
}

test('a code opens once, and only within a minute', () => {
  const clock = handClock()
  const entry = makeEntry(clock)
  const code = entry.newCode()
  expect(Buffer.from(code, 'base64url')).toHaveLength(32)
  clock.pass(60_000)
  expect(entry.isCookie(redeemed(entry.redeem(code)))).toBe(true)
  for (let n = 0; n < 10; n += 1) expect(entry.redeem(code)).toBe('wrong')
  const late = makeEntry(clock)
  const old = late.newCode()
  clock.pass(60_001)
  expect(late.redeem(old)).toBe('wrong')
})

test('a thousand doors make a thousand different codes, and none takes the code of another', () => {
  const clock = handClock()
  const codes = Array.from({ length: 1000 }, () => makeEntry(clock).newCode())
  expect(new Set(codes).size).toBe(1000)
  const entry = makeEntry(clock)
  expect(codes.filter(code => typeof entry.redeem(code) === 'object')).toEqual([])
})

test('after ten wrong codes in a minute further ones are told to wait; a right one still opens', () => {
  const clock = handClock()
  const entry = makeEntry(clock)
  const code = entry.newCode()
  const answers = Array.from({ length: 12 }, (_, n) => entry.redeem(`guess-${n}`))
  expect(answers).toEqual([...Array(10).fill('wrong'), 'wait', 'wait'])
  expect(entry.isCookie(redeemed(entry.redeem(code)))).toBe(true)
  clock.pass(61_000)
  expect(entry.redeem('guess')).toBe('wrong')
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
