import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isInside, isWide, readEmail, readEmailDomain, readRange } from '../../src/main/engine/blocks/values.ts'

test.each([
  ['203.0.113.9', '203.0.113.9/32'],
  [' 203.0.113.9/24 ', '203.0.113.0/24'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['2001:DB8::1', '2001:db8::1/128'],
  ['2001:db8:ffff::/32', '2001:db8::/32'],
  ['::ffff:203.0.113.9', '203.0.113.9/32'],
  ['::ffff:203.0.113.9/120', '203.0.113.0/24'],
])('%s is kept as %s', (typed, range) => {
  expect(readRange(typed)).toEqual({ value: range, problem: null })
})

test.each([
  ['', 'field.address.blank'],
  ['   ', 'field.address.blank'],
  ['spam.example', 'field.address.form'],
  ['203.0.113', 'field.address.form'],
  ['203.0.113.999', 'field.address.form'],
  // One thing to a shell, another to a server.
  ['0313.0.0161.011', 'field.address.form'],
  ['0x7f.1', 'field.address.form'],
  ['fe80::1%eth0', 'field.address.form'],
  ['203.0.113.9/24/2', 'field.address.form'],
  ['203.0.113.9/33', 'field.address.prefix'],
  ['203.0.113.9/', 'field.address.prefix'],
  ['203.0.113.9/-1', 'field.address.prefix'],
  ['203.0.113.9/2e1', 'field.address.prefix'],
  ['2001:db8::/129', 'field.address.prefix'],
  ['::ffff:203.0.113.9/32', 'field.address.prefix'],
])('%s is no address: %s', (typed, problem) => {
  expect(readRange(typed)).toEqual({ value: null, problem })
})

test('what is read once is read the same again, and no text breaks it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.ipV4Extended(), fc.ipV6()), text => {
      const { value } = readRange(text)
      if (value !== null) expect(readRange(value)).toEqual({ value, problem: null })
    }),
  )
})

test('ranges that many share, and those that never come from outside', () => {
  expect(['203.0.0.0/15', '203.0.0.0/16', '2001::/31', '2001::/32'].map(isWide)).toEqual([true, false, true, false])
  expect(['127.0.0.1/32', '10.0.0.0/8', '192.168.1.0/24', '::1/128', 'fc00::/7', '100.64.0.0/10'].every(isInside)).toBe(
    true,
  )
  expect(['203.0.113.9/32', '2001:db8::/32', '2a01:4f8::/32'].some(isInside)).toBe(false)
})

test('an address becomes the hash that the server makes of its canonical form, or stays one', () => {
  const hash = createHash('sha256').update('johndoe@post.example').digest('hex')
  for (const typed of ['johndoe@post.example', ' John.Doe+spam@POST.example ', 'j.o.h.n.d.o.e@post.example.', hash])
    expect(readEmail(typed)).toEqual({ value: hash, problem: null })
  for (const typed of ['', 'johndoe', '@post.example', '+x@post.example', 'a b@post.example', 'x@'])
    expect(readEmail(typed)).toEqual({ value: null, problem: 'field.email' })
})

test('a domain of e-mails as people paste it', () => {
  expect(readEmailDomain('@Mail.Spam.Example.')).toEqual({ value: 'mail.spam.example', problem: null })
  expect(readEmailDomain('bücher.example')).toEqual({ value: 'xn--bcher-kva.example', problem: null })
  expect(readEmailDomain('someone@spam.example').problem).toBe('field.domain.handle')
  expect(readEmailDomain(' ').problem).toBe('field.domain.blank')
})
