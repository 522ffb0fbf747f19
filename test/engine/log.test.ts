import { createHash, createPublicKey, verify } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openData } from '../../src/main/engine/db/open.ts'
import { appendLog } from '../../src/main/engine/log/append.ts'
import { canonical, inert, type Json } from '../../src/main/engine/log/canonical.ts'
import { erasePersonal } from '../../src/main/engine/log/erase.ts'
import { newWriterSecret, openWriter, writerOf } from '../../src/main/engine/log/writer.ts'
import { Failure } from '../../src/shared/contract/failure.ts'
import { fill, NOON, openGround, tempFolder } from './log-ground.ts'

/** Written from RFC 8785 alone: bytes first, a table of escapes, names compared by their UTF-16BE bytes. */
const secondCanonical = (value: unknown): Buffer => {
  if (value === null) return Buffer.from('null')
  if (value === true || value === false) return Buffer.from(value ? 'true' : 'false')
  if (typeof value === 'number') return Buffer.from(Object.is(value, -0) ? '0' : `${value}`)
  if (typeof value === 'string') {
    const short = new Map([
      [8, 'b'],
      [9, 't'],
      [10, 'n'],
      [12, 'f'],
      [13, 'r'],
      [34, '"'],
      [92, '\\'],
    ])
    const one = (sign: string) => {
      const code = sign.codePointAt(0) ?? 0
      if (short.has(code)) return `\\${short.get(code)}`
      return code < 32 ? `\\u00${code.toString(16).padStart(2, '0')}` : sign
    }
    return Buffer.from(`"${Array.from(value, one).join('')}"`)
  }
  if (Array.isArray(value)) {
    return Buffer.concat([
      Buffer.from('['),
      ...value.flatMap((one, i) => [Buffer.from(i ? ',' : ''), secondCanonical(one)]),
      Buffer.from(']'),
    ])
  }
  const order = (name: string) => Buffer.from(name, 'utf16le').swap16()
  const names = Object.entries(value as object).sort(([a], [b]) => Buffer.compare(order(a), order(b)))
  const inner = names.flatMap(([name, one], i) => [
    Buffer.from(i ? ',' : ''),
    secondCanonical(name),
    Buffer.from(':'),
    secondCanonical(one),
  ])
  return Buffer.concat([Buffer.from('{'), ...inner, Buffer.from('}')])
}

const anyJson: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>(tie => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.string({ unit: 'binary' }),
    fc.array(tie('json')),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('json')),
  ),
})).json

describe('canonical text', () => {
  test('two implementations agree', () => {
    fc.assert(
      fc.property(anyJson, value => {
        expect(Buffer.from(canonical(value)).equals(secondCanonical(value))).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })
  test('the examples of RFC 8785 come out as printed there', () => {
    expect(
      canonical({
        '\u20ac': 'Euro',
        '\r': 'CR',
        '\ufb33': 'Dalet',
        '1': 'One',
        '\u{1f600}': 'Smiley',
        '\u0080': 'Control',
        '\u00f6': 'o',
      }),
    ).toBe(
      '{"\\r":"CR","1":"One","\u0080":"Control","\u00f6":"o","\u20ac":"Euro","\u{1f600}":"Smiley","\ufb33":"Dalet"}',
    )
    expect(canonical([Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    )
  })
  test('what has no canonical text is refused', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { '\udfff': 1 }]) {
      expect(() => canonical(value)).toThrow(TypeError)
    }
  })
  test('inert text is the same value, on one line that turns nothing', () => {
    fc.assert(
      fc.property(anyJson, value => {
        const text = inert(canonical(value))
        expect(canonical(JSON.parse(text) as Json)).toBe(canonical(value))
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      }),
    )
    expect(inert(canonical('a\u202eb\u2028\u009b\u{e0041}'))).toBe('"a\\u202eb\\u2028\\u009b\\udb40\\udc41"')
  })
})

describe('entries', () => {
  test('hash, link and signature can be checked with nothing but SHA-256 and Ed25519', () => {
    const { gate, append } = openGround()
    fill(append, 3)
    const rows = gate.read(db =>
      db.all<{ body: string; hash: string; signature: string }>('SELECT * FROM log_entry ORDER BY seq'),
    )
    const sha = (text: string) => createHash('sha256').update(text).digest('hex')
    let prev = '0'.repeat(64)
    for (const { body, hash, signature } of rows) {
      const read = JSON.parse(body)
      expect(sha(`\0${body}`)).toBe(hash)
      expect(read.prev).toBe(prev)
      const pem = `-----BEGIN PUBLIC KEY-----\n${read.key.publicKey}\n-----END PUBLIC KEY-----`
      expect(verify(null, Buffer.from(hash), createPublicKey(pem), Buffer.from(signature, 'base64'))).toBe(true)
      prev = sha(`\u0002${hash}${signature}`)
    }
  })
  test('a decision that is rolled back leaves no entry', () => {
    const { gate, append, verify } = openGround()
    append({})
    expect(() =>
      gate.write(['log'], () => {
        append({})
        throw new Error('no')
      }),
    ).toThrow('no')
    append({})
    expect(verify()).toMatchObject({ ok: true, entries: 2, firstBad: null })
  })
  test('personal values stand only as commitments in what is signed', () => {
    const { gate, append } = openGround()
    append({ personal: { name: '@canary@away.example', note: 'canary' } })
    const body = gate.read(db => db.column<string>('SELECT body FROM log_entry'))[0] ?? ''
    expect(body).not.toContain('canary')
    expect(Object.keys(JSON.parse(body).commitments)).toEqual(['name', 'note'])
  })
  test('an entry is one plain line, whatever a server sent', () => {
    const { append, gate, verify } = openGround()
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), text => {
        append({ facts: { domain: text, list: [text, { deep: text }] }, personal: { name: text } })
      }),
      { numRuns: 300 },
    )
    append({ facts: { domain: 'a\nb\u001b[31m\u202e\u2028\u0085' } })
    for (const body of gate.read(db => db.column<string>('SELECT body FROM log_entry'))) {
      expect(body).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    }
    expect(verify()).toMatchObject({ ok: true, entries: 301 })
  })
  test('a draft out of form is our mistake, and nothing is written', () => {
    const { append, verify } = openGround()
    expect(() => append({ action: 'No Verb' })).toThrow(TypeError)
    expect(() => append({ facts: { 'a name': 1 } })).toThrow(TypeError)
    expect(() => append({ facts: { n: Number.NaN } })).toThrow(TypeError)
    expect(() => append({ personal: { __proto__: null, 'a"b': 'x' } as never })).toThrow(TypeError)
    expect(verify()).toMatchObject({ ok: true, entries: 0 })
  })
})

describe('the vault', () => {
  const flaws = [
    ['UPDATE log_entry SET body = replace(body, \'"report":"7"\', \'"report":"8"\') WHERE seq = 7', 7, 'verdict.hash'],
    [
      'UPDATE log_entry SET signature = (SELECT signature FROM log_entry WHERE seq = 6) WHERE seq = 7',
      7,
      'verdict.signature',
    ],
    ["UPDATE log_entry SET action = 'decision.done' WHERE seq = 7", 7, 'verdict.columns'],
    ['UPDATE log_entry SET at = at + 1 WHERE seq = 7', 7, 'verdict.columns'],
    ["UPDATE log_personal SET value = 'other' WHERE seq = 6 AND name = 'note'", 6, 'verdict.personal'],
    ['UPDATE log_personal SET salt = NULL, value = NULL WHERE seq = 6', 6, 'verdict.personal-missing'],
    ['DELETE FROM log_personal WHERE seq = 9', 9, 'verdict.personal-missing'],
    ['DELETE FROM log_personal WHERE seq = 3; DELETE FROM log_entry WHERE seq = 3', 3, 'verdict.missing'],
  ] as const
  test.each(flaws)('%s', (sql, seq, why) => {
    const { gate, append, verify } = openGround()
    fill(append, 12)
    expect(verify()).toMatchObject({ ok: true, entries: 12 })
    gate.write(['log'], db => {
      for (const one of sql.split('; ')) expect(db.run(one)).toBeGreaterThan(0)
    })
    expect(verify()).toMatchObject({ ok: false, firstBad: { seq, why } })
  })
  test('a person is erased: nothing of theirs is left in the files, and the chain holds', () => {
    const { gate, append, writer, verify } = openGround()
    fill(append, 4)
    const seq = append({ personal: { name: '@canary@away.example', note: 'kept' } })
    fill(append, 4)
    const erased = gate.write(['log'], db => erasePersonal(db, writer, NOON, new Map([[seq, ['name']]])))
    expect(erased).toBe(10)
    expect(verify()).toMatchObject({ ok: true, entries: 10 })
    const left = gate.read(db => db.all('SELECT name, salt, value FROM log_personal WHERE seq = ?', [seq]))
    expect(left).toMatchObject([
      { name: 'name', salt: null, value: null },
      { name: 'note', value: 'kept' },
    ])
    expect(() => gate.write([], db => erasePersonal(db, writer, NOON, new Map([[seq, ['name']]])))).toThrow(Failure)
    expect(verify()).toMatchObject({ ok: true, entries: 10 })
  })
  test('what was erased is in no byte of the closed files', () => {
    const folder = tempFolder()
    const writer = writerOf(newWriterSecret())
    const data = openData(folder, NOON)
    data.gate.write(['log'], db => {
      const draft = { source: 'did', action: 'decision.armed', server: null, facts: {} } as const
      for (let i = 0; i < 50; i++) appendLog(db, writer, NOON, { ...draft, personal: { name: `canary-${i}-canary` } })
    })
    const bytes = () =>
      readdirSync(folder)
        .map(name => readFileSync(join(folder, name), 'latin1'))
        .join('')
    expect(bytes()).toContain('canary')
    data.gate.write(['log'], db => {
      for (let seq = 1; seq <= 50; seq++) erasePersonal(db, writer, NOON, new Map([[seq, ['name']]]))
    })
    data.close()
    expect(bytes()).not.toContain('canary')
  })
})

describe('the writer', () => {
  const door = (key: string) => ({
    seal: async (secret: string) => ({ sealed: `${key}:${secret}`, by: 'key-file' }),
    unseal: async (sealed: string) => {
      if (!sealed.startsWith(`${key}:`)) throw new Failure('not-allowed')
      return { secret: sealed.slice(key.length + 1) }
    },
  })
  test('the same key comes back; one that cannot be opened is replaced, and an entry says so', async () => {
    const { gate, reading, verify } = openGround()
    const first = await openWriter(gate, door('a'), NOON)
    expect((await openWriter(gate, door('a'), NOON)).keyId).toBe(first.keyId)
    expect(gate.read(db => db.column('SELECT count(*) FROM log_entry'))).toEqual([0])
    gate.write(['log'], db =>
      appendLog(db, first, NOON, { source: 'did', action: 'decision.done', server: null, facts: {} }),
    )
    const second = await openWriter(gate, door('b'), NOON)
    expect(second.keyId).not.toBe(first.keyId)
    expect((await openWriter(gate, door('b'), NOON)).keyId).toBe(second.keyId)
    const changed = reading().all<{ action: string; body: string }>('SELECT action, body FROM log_entry WHERE seq = 2')
    expect(changed[0]?.action).toBe('writer.changed')
    expect(JSON.parse(changed[0]?.body ?? '').facts).toEqual({ from: first.keyId, to: second.keyId })
    expect(verify()).toMatchObject({ ok: true, entries: 2 })
    gate.write(['log'], db => {
      const stranger = { ...first }
      appendLog(db, stranger, NOON, { source: 'did', action: 'decision.done', server: null, facts: {} })
    })
    expect(verify()).toMatchObject({ ok: false, firstBad: { seq: 3, why: 'verdict.key' } })
  })
  test('a door that is away is no reason to change keys', async () => {
    const { gate } = openGround()
    await openWriter(gate, door('a'), NOON)
    const away = { ...door('a'), unseal: async () => Promise.reject(new Failure('disconnected')) }
    await expect(openWriter(gate, away, NOON)).rejects.toMatchObject({ code: 'disconnected' })
    expect(gate.read(db => db.column('SELECT count(*) FROM writer_key'))).toEqual([1])
  })
})
