import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { erasePerson, touchedBy } from '../../src/main/engine/log/erase.ts'
import { Failure } from '../../src/shared/contract/failure.ts'
import type { LogPerson } from '../../src/shared/contract/log.ts'
import { arm, openGround as openEngine, openRows, signInAndSync, untilState } from './ground.ts'
import { NOON } from './log-ground.ts'
import { openSearch } from './log-search-ground.ts'

/** A log in which three people stand in several ways: as target by account, in texts of others, as moderator. */
const openPeople = () => {
  const ground = openSearch()
  const { append, gate, writer } = ground
  append({
    facts: { account: '77', kind: 'account.limit' },
    personal: { target: '@bob@weide.example', note: 'his words' },
  })
  append({ facts: { account: '78' }, personal: { target: '@bobby@weide.example', note: 'as @bob@Weide.example said' } })
  append({ facts: { account: '77' }, server: 's2', personal: { target: '@other@else.example' } })
  append({
    source: 'saw',
    action: 'report.seen-resolved',
    facts: { report: '1', account: '77' },
    personal: { target: '@bob@weide.example', by: 'carla' },
  })
  append({ source: 'saw', action: 'report.seen-assigned', facts: { report: '2' }, personal: { assigned: 'Carla' } })
  append({
    source: 'saw',
    action: 'report.seen-assigned',
    server: 's2',
    facts: { report: '3' },
    personal: { assigned: 'carla' },
  })
  append({ action: 'server.signed-in', facts: {}, personal: { account: 'ada' } })
  append({ facts: { account: '5' }, personal: { target: '@carla', text: 'a text' } })
  append({ facts: { account: '500' }, server: 's2', personal: { target: '@carla@town.example' } })
  append({ personal: { target: '@x_bob@weide.example', note: 'x.bob@weide.example, @bob@weide.example.org' } })
  const left = () =>
    gate.read(db =>
      db
        .all<{ seq: number; name: string }>(
          'SELECT seq, name FROM log_personal WHERE value IS NOT NULL ORDER BY seq, name',
        )
        .map(({ seq, name }) => `${seq} ${name}`),
    )
  const before = left()
  /** What a person takes with them. */
  const erase = (who: LogPerson) => {
    const touched = gate.read(db => touchedBy(db, who))
    gate.write(['log'], db => erasePerson(db, writer, NOON, { ...who, reason: 'request', entries: touched.entries }))
    const stands = new Set(left())
    return { touched, gone: before.filter(value => !stands.has(value)) }
  }
  return { ...ground, erase }
}

describe('a person', () => {
  test.each<[string, LogPerson, string[], string[]]>([
    [
      'by handle',
      { handle: '@Bob@weide.example' },
      ['@bob@weide.example'],
      ['1 note', '1 target', '2 note', '4 target'],
    ],
    [
      'by account',
      { server: 's1', account: '77' },
      ['@bob@weide.example'],
      ['1 note', '1 target', '2 note', '4 target'],
    ],
    ['of another server with the same id', { server: 's2', account: '77' }, ['@other@else.example'], ['3 target']],
    [
      'who is a member, and moderates',
      { handle: 'carla@town.example' },
      ['@carla@town.example'],
      ['4 by', '5 assigned', '8 target', '8 text', '9 target'],
    ],
    [
      'of a server, without a domain',
      { handle: '@carla', server: 's1' },
      ['@carla@town.example'],
      ['4 by', '5 assigned', '8 target', '8 text', '9 target'],
    ],
    ['of the other server', { handle: '@carla', server: 's2' }, ['@carla@harbour.example'], ['6 assigned']],
    ['who is one of us', { handle: 'ada@town.example' }, ['@ada@town.example'], ['7 account']],
  ])('%s', (_, who, handles, gone) => {
    const { erase, verify, search } = openPeople()
    const erased = erase(who)
    expect(erased.gone).toEqual(gone)
    expect(erased.touched).toMatchObject({ handles, values: gone.length })
    expect(search({}).entries[0]).toMatchObject({
      action: 'personal.erased',
      facts: { reason: 'request', values: gone.length, entries: erased.touched.entries },
    })
    expect(verify()).toMatchObject({ ok: true, entries: 11 })
  })
  test('a handle that could be anyone’s, nobody, and what changed since it was shown are refused', () => {
    const { gate, writer, append } = openPeople()
    const erase = (who: LogPerson, entries: number) => () =>
      gate.write([], db => erasePerson(db, writer, NOON, { ...who, reason: 'other', entries }))
    for (const who of [{ handle: '@bob' }, { handle: '@' }, {}, { account: '77' }])
      expect(erase(who, 0)).toThrow(new Failure('invalid-input', { reason: 'erase.whose' }))
    expect(erase({ handle: '@nobody@nowhere.example' }, 0)).toThrow(
      new Failure('not-found', { reason: 'erase.nothing' }),
    )
    append({ personal: { note: 'bob@weide.example again' } })
    expect(erase({ handle: 'bob@weide.example' }, 3)).toThrow(
      new Failure('conflict', { reason: 'erase.changed', entries: 4 }),
    )
    gate.write([], db => db.run(`INSERT INTO meta VALUES ('log-search-from', '3')`))
    expect(erase({ handle: 'bob@weide.example' }, 4)).toThrow(new Failure('busy', { reason: 'erase.search-unmade' }))
  })
  test('of many entries: one entry tells of several hundred, and the chain holds', () => {
    const { append, gate, writer, verify, search } = openSearch()
    for (let i = 0; i < 1100; i++) append({ facts: { account: '77' }, personal: { target: '@bob@weide.example' } })
    gate.write([], db =>
      erasePerson(db, writer, NOON, { handle: '@bob@weide.example', reason: 'retention', entries: 1100 }),
    )
    expect(search({ kind: 'personal.erased' }).entries.map(({ facts }) => facts.values)).toEqual([100, 500, 500])
    expect(verify()).toMatchObject({ ok: true, entries: 1103 })
  })
})

test('a person is erased from the whole folder: decisions, notes and posts with them, not a byte is left', async () => {
  await using ground = await openEngine()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const row = (await openRows(desk)).find(({ target, posts }) => target.domain !== null && posts > 0)
  if (!row) throw new Error('no row')
  const handle = `@${row.target.username}@${row.target.domain}`
  await desk.call('notes.add', { server: key, account: row.target.id, text: 'gelbes gefieder' })
  const { id } = await arm(desk, row, 'account.limit', { text: 'kanarienvogel' })
  const person = { server: key, account: row.target.id }
  const erase = (entries: number) => desk.call('log.erase', { ...person, reason: 'request', entries })
  const before = await desk.call('log.touched', person)
  expect(before).toMatchObject({ handles: [handle.toLowerCase()], decisions: 1, notes: 1, undecided: 1 })
  await expect(erase(before.entries)).rejects.toMatchObject({ detail: { reason: 'erase.undecided' } })
  await untilState(ground, desk, id, 'done')
  await desk.call('sync.now', { all: true })

  const touched = await desk.call('log.touched', person)
  expect(touched).toMatchObject({ decisions: 1, notes: 1, undecided: 0, openReports: 0 })
  expect(touched.posts).toBeGreaterThan(0)
  const [post] = (await desk.call('reports.case', row)).posts
  const bytes = () =>
    readdirSync(ground.folder)
      .filter(name => name.startsWith('vault.db'))
      .map(name => readFileSync(join(ground.folder, name), 'utf8'))
      .join('')
      .toLowerCase()
  const traces = [row.target.username.toLowerCase(), 'anarienvogel', 'gefieder', post?.id ?? '?']
  for (const trace of traces) expect([trace, bytes().includes(trace)]).toEqual([trace, true])
  await erase(touched.entries)
  expect(await desk.call('log.touched', person)).toMatchObject({
    entries: 0,
    values: 0,
    decisions: 0,
    notes: 0,
    posts: 0,
  })
  expect(await desk.call('notes.list', person)).toEqual({ notes: [] })
  const [decision] = (await desk.call('decisions.page', { limit: 10 })).decisions
  expect(decision).toMatchObject({ id, kind: 'account.limit', state: 'done', account: null })
  expect(await desk.call('log.verify', {})).toMatchObject({ ok: true })
  for (const trace of traces) expect([trace, bytes().includes(trace)]).toEqual([trace, false])
})
