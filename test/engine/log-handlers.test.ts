import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { erasePersonal } from '../../src/main/engine/log/erase.ts'
import { logHandlers } from '../../src/main/engine/log/handlers.ts'
import { logTasks } from '../../src/main/engine/log/tasks.ts'
import { verifyExport } from '../../src/main/engine/log/verify.ts'
import { log } from '../../src/shared/contract/log.ts'
import { fill, NOON, openGround } from './log-ground.ts'

const call = { signal: new AbortController().signal, from: 'cli' }
const page = (handlers: ReturnType<typeof logHandlers>, given: object) =>
  log['log.page'].output.parse(handlers['log.page'](log['log.page'].input.parse(given), call))

describe('pages', () => {
  test('newest first, from below a number, with a total', () => {
    const { append, handlers } = openGround()
    fill(append, 12)
    const first = page(handlers, { limit: 5 })
    expect(first.entries.map(entry => entry.seq)).toEqual([12, 11, 10, 9, 8])
    expect(first.total).toBe(12)
    expect(page(handlers, { limit: 5, before: 8 }).entries.map(entry => entry.seq)).toEqual([7, 6, 5, 4, 3])
  })
  test('an entry shows its facts, what still stands and what was erased', () => {
    const { append, handlers, gate, writer } = openGround()
    fill(append, 3)
    gate.write(['log'], db => erasePersonal(db, writer, NOON, new Map([[3, ['name']]])))
    const [erasure, third, second] = page(handlers, {}).entries
    expect(erasure).toMatchObject({
      action: 'personal.erased',
      facts: { entries: 1, values: 1, erased: [{ entry: 3, names: ['name'] }] },
    })
    expect(third).toMatchObject({ seq: 3, source: 'did', server: 's1', personal: { note: 'why 3' }, erased: ['name'] })
    expect(second).toMatchObject({ personal: {}, erased: [], facts: { report: '2', status: null } })
  })
  test('filters by server and by text in action, facts and standing values, never in hashes or erased values', () => {
    const { append, handlers, gate, writer } = openGround()
    append({ server: 's2', facts: { domain: 'spam.example', odd: '100%_"x"\\' } })
    append({ action: 'report.seen-resolved', personal: { note: 'Canary of the mine' } })
    append({ facts: { report: '42' } })
    const found = (given: object) => page(handlers, given).entries.map(entry => entry.seq)
    expect(found({ server: 's2' })).toEqual([1])
    expect(page(handlers, { server: 's2' }).total).toBe(1)
    expect(found({ text: 'SPAM.ex' })).toEqual([1])
    expect(found({ text: '100%_"x"\\' })).toEqual([1])
    expect(found({ text: '%' })).toEqual([])
    expect(found({ text: 'seen-res' })).toEqual([2])
    expect(found({ text: 'canary of' })).toEqual([2])
    const hash = page(handlers, {}).entries[0]?.hash ?? ''
    expect(found({ text: writer.publicKey.slice(20, 30) })).toEqual([])
    expect(found({ text: hash.slice(0, 12) })).toEqual([])
    gate.write(['log'], db => erasePersonal(db, writer, NOON, new Map([[2, ['note']]])))
    expect(found({ text: 'canary' })).toEqual([])
    expect(found({ text: '   ' })).toEqual([4, 3, 2, 1])
  })
})

describe('export', () => {
  test('into the data folder under a fixed name, and the log tells of it', async () => {
    const { append, handlers, folder } = openGround()
    fill(append, 6)
    const made = await handlers['log.export']({ format: 'jsonl', personal: false, hits: 0 }, call)
    expect(made).toMatchObject({ name: 'howdah-log-20261123-120000.jsonl', entries: 6 })
    expect(made.file).toBe(join(folder, 'exports', made.name))
    const bytes = readFileSync(made.file)
    expect(bytes.length).toBe(made.bytes)
    expect(verifyExport(made.file)).toMatchObject({ ok: true, entries: 6, head: made.head })
    expect(page(handlers, {}).entries[0]).toMatchObject({
      action: 'log.exported',
      facts: {
        format: 'jsonl',
        entries: 6,
        personal: false,
        head: made.head,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
      personal: { file: made.file },
    })
    expect(await handlers['log.export']({ format: 'jsonl', personal: true, hits: 0 }, call)).toMatchObject({
      name: 'howdah-log-20261123-120000-2.jsonl',
      entries: 7,
    })
    expect(await handlers['log.export']({ format: 'csv', personal: true, hits: 0 }, call)).toMatchObject({
      name: 'howdah-log-20261123-120000.csv',
    })
    expect(await handlers['log.verify']({}, call)).toMatchObject({ ok: true, entries: 9 })
  })
  test.each(['browser', 'desktop', undefined])('a page (%s) names no file', async from => {
    const { append, handlers, folder } = openGround()
    fill(append, 1)
    const file = join(folder, 'anywhere.csv')
    await expect(
      handlers['log.export']({ format: 'csv', personal: false, file, hits: 0 }, { ...call, from }),
    ).rejects.toMatchObject({ code: 'not-allowed', detail: { reason: 'export.only-cli' } })
    expect(existsSync(file)).toBe(false)
  })
  test('to a named file: never over another, never to a device or a place beside', async () => {
    const { append, handlers, folder } = openGround()
    fill(append, 1)
    const taken = join(folder, 'mine.csv')
    writeFileSync(taken, 'mine')
    const to = (file: string) => handlers['log.export']({ format: 'csv', personal: false, file, hits: 0 }, call)
    await expect(to(taken)).rejects.toMatchObject({ code: 'conflict', detail: { reason: 'export.exists' } })
    await expect(to(join(folder, 'none', 'x.csv'))).rejects.toMatchObject({ code: 'not-found' })
    for (const file of [
      'x.csv',
      '../x.csv',
      './x.csv',
      '~/x.csv',
      join(folder, 'con.csv'),
      join(folder, 'LPT1'),
      `${folder}/a\0b.csv`,
      `${folder}/`,
    ]) {
      await expect(to(file)).rejects.toMatchObject({ code: 'invalid-input', detail: { reason: 'export.bad-name' } })
    }
    expect(readFileSync(taken, 'utf8')).toBe('mine')
    expect(readdirSync(folder).filter(name => name.endsWith('.part'))).toEqual([])
    expect(page(handlers, {}).total).toBe(1)
    expect(await to(join(folder, 'new.csv'))).toMatchObject({ name: 'new.csv', entries: 1 })
    expect(page(handlers, {}).total).toBe(2)
  })
  test('an erasure while it is written begins it again, so that no value is missing without its entry', async () => {
    const { append, gate, writer, folder, reading } = openGround()
    fill(append, 3)
    let tries = 0
    const handlers = logHandlers({
      gate,
      writer,
      folder,
      now: () => NOON,
      logged: () => {},
      writeBack: () => {},
      runTask: async (name, data) => {
        tries += 1
        if (tries === 1) gate.write(['log'], db => erasePersonal(db, writer, NOON, new Map([[3, ['name']]])))
        return logTasks[name](reading, data)
      },
    })
    const made = await handlers['log.export']({ format: 'jsonl', personal: true, hits: 0 }, call)
    expect([tries, made.entries]).toEqual([2, 4])
    expect(verifyExport(made.file)).toMatchObject({ ok: true, entries: 4 })
  })
  test('what a killed export left is removed when the handlers are made', () => {
    const { folder, gate, writer } = openGround()
    const exports = join(folder, 'exports')
    mkdirSync(exports, { recursive: true })
    const part = join(exports, '.howdah-log-20261123-120000.csv.0123456789abcdef.part')
    for (const file of [part, join(exports, 'kept.csv'), join(exports, '.kept.part')]) writeFileSync(file, 'x')
    logHandlers({
      gate,
      writer,
      folder,
      now: () => NOON,
      logged: () => {},
      writeBack: () => {},
      runTask: async () => ({}),
    })
    expect(existsSync(part)).toBe(false)
    expect(readdirSync(exports).sort()).toEqual(['.kept.part', 'kept.csv'])
  })
})

test('what a server or a person writes without end leaves no entry that a verification cannot read', () => {
  const { append, exported } = openGround()
  const long = '\u0000\u202E"\u{1F418}'.repeat(2 << 20)
  append({ facts: { release: long, list: [long, { of: long }] }, personal: { name: long, note: long, file: long } })
  append({ facts: { kind: 'account.limit' } })
  for (const personal of [true, false])
    expect(verifyExport(exported('jsonl', personal).file)).toMatchObject({ ok: true, entries: 2 })
})
