import { domainToASCII, domainToUnicode } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inLetters } from '../../src/shared/domain-name.ts'

const letters = fc.stringMatching(/^[a-zäöüßçéøłžабвгд日本語한국ελ0-9-]{1,18}$/u)

test('a domain in A-labels is read as its own letters, as the URL parser reads it', () => {
  let read = 0
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1, maxLength: 3 }), labels => {
      const ascii = domainToASCII(labels.join('.'))
      if (!ascii.includes('xn--')) return
      read += 1
      expect(inLetters(ascii)).toBe(domainToUnicode(ascii))
    }),
    { numRuns: 3_000 },
  )
  expect(read).toBeGreaterThan(1_000)
})

test('what is in its own letters already, or stands for none that a domain may hold, has no other form', () => {
  for (const domain of ['weide.example', 'xn--a.example', 'xn--.example', 'xn--80ak6aa92e9999999999.example'])
    expect([domain, inLetters(domain)]).toEqual([domain, null])
  // U+202E, U+200B, a space, a full stop and a capital, each written as punycode by hand.
  for (const label of ['xn--ab-6nf', 'xn--ab-k1t', 'xn--a b', 'xn--ab-0ha'])
    expect(inLetters(`${label}.example`)?.match(/[\p{Cf}\s]/u) ?? null).toBeNull()
})

test('no text makes it fail, and no unseen character comes out', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9-]{0,40}$/), text => {
      const read = inLetters(`xn--${text}.example`)
      if (read !== null) expect(read).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\s]/u)
    }),
    { numRuns: 20_000 },
  )
})
