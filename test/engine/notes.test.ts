import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Engine } from '../../src/shared/contract/index.ts'
import type { LogEntry } from '../../src/shared/contract/log.ts'
import { sayEntry } from '../../src/shared/messages/say-log.ts'
import { openGround, openRows, signInAndSync, until } from './ground.ts'

/** The log's entries whose action begins so, oldest first. */
const entriesOf = async (desk: Engine, begins: string): Promise<LogEntry[]> => {
  const { entries } = await desk.call('log.page', { limit: 200 })
  return entries.filter(entry => entry.action.startsWith(begins)).reverse()
}

/** The account of the newest open report. */
const openCase = async (desk: Engine) => {
  const [row] = await openRows(desk)
  if (!row) throw new Error('no row')
  return { server: row.server, account: row.target.id, target: row.target }
}

test('a note is kept, changed and removed; each step is logged, its text only as a personal value', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  const { server, account, target } = await openCase(desk)
  const on = { server, account }
  expect(await desk.call('notes.list', on)).toEqual({ notes: [] })

  const first = await desk.call('notes.add', { ...on, text: '  Was told on the 19th.\nMaren wants no contact. ' })
  expect(first.note).toMatchObject({
    text: 'Was told on the 19th.\nMaren wants no contact.',
    author: 'moderator',
    writtenAt: ground.clock.now(),
    changedAt: null,
  })
  // Written in the same moment, and still the newer one.
  const second = await desk.call('notes.add', { ...on, text: 'Second.' })
  const ids = async () => (await desk.call('notes.list', on)).notes.map(note => note.id)
  expect(await ids()).toEqual([second.note.id, first.note.id])

  ground.clock.advance(60_000)
  const { id } = first.note
  const changed = await desk.call('notes.change', { id, text: 'Was told twice.' })
  expect(changed.note).toEqual({ ...first.note, text: 'Was told twice.', changedAt: ground.clock.now() })
  await desk.call('notes.change', { id, text: 'Was told twice.' })
  expect(await ids()).toEqual([second.note.id, id])
  await desk.call('notes.remove', { id })
  expect(await ids()).toEqual([second.note.id])

  const logged = await entriesOf(desk, 'note.')
  expect(logged.map(entry => entry.action)).toEqual(['note.added', 'note.added', 'note.changed', 'note.removed'])
  const handle = target.domain === null ? `@${target.username}` : `@${target.username}@${target.domain}`
  expect(logged.filter(entry => entry.facts.note === id).map(entry => entry.personal)).toEqual([
    { target: handle, text: 'Was told on the 19th.\nMaren wants no contact.' },
    { target: handle, text: 'Was told twice.' },
    { target: handle, text: 'Was told twice.' },
  ])
  for (const entry of logged) {
    expect(Object.keys(entry.facts).sort()).toEqual(['account', 'note'])
    expect(entry.server).toBe(server)
  }
  expect(logged.map(sayEntry)).toEqual([
    `Note written on ${handle}`,
    `Note written on ${handle}`,
    `Note changed on ${handle}`,
    `Note removed on ${handle}`,
  ])
  expect(await desk.call('log.verify', {})).toMatchObject({ ok: true })
})

test('notes belong to one account of one server, and outlive the engine', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground)
  const rows = await openRows(desk)
  const [one, other] = [...new Map(rows.map(row => [row.target.id, row.target])).keys()]
  if (one === undefined || other === undefined) throw new Error('no two accounts')
  const { note } = await desk.call('notes.add', { server: key, account: one, text: 'Only about this one.' })
  expect(await desk.call('notes.list', { server: key, account: other })).toEqual({ notes: [] })
  // A colleague's sign-in on the same server is another inbox.
  const second = await desk.call('servers.signIn', { url: ground.server.url, token: 'admin' })
  expect(await desk.call('notes.list', { server: second.server.key, account: one })).toEqual({ notes: [] })
  await ground.closeEngine()
  await ground.openEngine()
  const again = ground.client()
  expect(await again.call('notes.list', { server: key, account: one })).toEqual({ notes: [note] })
})

test('what cannot be kept is refused, and nothing is logged of it', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  const { server, account } = await openCase(desk)
  const add = (text: string, on: object = {}) => desk.call('notes.add', { server, account, text, ...on })
  await expect(add(' \n ')).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(add('x'.repeat(2001))).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(add('x', { server: 's99' })).rejects.toMatchObject({ code: 'not-found' })
  await expect(add('x', { account: 'nobody' })).rejects.toMatchObject({ code: 'not-found' })
  const gone = { code: 'not-found', detail: { reason: 'failure.note-gone' } }
  await expect(desk.call('notes.change', { id: randomUUID(), text: 'x' })).rejects.toMatchObject(gone)
  await expect(desk.call('notes.remove', { id: randomUUID() })).rejects.toMatchObject(gone)
  expect(await entriesOf(desk, 'note.')).toEqual([])
  expect((await add('x'.repeat(2000))).note.text).toHaveLength(2000)
})

test('a note of one desk tells the others', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  const { server, account } = await openCase(desk)
  const other = ground.client()
  let told = 0
  other.watch(['notes'], () => told++)
  await other.call('notes.list', { server, account })
  const before = told
  await desk.call('notes.add', { server, account, text: 'For all desks.' })
  await until(
    () => told,
    count => count > before,
  )
  expect((await other.call('notes.list', { server, account })).notes).toHaveLength(1)
})
