import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { restoreBackup } from '../../src/main/engine/backup/restore.ts'
import { checkRoom } from '../../src/main/engine/db/elsewhere.ts'
import { anotherDoor, openBackedUp, PASSPHRASE, restored } from './backup-ground.ts'

describe('refused', () => {
  test('a name that is taken, a folder that is not there, a relative name, a short passphrase', async () => {
    const of = await openBackedUp()
    await of.back()
    await expect(of.back()).rejects.toMatchObject({ code: 'conflict', detail: { reason: 'export.exists' } })
    const make = (file: string, more = {}) => of.cli.call('backup.make', { file, ...more })
    await expect(make(join(of.ground.folder, 'no/such'))).rejects.toMatchObject({ code: 'not-found' })
    await expect(make('desk.howdah')).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(make(join(of.ground.folder, 'b'), { passphrase: 'short' })).rejects.toMatchObject({
      code: 'invalid-input',
    })
    expect(readdirSync(of.ground.folder).filter(name => name.includes('part'))).toEqual([])
  })
  test('asked by a page: only the command line names a file', async () => {
    const of = await openBackedUp()
    for (const from of ['browser', 'desktop'] as const)
      await expect(of.ground.client(from).call('backup.make', { file: of.file })).rejects.toMatchObject({
        code: 'not-allowed',
        detail: { reason: 'export.only-cli' },
      })
    expect(existsSync(of.file)).toBe(false)
  })
  test('asked by a page without a passphrase: what it makes lies readable nowhere', async () => {
    const of = await openBackedUp()
    await expect(of.ground.client('browser').call('backup.make', {})).rejects.toMatchObject({
      code: 'not-allowed',
      detail: { reason: 'backup.only-sealed' },
    })
    expect(existsSync(join(of.ground.folder, 'exports'))).toBe(false)
  })
  test('where there is no room', () => {
    expect(() => checkRoom('/x', 100 << 20, () => 100 << 20)).toThrowError(
      expect.objectContaining({ code: 'storage', detail: expect.objectContaining({ megabytes: 16 }) }),
    )
    expect(() => checkRoom('/x', 100 << 20, () => 200 << 20)).not.toThrow()
  })
  test('a file that is none, was cut off, or was changed in any part; the desk that is there stays as it is', async () => {
    const of = await openBackedUp(PASSPHRASE)
    await of.back()
    const whole = readFileSync(of.file)
    mkdirSync(of.folder)
    writeFileSync(join(of.folder, 'vault.db'), 'not touched')
    const tryWith = async (bytes: Buffer | string) => {
      writeFileSync(of.file, bytes)
      return await restored(of, PASSPHRASE).catch((error: { detail: { reason: string } }) => error.detail.reason)
    }
    expect(await tryWith('')).toBe('backup.none')
    expect(await tryWith('SQLite format 3\0')).toBe('backup.none')
    expect(await tryWith('howdah-backup 2\nwhatever')).toBe('backup.newer')
    for (const end of [16, 17, 1000, whole.length - 1])
      expect([end, await tryWith(whole.subarray(0, end))]).toEqual([end, 'backup.changed'])
    const { length } = whole
    for (const at of [16, 5000, length >> 1, length - 300, length - 40, length - 3]) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect([at, await tryWith(changed)]).toEqual([at, 'backup.changed'])
    }
    expect(await tryWith(Buffer.concat([whole, Buffer.from('\n')]))).toBe('backup.changed')
    expect(readFileSync(join(of.folder, 'vault.db'), 'utf8')).toBe('not touched')
    expect(readdirSync(of.folder).sort()).toEqual(['owner.lock', 'vault.db'])
  })
  test('a vault of a newer Howdah, and a folder that a desk has open', async () => {
    const of = await openBackedUp()
    await of.back()
    await expect(
      restoreBackup({ folder: of.ground.folder, file: of.file }, anotherDoor, of.ground.clock.now()),
    ).rejects.toMatchObject({ code: 'owned' })
    const raw = new Database(join(of.ground.folder, 'vault.db'))
    const version = raw.pragma('user_version', { simple: true })
    raw.pragma('user_version = 9999')
    await of.cli.call('backup.make', { file: `${of.file}2` })
    raw.pragma(`user_version = ${version}`)
    raw.close()
    await expect(restored({ ...of, file: `${of.file}2` })).rejects.toMatchObject({ code: 'newer-data' })
    expect(existsSync(join(of.folder, 'vault.db'))).toBe(false)
  })
  test.each([
    ['a trigger', `CREATE TRIGGER later AFTER INSERT ON decision BEGIN UPDATE decision SET subject_id = '9'; END`],
    ['a view', 'CREATE VIEW mine AS SELECT * FROM server'],
    ['a table', 'CREATE TABLE more (a)'],
    ['an index', 'CREATE INDEX more ON note (text)'],
    ['a column', 'ALTER TABLE note ADD COLUMN more TEXT'],
    ['a default', `PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, '''held''', '''ready''')`],
    ['an older version', 'PRAGMA user_version = 40'],
    ['no version', 'PRAGMA user_version = 0'],
  ])('a vault with %s that no Howdah makes', async (_, sql) => {
    const of = await openBackedUp()
    const raw = new Database(join(of.ground.folder, 'vault.db'))
    raw.unsafeMode(true)
    raw.exec(sql)
    raw.close()
    await of.back()
    await expect(restored(of)).rejects.toMatchObject({
      code: 'invalid-input',
      detail: { reason: 'backup.other-schema' },
    })
    expect(existsSync(join(of.folder, 'vault.db'))).toBe(false)
  })
  test('a log that does not hold, unless the person says that they know', async () => {
    const of = await openBackedUp()
    const raw = new Database(join(of.ground.folder, 'vault.db'))
    raw.exec(`UPDATE log_entry SET action = 'server.forged' WHERE seq = 2`)
    raw.exec('ANALYZE')
    raw.close()
    await of.back()
    await expect(restored(of)).rejects.toMatchObject({
      code: 'conflict',
      detail: { reason: 'backup.log-broken', seq: 2 },
    })
    expect(existsSync(join(of.folder, 'vault.db'))).toBe(false)
    const given = { folder: of.folder, file: of.file, logIsBroken: true }
    expect(await restoreBackup(given, anotherDoor, of.ground.clock.now())).toMatchObject({ log: { ok: false } })
  })
})
