import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withCopyForElsewhere } from '../../src/main/engine/db/elsewhere.ts'
import { openGround, openRows, signInAndSync, until } from './ground.ts'

const DAY = 86_400_000

test('what is being written is held for the next page and the next engine, and let go when it is empty, with every byte', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  const note = { of: 'note' as const, key: 's1 7', words: { text: 'a half-written thought about somebody' } }
  const decision = { of: 'decision' as const, key: 's1 7', words: { text: 'Dear', note: '', language: 'en' } }
  await desk.call('drafts.keep', note)
  await desk.call('drafts.keep', { ...decision, words: { text: 'D' } })
  await desk.call('drafts.keep', decision)
  expect(await ground.client().call('drafts.list', {})).toEqual({ drafts: [note, decision] })
  await ground.closeEngine()
  await ground.openEngine()
  const again = ground.client()
  expect(await again.call('drafts.list', {})).toEqual({ drafts: [note, decision] })

  // A backup goes to other computers and other people.
  const copied = withCopyForElsewhere(ground.folder, ({ file, db }) => [
    db.all('SELECT * FROM draft'),
    readFileSync(file).includes('half-written'),
  ])
  expect(copied).toEqual([[], false])
  expect((await again.call('log.page', { limit: 200 })).entries.some(one => JSON.stringify(one).includes('half'))).toBe(
    false,
  )

  await again.call('drafts.keep', { ...note, words: { text: '' } })
  await again.call('drafts.keep', { ...decision, key: 's1 8', words: {} })
  expect(await again.call('drafts.list', {})).toEqual({ drafts: [decision] })
  for (let n = 0; n < 150; n++) await again.call('drafts.keep', { of: 'note', key: `s1 ${n}`, words: { text: 'x' } })
  const { drafts } = await again.call('drafts.list', {})
  expect([drafts.length, drafts[0]?.key, drafts.at(-1)?.key]).toEqual([100, 's1 50', 's1 149'])
  await ground.closeEngine(1_000)
  for (const name of readdirSync(ground.folder).filter(one => one.startsWith('vault.db')))
    expect([name, readFileSync(join(ground.folder, name)).includes('half-written')]).toEqual([name, false])
})

test('nobody went on with it for a month, and it is forgotten', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  await desk.call('drafts.keep', { of: 'note', key: 's1 7', words: { text: 'early' } })
  ground.clock.advance(10 * DAY)
  await desk.call('drafts.keep', { of: 'note', key: 's1 8', words: { text: 'later' } })
  const keys = async () => (await desk.call('drafts.list', {})).drafts.map(({ key }) => key)
  ground.clock.advance(19 * DAY)
  expect(await keys()).toEqual(['s1 7', 's1 8'])
  await until(keys, found => found.length < 2, ground.clock, DAY / 2)
  expect(await keys()).toEqual(['s1 8'])
})

test('what is being written about a person goes with them: notes, changes of notes, words for them and for reports of them', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const rows = await openRows(desk)
  const [row] = rows
  const other = rows.find(({ target }) => target.id !== row?.target.id)
  if (!row || !other) throw new Error('no rows')
  const person = { server: key, account: row.target.id }
  const { note } = await desk.call('notes.add', { ...person, text: 'kept' })
  const words = { text: 'gefieder' }
  const theirs = [
    { of: 'note' as const, key: `${key} ${row.target.id}`, words },
    { of: 'note' as const, key: note.id, words },
    { of: 'decision' as const, key: `${key} account ${row.target.id}`, words },
    { of: 'decision' as const, key: `${key} signup ${row.target.id}`, words },
    { of: 'decision' as const, key: `${key} ${row.id}`, words },
    { of: 'snooze' as const, key: `${key} ${row.id}`, words },
  ]
  // Nobody can tell whether they are among these.
  const some = [
    { of: 'batch' as const, key: 'account.suspend 1x.2y', words },
    { of: 'snooze' as const, key: 'many 1x.2y', words },
    { of: 'block' as const, key: `${key} address new`, words },
  ]
  const others = (['decision', 'snooze'] as const).map(of => ({
    of,
    key: `${key} ${other.id}`,
    words: { text: 'stays' },
  }))
  const impersonal = (['domain', 'campaign', 'template', 'sign-in'] as const).map(of => ({
    of,
    key: 'many new',
    words: { text: 'stays' },
  }))
  for (const draft of [...theirs, ...some, ...others, ...impersonal]) await desk.call('drafts.keep', draft)
  const touched = await desk.call('log.touched', person)
  expect(touched.notes, 'one kept, six being written').toBe(7)
  let told = 0
  const stop = desk.watch(['drafts'], () => told++)
  await desk.call('log.erase', { ...person, reason: 'request', entries: touched.entries })
  expect(await desk.call('drafts.list', {})).toEqual({ drafts: [...others, ...impersonal] })
  await until(
    () => told,
    times => times === 1,
  )
  await desk.call('drafts.keep', { of: 'note', key: 's1 1', words: { text: 'a page knows what it wrote' } })
  await desk.call('drafts.list', {})
  expect(told).toBe(1)
  stop()
  const bytes = readdirSync(ground.folder)
    .filter(name => name.startsWith('vault.db'))
    .map(name => readFileSync(join(ground.folder, name)))
  expect(bytes.some(one => one.includes('gefieder'))).toBe(false)
})
