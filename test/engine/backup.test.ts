import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { restoreBackup } from '../../src/main/engine/backup/restore.ts'
import { finishRestore } from '../../src/main/engine/db/restore.ts'
import type { Engine } from '../../src/shared/contract/index.ts'
import {
  actionsOf,
  anotherDoor,
  openBackedUp,
  openThere,
  PASSPHRASE,
  precious,
  restored,
  SECRET_NOTE,
} from './backup-ground.ts'
import { arm, openRows, until } from './ground.ts'

describe('round trip', () => {
  test('of a running desk to another computer: all that is precious, no secret, and the same log under a new key', async () => {
    const of = await openBackedUp()
    const before = await precious(of.desk, of)
    const made = await of.back()
    expect(made).toMatchObject({ file: of.file, sealed: false, bytes: statSync(of.file).size })
    expect(statSync(of.file).mode & 0o777).toBe(0o600)
    expect((await of.desk.call('log.page', { limit: 1 })).entries[0]).toMatchObject({
      action: 'vault.backed-up',
      facts: { entries: made.entries, head: made.head, sha256: made.sha256, sealed: false },
    })
    const vault = new Database(join(of.ground.folder, 'vault.db'), { readonly: true })
    const secrets = vault
      .prepare<[], { s: string }>(
        'SELECT sealed_token AS s FROM server UNION SELECT sealed_private_key FROM writer_key',
      )
      .all()
    vault.close()
    const bytes = readFileSync(of.file)
    expect(secrets).toHaveLength(2)
    // The token of this sample is a word that stands in many places; the key is not.
    for (const { s } of secrets) expect(bytes.includes(s)).toBe(false)
    const [key = ''] = secrets.map(({ s }) => [...s].reverse().join('')).filter(s => s.length > 40)
    expect([key.length > 40, bytes.includes(key)]).toEqual([true, false])
    expect(existsSync(join(of.ground.folder, 'backup.part'))).toBe(false)

    expect(await restored(of)).toMatchObject({
      entries: made.entries,
      head: made.head,
      log: { ok: true },
      setAside: null,
      sameKey: false,
      servers: [{ domain: of.ground.server.world.instance.domain }],
    })
    const there = await openThere(of.ground, of.folder)
    expect(await precious(there, of)).toEqual(before)
    expect((await there.call('servers.list', {})).servers).toMatchObject([{ key: of.key, signedIn: false }])
    expect((await actionsOf(there)).slice(0, 2)).toEqual(['vault.restored', 'writer.changed'])
    expect(await there.call('log.verify', {})).toMatchObject({ ok: true, entries: made.entries + 2 })
    await there.call('servers.signIn', { url: of.ground.server.url, token: 'moderator' })
    await there.call('sync.now', { all: true })
    expect((await openRows(there)).length).toBe((await openRows(of.desk)).length)
    expect((await actionsOf(there)).some(action => action.includes('seen'))).toBe(false)
  })
  test('no column that holds something sealed is filled', async () => {
    const of = await openBackedUp()
    await of.back()
    await restored(of)
    const raw = new Database(join(of.folder, 'vault.db'), { readonly: true })
    const columns = raw
      .prepare<[], { t: string; c: string }>(
        `SELECT m.name AS t, c.name AS c FROM sqlite_schema m, pragma_table_info(m.name) c
         WHERE m.type = 'table' AND c.name LIKE 'sealed%' AND c.name <> 'sealed_by'`,
      )
      .all()
    expect(columns.length).toBeGreaterThanOrEqual(4)
    for (const { t, c } of columns)
      expect([t, c, raw.prepare(`SELECT ${c} FROM ${t} WHERE coalesce(${c}, '') <> ''`).all()]).toEqual([t, c, []])
    raw.close()
  })
  test('under a passphrase: nothing can be read in the file, and the same key goes on', async () => {
    const of = await openBackedUp(PASSPHRASE)
    const made = await of.back()
    expect(made.sealed).toBe(true)
    const bytes = readFileSync(of.file)
    expect(bytes.includes(SECRET_NOTE)).toBe(false)
    expect(bytes.includes('SQLite format')).toBe(false)
    await expect(restored(of)).rejects.toMatchObject({ detail: { reason: 'backup.needs-passphrase' } })
    await expect(restored(of, `${PASSPHRASE}s`)).rejects.toMatchObject({
      detail: { reason: 'backup.other-passphrase' },
    })
    expect(existsSync(join(of.folder, 'vault.db'))).toBe(false)
    expect(await restored(of, PASSPHRASE)).toMatchObject({ sameKey: true, log: { ok: true } })
    const there = await openThere(of.ground, of.folder)
    const { entries } = await there.call('log.page', { limit: 2 })
    expect(entries[0]).toMatchObject({ action: 'vault.restored', facts: { head: made.head, entries: made.entries } })
    expect(entries[1]?.hash).toBe(made.head)
    expect(await there.call('log.verify', {})).toMatchObject({ ok: true, entries: made.entries + 1 })
    expect((await there.call('notes.list', { server: of.key, account: of.row.target.id })).notes).toHaveLength(1)
  })
})

test('made by the page: beside the exports, only the newest, and it restores', async () => {
  const of = await openBackedUp()
  const page = of.ground.client('browser')
  const first = await page.call('backup.make', { passphrase: PASSPHRASE })
  const exports = join(of.ground.folder, 'exports')
  writeFileSync(join(exports, 'howdah-backup-mine.howdah'), 'another’s')
  const second = await page.call('backup.make', { passphrase: PASSPHRASE })
  expect([first.name, second.name]).toEqual([
    'howdah-backup-20261123-120000.howdah',
    'howdah-backup-20261123-120000-2.howdah',
  ])
  expect(second).toMatchObject({ file: join(exports, second.name), sealed: true })
  expect(readdirSync(exports).sort()).toEqual([second.name, 'howdah-backup-mine.howdah'].sort())
  const { entries } = await page.call('log.page', { kind: 'vault.backed-up', limit: 1 })
  expect(entries[0]?.facts).toMatchObject({ bytes: second.bytes, entries: second.entries, sealed: true })
  expect(await restored({ ...of, file: second.file }, PASSPHRASE)).toMatchObject({ sameKey: true, log: { ok: true } })
  // Two desks at the same moment: one after the other, under two names.
  const make = () => page.call('backup.make', { passphrase: PASSPHRASE })
  const both = await Promise.all([make(), make()])
  expect(new Set(both.map(({ name }) => name)).size).toBe(2)
  expect(both[1].entries).toBeGreaterThanOrEqual(both[0].entries)
})

describe('over a desk that is there', () => {
  test('it is set aside whole, and the log says which log was replaced', async () => {
    const of = await openBackedUp()
    await of.back()
    await of.desk.call('settings.set', { graceSeconds: 9 })
    const { entries: newest } = await of.desk.call('log.page', { limit: 1 })
    await of.ground.closeEngine(5_000)
    const done = await restoreBackup({ folder: of.ground.folder, file: of.file }, anotherDoor, of.ground.clock.now())
    expect(done.setAside).toMatch(/vault\.db\.before-restore-2026/)
    const names = readdirSync(of.ground.folder).filter(
      name => name.includes('before-restore') && !/-(wal|shm)$/.test(name),
    )
    expect(names.map(name => name.replace(/\.before.*/, '')).sort()).toEqual(['vault.db'])
    const old = new Database(done.setAside ?? '', { readonly: true })
    expect(old.prepare(`SELECT value FROM setting WHERE name = 'graceSeconds'`).pluck().get()).toBe('9')
    old.close()
    await of.ground.openEngine()
    const desk = of.ground.client()
    expect((await desk.call('settings.get', {})).graceSeconds).toBe(7)
    const told = (await desk.call('log.page', { limit: 5 })).entries.find(({ action }) => action === 'vault.restored')
    expect(told?.facts).toMatchObject({ replacedHead: newest[0]?.hash, replacedEntries: newest[0]?.seq })
    expect(await desk.call('log.verify', {})).toMatchObject({ ok: true })
  })
  test('cut off on the way it goes on at the next start', async () => {
    const of = await openBackedUp()
    await of.back()
    const { folder } = of.ground
    await restored(of)
    await of.ground.closeEngine(5_000)
    // What was there, and beside it a vault that is whole and waits for its place.
    writeFileSync(join(folder, 'vault.restored'), readFileSync(join(of.folder, 'vault.db')))
    await of.ground.openEngine()
    expect(await actionsOf(of.ground.client())).toContain('vault.restored')
    expect(readdirSync(folder).some(name => name.startsWith('vault.db.before-restore'))).toBe(true)
    expect(existsSync(join(folder, 'vault.restored'))).toBe(false)
    expect(finishRestore(folder, 0)).toBe(null)
  })
})

describe('what was under way when the backup was made', () => {
  const stateOf = async (desk: Engine, id: string) =>
    (await desk.call('decisions.page', { limit: 50 })).decisions.find(one => one.id === id)

  test('is unknown after the restore, is never sent from there, and is read back', async () => {
    const of = await openBackedUp()
    const { ground, desk, key, file } = of
    const rows = await openRows(desk)
    const targets = [...new Map(rows.map(row => [row.target.id, row])).values()]
    const [sent, taken, slow] = targets
    if (!sent || !taken || !slow) throw new Error('too few reports')
    ground.server.faults.add({ kind: 'silent' }, { method: 'POST', path: new RegExp(`/${slow.id}/resolve`) })
    const sending = await arm(desk, { server: key, id: slow.id }, 'report.close')
    await desk.call('decisions.sendNow', {})
    await until(
      () => stateOf(desk, sending.id),
      one => one?.state === 'sending',
    )
    const held = await arm(desk, { server: key, id: sent.id }, 'report.close')
    const dropped = await arm(desk, { server: key, id: taken.id }, 'report.close')
    await of.back()
    expect((await stateOf(desk, held.id))?.state).toBe('held')
    // The earlier desk goes on: it sends one and takes the other back.
    await desk.call('decisions.takeBack', { id: dropped.id })
    await until(
      () => stateOf(desk, held.id),
      one => one?.state === 'done',
      ground.patient,
      1_000,
    )
    await ground.closeEngine()
    const writes = () => ground.server.ledger.of(/\/resolve$/).length
    const before = writes()

    await restoreBackup({ folder: of.folder, file }, anotherDoor, ground.clock.now())
    const there = await openThere(ground, of.folder)
    for (const { id } of [held, dropped, sending])
      expect(await stateOf(there, id)).toMatchObject({ state: 'unknown', why: 'why.restored', sendAt: null })
    ground.clock.advance(3_600_000)
    await there.call('servers.signIn', { url: ground.server.url, token: 'moderator' })
    const settled = async (id: string) =>
      (
        await until(
          () => stateOf(there, id),
          one => one !== undefined && one.state !== 'unknown',
          ground.patient,
          1_000,
        )
      )?.state
    expect([await settled(held.id), await settled(dropped.id), await settled(sending.id)]).toEqual([
      'done',
      'not-done',
      'done',
    ])
    expect(writes()).toBe(before)
    expect(await there.call('log.verify', {})).toMatchObject({ ok: true })
  })

  test('a batch that was held or paused has ended there: none of it goes out, and each is read back', async () => {
    const of = await openBackedUp()
    const { ground, desk, key, file } = of
    const targets = [...new Map((await openRows(desk)).map(row => [row.target.id, row])).values()].slice(0, 12)
    const armed = async (rows: typeof targets) => {
      const items = rows.map(({ id }) => ({ server: key, subject: { of: 'report', id } as const }))
      return (await desk.call('batches.arm', { kind: 'report.close', items, label: 'wave' })).batch
    }
    const held = await armed(targets.slice(0, 6))
    const paused = await armed(targets.slice(6))
    expect([held.size, paused.size].every(size => size > 2)).toBe(true)
    await desk.call('batches.pause', { id: paused.id })
    await of.back()
    // The earlier desk sends the first of the two.
    await until(
      () => desk.call('batches.list', { all: true }),
      ({ batches }) => batches.some(({ id, state }) => id === held.id && state === 'ended'),
      ground.patient,
      1_000,
    )
    await ground.closeEngine()
    const writes = () => ground.server.ledger.of(/\/resolve$/).length
    expect(writes()).toBe(held.size)
    await restoreBackup({ folder: of.folder, file }, anotherDoor, ground.clock.now())
    const there = await openThere(ground, of.folder)
    const { batches } = await there.call('batches.list', { all: true })
    for (const { id, size } of [held, paused])
      expect(batches.find(batch => batch.id === id)).toMatchObject({ state: 'ended', counts: { unknown: size } })
    await expect(there.call('batches.resume', { id: paused.id })).rejects.toMatchObject({ code: 'conflict' })
    ground.clock.advance(3_600_000)
    await there.call('servers.signIn', { url: ground.server.url, token: 'moderator' })
    const after = await until(
      () => there.call('batches.list', { all: true }),
      all => all.batches.every(({ counts }) => counts.unknown === undefined),
      ground.patient,
      1_000,
    )
    const countsOf = (id: string) => after.batches.find(batch => batch.id === id)?.counts
    expect([countsOf(held.id), countsOf(paused.id)]).toEqual([{ done: held.size }, { 'not-done': paused.size }])
    expect(writes()).toBe(held.size)
  })
})
