/** Ids, addresses and domains: the small rules that everything else leans on. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressLiesIn, parseAddress, rangeText } from '../../src/main/sample/rules/addresses.ts'
import { domainMessages, isStricter, normaliseDomain, obfuscated } from '../../src/main/sample/rules/domains.ts'
import { compareIds, Serials, Snowflakes } from '../../src/main/sample/rules/ids.ts'
import { placeAbove, Table } from '../../src/main/sample/rules/table.ts'

describe('ids', () => {
  test('compare by value, beyond 2^53 and below zero', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 64n), 2n ** 64n), fc.bigInt(-(2n ** 64n), 2n ** 64n), (a, b) => {
        expect(Math.sign(compareIds(String(a), String(b)))).toBe(a < b ? -1 : a > b ? 1 : 0)
      }),
    )
  })

  test('rise, whatever the clock does, and never repeat one that was seen', () => {
    const snowflakes = new Snowflakes()
    const made = [1000, 1000, 500, 2000].map(at => BigInt(snowflakes.next(at)))
    expect(made).toEqual([...new Set(made)].sort((a, b) => (a < b ? -1 : 1)))
    snowflakes.seen('999999999999999999')
    expect(snowflakes.next(0)).toBe('1000000000000000000')
    const serials = new Serials()
    serials.seen('9007199254740993')
    expect(serials.next()).toBe('9007199254740994')
  })
})

test('a table is in order whatever order rows came in, and forgets what is removed', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.bigInt(1n, 2n ** 64n), { minLength: 1 }), fc.nat(), (numbers, which) => {
      const table = new Table<{ readonly id: string }>(row => `key ${row.id}`)
      for (const number of numbers) table.add({ id: String(number) })
      const gone = String(numbers[which % numbers.length])
      expect(table.remove(gone)).toBe(true)
      expect([table.remove(gone), table.get(gone), table.find(`key ${gone}`)]).toEqual([false, undefined, undefined])
      const left = numbers.filter(number => String(number) !== gone).sort((a, b) => (a < b ? -1 : 1))
      expect(table.all().map(row => row.id)).toEqual(left.map(String))
      left.forEach((number, at) => {
        expect(table.find(`key ${number}`)).toBe(table.get(String(number)))
        expect(placeAbove(table.all(), String(number))).toBe(at + 1)
      })
    }),
  )
})

describe('addresses', () => {
  test('IPv6 is written in its shortest form, as every browser writes it', () => {
    fc.assert(
      fc.property(fc.ipV6(), address => {
        fc.pre(!address.includes('.'))
        const range = parseAddress(address)
        expect(range === null ? null : `[${range.base}]`).toBe(new URL(`http://[${address}]`).hostname)
      }),
    )
  })

  test.each([
    ['192.0.2.77/24', '192.0.2.0/24'],
    ['192.0.2.77', '192.0.2.77/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:db8:ffff::1/33', '2001:db8:8000::/33'],
    ['::ffff:192.0.2.1', '::ffff:c000:201/128'],
    [' 10.0.0.1 ', '10.0.0.1/32'],
  ])('%s is %s', (text, wanted) => {
    const range = parseAddress(text)
    expect(range === null ? null : rangeText(range)).toBe(wanted)
  })

  test.each(['', '520.1.1.1', '1.2.3', '10.0.0.0/33', '::1/129', '1.2.3.4/8/8', 'fe80::1%eth0', '1.2.3.4/x'])(
    '%j is none',
    text => {
      expect(parseAddress(text)).toBeNull()
    },
  )

  test('an address lies in its own ranges and in no other', () => {
    const range = parseAddress('198.51.100.0/28')
    if (range === null) throw new Error('no range')
    expect(
      ['198.51.100.0', '198.51.100.15', '198.51.100.16', '::1'].map(address => addressLiesIn(address, range)),
    ).toEqual([true, true, false, false])
  })
})

describe('domains', () => {
  test.each([
    ['New.Example/', 'new.example', []],
    ['trail.example.', 'trail.example', []],
    ['bücher.example', 'xn--bcher-kva.example', []],
    ['192.0.2.1', '192.0.2.1', []],
    ['', '', ["Domain can't be blank"]],
    ['*.wild.example', '*.wild.example', ['Domain is invalid']],
    ['under_score.example', 'under_score.example', ['Domain is invalid']],
    ['.lead.example', '.lead.example', ['Domain is invalid']],
    ['https://url.example', null, ['Domain is invalid', 'Domain is invalid']],
    ['me@url.example', null, ['Domain is invalid', 'Domain is invalid']],
    ['host.example:80', 'host.example:80', ['Domain is invalid']],
  ] as const)('%j becomes %j', (text, normal, messages) => {
    expect([normaliseDomain(text), domainMessages(text)]).toEqual([normal, messages])
  })

  test('stricter than a parent', () => {
    const block = (severity: 'noop' | 'silence' | 'suspend', rejectMedia = false) => ({
      severity,
      rejectMedia,
      rejectReports: false,
    })
    const parent = (severity: 'noop' | 'silence' | 'suspend', rejectMedia = false) => ({
      ...block(severity, rejectMedia),
      ...{ id: '1', domain: 'a.example', createdAt: 0, obfuscate: false, privateComment: null, publicComment: null },
    })
    expect(isStricter(block('suspend'), parent('suspend', true))).toBe(true)
    expect(isStricter(block('silence'), parent('suspend'))).toBe(false)
    expect(isStricter(block('noop'), parent('silence'))).toBe(false)
    expect(isStricter(block('silence'), parent('silence'))).toBe(true)
    expect(isStricter(block('silence'), parent('silence', true))).toBe(false)
    expect(isStricter(block('silence'), parent('noop', true))).toBe(false)
  })

  test('an obfuscated domain keeps its ends and its dots', () => {
    expect(obfuscated('very.bad.example')).toBe('very.***.***mple')
    expect(obfuscated('abcdefgh.example')).toBe('abcde***.***mple')
  })
})
