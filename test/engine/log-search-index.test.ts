import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { markVaultDamaged, openData } from '../../src/main/engine/db/open.ts'
import { appendLog, type LogDraft } from '../../src/main/engine/log/append.ts'
import { erasePersonal } from '../../src/main/engine/log/erase.ts'
import { logPage } from '../../src/main/engine/log/page.ts'
import { checkSearch, indexOlder, makeSearchWhole, searchedFrom } from '../../src/main/engine/log/search-index.ts'
import { newWriterSecret, writerOf } from '../../src/main/engine/log/writer.ts'
import { createClock } from '../../src/main/sample/clock.ts'
import { NOON, tempFolder } from './log-ground.ts'
import { openSearch } from './log-search-ground.ts'

/** What the index holds, and what it would hold were it made anew from the entries. */
const bothIndexes = ({ gate }: Pick<ReturnType<typeof openSearch>, 'gate'>) => {
  const all = () => gate.read(db => db.all('SELECT term, doc, offset FROM log_term ORDER BY term, doc, offset'))
  const held = all()
  const anew = gate.write([], db => {
    db.run(`DELETE FROM meta WHERE name = 'log-search-words'`)
    checkSearch(db)
    while (indexOlder(db, 7));
    return null
  })
  expect(anew).toBeNull()
  return { held, anew: all() }
}

describe('the index', () => {
  test('whatever was written and erased, it is what the entries that stand make of it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ note: fc.string({ unit: 'grapheme', maxLength: 20 }), erase: fc.nat(3) }), {
          maxLength: 25,
        }),
        drafts => {
          const ground = openSearch()
          const { append, gate, writer } = ground
          for (const { note, erase } of drafts) {
            const seq = append({
              facts: { z: note, a: [note, { y: 'b', b: 'y' }] },
              personal: { target: '@bob@x.example', note },
            })
            const names = ['note', 'target'].slice(0, erase)
            if (erase > 0) gate.write([], db => erasePersonal(db, writer, NOON, new Map([[seq, names]])))
          }
          const { held, anew } = bothIndexes(ground)
          expect(held).toEqual(anew)
        },
      ),
      { numRuns: 40 },
    )
  })
  test('who is erased is in no token and in no byte of the closed files', () => {
    const folder = tempFolder()
    const writer = writerOf(newWriterSecret())
    const data = openData(folder, NOON)
    const draft = { source: 'did', action: 'decision.armed', server: null, facts: {} } as const
    data.gate.write(['log'], db => {
      for (let i = 0; i < 200; i++)
        appendLog(db, writer, NOON, {
          ...draft,
          personal: { target: `@kanarienvogel${i % 9}@kaefig.example`, note: 'gelbes gefieder 金糸雀' },
        })
      for (let i = 0; i < 200; i++) appendLog(db, writer, NOON, { ...draft, personal: { note: `other ${i}` } })
    })
    const terms = () => data.gate.read(db => db.column<string>('SELECT DISTINCT term FROM log_term')).join(' ')
    const bytes = () =>
      readdirSync(folder)
        .map(name => readFileSync(join(folder, name)).toString('utf8'))
        .join('')
    for (const trace of ['kanarienvogel', 'gefieder', '糸雀', 'kaefig']) {
      expect(terms()).toContain(trace)
      expect(bytes()).toContain(trace.slice(1))
    }
    data.gate.write(['log'], db => {
      for (let seq = 1; seq <= 200; seq++) erasePersonal(db, writer, NOON, new Map([[seq, ['target', 'note']]]))
    })
    for (const trace of ['kanarienvogel', 'gefieder', '糸雀', 'kaefig']) expect(terms()).not.toContain(trace)
    expect(terms()).toContain('other')
    data.close()
    // The index keeps what two neighbours share only once, so also the ends of the words are looked for.
    for (const trace of ['anarienvogel', 'efieder', '雀', 'aefig']) expect(bytes()).not.toContain(trace)
  })
  test('a vault of before is indexed bit by bit from its newest entry on, while new ones come', () => {
    const { gate, append, search, found } = openSearch()
    for (let i = 1; i <= 1200; i++) append({ facts: { report: String(i) }, personal: { note: `entry ${i}` } })
    gate.write([], db => {
      db.run(`INSERT INTO log_search (log_search) VALUES ('delete-all')`)
      db.run(`DELETE FROM meta WHERE name LIKE 'log-search-%'`)
      checkSearch(db)
    })
    expect(search({ text: 'entry' })).toMatchObject({ total: 0, searchedFrom: 1201 })
    const clock = createClock(NOON, { running: false })
    const stop = new AbortController()
    makeSearchWhole(gate, clock, stop.signal, error => {
      throw error
    })
    clock.advance(20)
    expect(search({ text: 'entry' })).toMatchObject({ total: 500, searchedFrom: 701 })
    expect(found({ report: '1200' })).toEqual([1200])
    append({ personal: { note: 'entry new' } })
    clock.advance(20)
    // Closed on the way, it goes on where it was.
    stop.abort()
    clock.advance(1000)
    expect(gate.read(searchedFrom)).toBe(201)
    makeSearchWhole(gate, clock, new AbortController().signal, () => {})
    clock.advance(1000)
    expect(search({ text: 'entry' })).toMatchObject({ total: 1201, searchedFrom: null })
    expect(found({ report: '1' })).toEqual([1])
    const { held, anew } = bothIndexes({ gate })
    expect(held).toEqual(anew)
  })
  test('erasing in a part that is not indexed yet leaves no trace either', () => {
    const ground = openSearch()
    const { gate, append, writer, terms } = ground
    const draft: Partial<LogDraft> = { personal: { note: 'canary' } }
    append(draft)
    append(draft)
    gate.write([], db => {
      db.run(`INSERT INTO log_search (log_search) VALUES ('delete-all')`)
      db.run(`DELETE FROM meta WHERE name LIKE 'log-search-%'`)
      checkSearch(db)
      erasePersonal(db, writer, NOON, new Map([[1, ['note']]]))
      indexOlder(db, 1)
      erasePersonal(db, writer, NOON, new Map([[2, ['note']]]))
      while (indexOlder(db, 1));
    })
    expect(terms()).not.toContain('canary')
    const { held, anew } = bothIndexes(ground)
    expect(held).toEqual(anew)
  })
  test('after a salvage it is made anew', () => {
    const folder = tempFolder()
    const writer = writerOf(newWriterSecret())
    const data = openData(folder, NOON)
    data.gate.write(['log'], db => {
      checkSearch(db)
      for (const note of ['one kept', 'two kept'])
        appendLog(db, writer, NOON, {
          source: 'did',
          action: 'note.added',
          server: null,
          facts: {},
          personal: { note },
        })
    })
    data.close()
    markVaultDamaged(folder)
    const again = openData(folder, NOON)
    onTestFinished(() => again.close())
    expect(again.happened.salvage?.rows).toMatchObject({ log_entry: 2 })
    const found = () => again.gate.read(db => logPage(db, { text: 'kept', limit: 10 }))
    again.gate.write([], checkSearch)
    expect(found()).toMatchObject({ total: 0, searchedFrom: 3 })
    again.gate.write([], db => indexOlder(db, 100))
    expect(found()).toMatchObject({ total: 2, searchedFrom: null })
  })
})
