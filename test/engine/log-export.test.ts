import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CSV_START, safeCell } from '../../src/main/engine/log/csv.ts'
import { erasePersonal } from '../../src/main/engine/log/erase.ts'
import { exportLog } from '../../src/main/engine/log/export.ts'
import { verifyExport } from '../../src/main/engine/log/verify.ts'
import { removeParts, writeWhole } from '../../src/main/engine/log/whole-file.ts'
import type { LogVerdict } from '../../src/shared/contract/log.ts'
import { fill, NOON, openGround, tempFolder } from './log-ground.ts'

const ENTRIES = 24

/** One exported file, and what verification says of it after a change. */
const exportedGround = (personal: boolean) => {
  const ground = openGround()
  fill(ground.append, ENTRIES)
  const { file } = ground.exported('jsonl', personal)
  const bytes = readFileSync(file)
  const changed = (next: Buffer): LogVerdict => {
    writeFileSync(file, next)
    return verifyExport(file)
  }
  const lines = bytes.toString('latin1').split('\n').slice(0, -1)
  const withLines = (next: readonly string[]) => changed(Buffer.from(`${next.join('\n')}\n`, 'latin1'))
  return { ...ground, file, bytes, changed, lines, withLines }
}

describe.each([false, true])('a JSON Lines export, personal values: %s', personal => {
  test('verifies from the file alone, and the same log gives the same bytes', () => {
    const { file, bytes, exported, changed } = exportedGround(personal)
    expect(verifyExport(file)).toMatchObject({ ok: true, entries: ENTRIES, firstBad: null })
    expect(readFileSync(exported('jsonl', personal).file).equals(bytes)).toBe(true)
    expect(bytes.includes('@person3@away.example')).toBe(personal)
    expect(changed(bytes)).toMatchObject({ ok: true })
  })
  test('any one byte changed, taken out or put in is found, and the first bad entry named', () => {
    const { bytes, changed } = exportedGround(personal)
    const lineAt = (at: number) => bytes.subarray(0, at).filter(byte => byte === 10).length
    fc.assert(
      fc.property(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.constantFrom('flip', 'drop', 'add'),
        (at, by, way) => {
          const byte = Buffer.of((bytes[at] ?? 0) ^ by)
          const middle =
            way === 'drop' ? Buffer.alloc(0) : way === 'flip' ? byte : Buffer.concat([byte, bytes.subarray(at, at + 1)])
          const verdict = changed(Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(at + 1)]))
          expect(verdict.ok).toBe(false)
          expect(verdict.firstBad?.seq).toBe(lineAt(at))
        },
      ),
      { numRuns: 1500 },
    )
  })
  test('lines taken out, doubled, swapped, moved or cut off are found where it begins', () => {
    const { lines, withLines } = exportedGround(personal)
    const entry = fc.integer({ min: 1, max: ENTRIES })
    fc.assert(
      fc.property(entry, entry, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        expect(withLines(lines.toSpliced(a, 1)).firstBad).toMatchObject({ seq: a })
        expect(withLines(lines.toSpliced(a + 1, 0, lines[a] ?? '')).firstBad).toMatchObject({ seq: a + 1 })
        expect(withLines(lines.slice(0, a)).firstBad).toEqual({ seq: a, why: 'verdict.missing' })
        if (low === high) return
        expect(withLines(lines.with(low, lines[high] ?? '').with(high, lines[low] ?? '')).firstBad).toMatchObject({
          seq: low,
        })
        expect(withLines(lines.toSpliced(high, 1).toSpliced(low, 0, lines[high] ?? '')).firstBad).toMatchObject({
          seq: low,
        })
      }),
      { numRuns: 60 },
    )
    expect(withLines([...lines, lines.at(-1) ?? '']).firstBad).toEqual({ seq: ENTRIES + 1, why: 'verdict.extra' })
    expect(withLines(lines.slice(1)).firstBad).toEqual({ seq: 0, why: 'verdict.header' })
  })
  test('an entry written anew with its own hash is told by its signature', () => {
    const { lines, withLines } = exportedGround(personal)
    const forged = lines.map((line, seq) => {
      if (seq !== 7 || !line.includes('"report":"7"')) return line
      const body = line.slice(line.indexOf('"body":') + 7, -1).replace('"report":"7"', '"report":"9"')
      const hash = createHash('sha256').update(`\0${body}`).digest('hex')
      return `{"hash":"${hash}${line.slice(73, line.indexOf('"body":') + 7)}${body}}`
    })
    expect(forged[7]).not.toBe(lines[7])
    expect(withLines(forged).firstBad).toEqual({ seq: 7, why: 'verdict.signature' })
  })
})

test('a rewritten chain without the key is named from its first forged entry', () => {
  const { lines, withLines } = exportedGround(false)
  let link = ''
  const forged = lines.map((line, seq) => {
    if (seq < 5) return line
    let body = line.slice(line.indexOf('"body":') + 7, -1)
    body = seq === 5 ? body.replace('"report":"5"', '"report":"6"') : body.replace(/"prev":"[^"]+"/, `"prev":"${link}"`)
    const hash = createHash('sha256').update(`\0${body}`).digest('hex')
    const signature = line.slice(88, 176)
    link = createHash('sha256').update(`\u0002${hash}${signature}`).digest('hex')
    return `{"hash":"${hash}","signature":"${signature}","body":${body}}`
  })
  expect(withLines(forged).firstBad).toEqual({ seq: 5, why: 'verdict.signature' })
})

test('erased values are left out, explained, and verify', () => {
  const { gate, writer, append, exported } = openGround()
  fill(append, 6)
  gate.write(['log'], db => erasePersonal(db, writer, NOON, new Map([[3, ['name', 'note']]])))
  const { file } = exported('jsonl', true)
  expect(readFileSync(file, 'utf8')).not.toContain('@person3@')
  expect(readFileSync(file, 'utf8')).toContain('@person6@')
  expect(verifyExport(file)).toMatchObject({ ok: true, entries: 7 })
})

test('every line of a file is plain, whatever stands in a personal value', () => {
  const { append, exported } = openGround()
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), text => {
      append({ facts: { domain: text }, personal: { note: text, body: `${text}"}},"body":{` } })
    }),
    { numRuns: 200 },
  )
  const { file } = exported('jsonl', true)
  const lines = readFileSync(file, 'utf8').split('\n')
  expect(lines).toHaveLength(202)
  for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  expect(verifyExport(file)).toMatchObject({ ok: true, entries: 200 })
})

test('an empty log exports and verifies', () => {
  expect(verifyExport(openGround().exported('jsonl', false).file)).toMatchObject({ ok: true, entries: 0 })
})

describe('CSV', () => {
  /** Reads RFC 4180 strictly. */
  const cells = (csv: string): string[][] =>
    [...csv.matchAll(/((?:(?:"(?:[^"]|"")*"|[^",\r\n]*),)*(?:"(?:[^"]|"")*"|[^",\r\n]*))\r\n/g)].map(([, line = '']) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
        cell => cell[1]?.replaceAll('""', '"') ?? cell[2] ?? '',
      ),
    )
  test('one row an entry, CRLF, ids whole, no personal value unless chosen', () => {
    const { append, exported } = openGround()
    append({
      facts: { kind: 'account.suspend', account: '109348728374623847', report: 12 },
      personal: { name: '@canary@away.example' },
    })
    append({ action: 'report.seen-resolved', source: 'saw' })
    const bare = cells(readFileSync(exported('csv', false).file, 'utf8'))
    expect(bare).toHaveLength(3)
    expect(bare.every(row => row.length === 12)).toBe(true)
    expect(bare[1]?.slice(0, 8)).toEqual([
      '1',
      '2026-11-23T12:00:00.000Z',
      'did',
      's1',
      'decision.armed',
      'account.suspend',
      '#12',
      '#109348728374623847',
    ])
    expect(bare.flat().join()).not.toContain('canary')
    expect(bare[0]?.at(-1)).toContain("a ' stands before")
    expect(cells(readFileSync(exported('csv', true).file, 'utf8'))[1]?.[9]).toBe('{"name":"@canary@away.example"}')
  })
  test('no cell becomes a formula, at any separator', () => {
    const risky = fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '\t',
      '\r',
      '\n',
      '\0',
      '＝',
      '＋',
      '－',
      '＠',
      ' ',
      '"',
      "'",
      ';',
      '\ufeff',
      '\u00a0',
      'a',
      '1',
      ',',
    )
    fc.assert(
      fc.property(fc.array(risky, { maxLength: 12 }), signs => {
        const safe = safeCell(signs.join(''))
        for (const cell of safe.split(/[;\t]|\r\n|\r|\n/)) {
          const seen = cell.replace(/^[\s"\ufeff]+/, '')
          expect('=+-@＝＋－＠\0'.includes(seen.charAt(0) || 'x')).toBe(false)
        }
      }),
      { numRuns: 5000 },
    )
    expect(safeCell('=1+1')).toBe("'=1+1")
    expect(safeCell('plain - text; more')).toBe('plain - text; more')
  })
  test('cannot be verified, and says so', () => {
    const { append, exported } = openGround()
    fill(append, 2)
    const { file } = exported('csv', false)
    expect(readFileSync(file, 'utf8').startsWith(CSV_START)).toBe(true)
    expect(() => verifyExport(file)).toThrow(
      expect.objectContaining({ code: 'invalid-input', detail: { reason: 'export.csv-unverifiable' } }),
    )
    expect(() => verifyExport(`${file}.gone`)).toThrow(expect.objectContaining({ code: 'not-found' }))
  })
})

describe('the file is whole or absent', () => {
  test('nothing is replaced, not even through a link; nothing is left behind', () => {
    const folder = tempFolder()
    const file = join(folder, 'a.csv')
    writeFileSync(file, 'mine')
    symlinkSync(join(folder, 'nowhere'), join(folder, 'b.csv'))
    linkSync(file, join(folder, 'c.csv'))
    for (const name of ['a.csv', 'b.csv', 'c.csv']) {
      expect(() => writeWhole(join(folder, name), write => write('x'))).toThrow(
        expect.objectContaining({ code: 'conflict' }),
      )
    }
    // Taken between the first look and the end.
    const late = join(folder, 'd.csv')
    expect(() =>
      writeWhole(late, write => {
        writeFileSync(late, 'theirs')
        write('x')
      }),
    ).toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(readFileSync(late, 'utf8')).toBe('theirs')
    expect(() => writeWhole(join(folder, 'no', 'e.csv'), () => {})).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
    expect(readdirSync(folder).sort()).toEqual(['a.csv', 'b.csv', 'c.csv', 'd.csv'])
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })
  test('only this user can read it', () => {
    const file = join(tempFolder(), 'a.csv')
    expect(writeWhole(file, write => write('héllo'))).toEqual({
      bytes: 6,
      sha256: createHash('sha256').update('héllo').digest('hex'),
    })
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  })
  test('killed in the middle: no file under its name, and the part is removed at the next start', async () => {
    const exports = join(tempFolder(), 'exports')
    mkdirSync(exports)
    const file = join(exports, 'log.csv')
    const source = JSON.stringify(join(import.meta.dirname, '../../src/main/engine/log/whole-file.ts'))
    const script = `const { writeWhole } = await import(${source})
      writeWhole(${JSON.stringify(file)}, write => { for (;;) { write('x'.repeat(1 << 20)); console.log('.') } })`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise(resolve => child.stdout.once('data', resolve))
    child.kill('SIGKILL')
    await new Promise(resolve => child.once('exit', resolve))
    expect(existsSync(file)).toBe(false)
    expect(readdirSync(exports)).toEqual([expect.stringMatching(/^\.log\.csv\.[0-9a-f]{16}\.part$/)])
    removeParts(exports)
    expect(readdirSync(exports)).toEqual([])
  })
  test('a failure in the middle leaves nothing', () => {
    const { folder, append, exported, reading, gate, writer } = openGround()
    fill(append, 3)
    exported('jsonl', true)
    gate.write(['log'], db => erasePersonal(db, writer, NOON, new Map([[3, ['name']]])))
    const file = join(folder, 'exports', 'late.jsonl')
    expect(() => exportLog(reading(), { format: 'jsonl', file, personal: true, to: 3, header: '{}' })).toThrow(
      expect.objectContaining({ detail: { reason: 'export.erased-since' } }),
    )
    expect(readdirSync(join(folder, 'exports'))).toHaveLength(1)
  })
})
