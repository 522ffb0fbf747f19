import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { sql as firstMirror } from '../../src/main/engine/db/migrations/mirror-0010-first-light.ts'
import { openData, openForReading } from '../../src/main/engine/db/open.ts'
import type { Topic } from '../../src/shared/contract/topics.ts'
import { NOON, tempFolder } from './ground.ts'
import { readSnapshot, schemaNow } from './schema.ts'

const put = 'INSERT INTO setting VALUES (?, ?)'

test('the schema is what its snapshot says', () => {
  expect(readSnapshot()).toBe(schemaNow())
})

test('a write is one transaction: topics after the commit, once, and none for what was undone', () => {
  using folder = tempFolder()
  const data = openData(folder.path, NOON)
  const heard: Topic[][] = []
  data.gate.onChange(topics => {
    // Committed by now: another connection sees it.
    const { db, close } = openForReading(folder.path)
    heard.push([...topics].sort())
    expect(db.column('SELECT name FROM setting ORDER BY name')).toEqual(
      data.gate.read(own => own.column('SELECT name FROM setting ORDER BY name')),
    )
    close()
  })
  data.gate.write(['settings'], (db, touch) => {
    db.run(put, ['outer', '1'])
    touch('log')
    data.gate.write(['reports'], inner => void inner.run(put, ['inner', '1']))
    expect(heard).toEqual([])
  })
  expect(heard).toEqual([['log', 'reports', 'settings']])
  expect(() =>
    data.gate.write(['settings'], db => {
      db.run(put, ['lost', '1'])
      throw new RangeError('no')
    }),
  ).toThrow(RangeError)
  data.gate.write(['settings'], db => {
    db.run(put, ['kept', '1'])
    expect(() =>
      data.gate.write([], inner => {
        inner.run(put, ['half', '1'])
        inner.run(put, ['half', '2'])
      }),
    ).toThrow(/UNIQUE/)
  })
  expect(heard).toHaveLength(2)
  expect(data.gate.read(db => db.column('SELECT name FROM setting ORDER BY name'))).toEqual(['inner', 'kept', 'outer'])
  expect(() => data.gate.write([], async () => {})).toThrow(/promise/)
  data.close()
})

test('what is told to come last is done in its order before its own commit, and not at all where that fails', () => {
  using folder = tempFolder()
  const data = openData(folder.path, NOON)
  const names = () => data.gate.read(db => db.column('SELECT name FROM setting ORDER BY name'))
  const done: string[] = []
  const later = (name: string) => () => void done.push(name)
  data.gate.write([], db => {
    db.last(later('first'))
    db.last(() => {
      db.run(put, ['last', String(names().length)])
      db.last(later('told in the end'))
    })
    db.run(put, ['row', '1'])
    data.gate.write([], inner => {
      inner.last(later('inner'))
      inner.run(put, ['inner', '1'])
    })
    expect(() =>
      data.gate.write([], inner => {
        inner.last(later('never'))
        throw new RangeError('no')
      }),
    ).toThrow(RangeError)
    expect(done).toEqual(['inner'])
  })
  expect(done).toEqual(['inner', 'first', 'told in the end'])
  expect(data.gate.read(db => db.column('SELECT value FROM setting WHERE name = ?', ['last']))).toEqual(['2'])
  expect(() =>
    data.gate.write([], db => {
      db.run(put, ['lost', '1'])
      db.last(() => void db.run(put, ['last', '1']))
    }),
  ).toThrow(/UNIQUE/)
  expect(names()).toEqual(['inner', 'last', 'row'])
  data.close()
})

test('a listener that left hears no more, and an announcement needs no write', () => {
  using folder = tempFolder()
  const data = openData(folder.path, NOON)
  let heard = 0
  const leave = data.gate.onChange(() => heard++)
  data.gate.announce(['sync'])
  leave()
  data.gate.announce(['sync'])
  expect(heard).toBe(1)
  data.close()
})

test('pragmas read back on an opened folder, and every file is for this user only', () => {
  using folder = tempFolder()
  const data = openData(join(folder.path, 'deep', 'folder'), NOON)
  data.gate.write([], db => void db.run(put, ['a', '1']))
  const told = (name: string) => data.gate.read(db => db.column(`PRAGMA ${name}`)[0])
  expect(
    ['main.journal_mode', 'mirror.journal_mode', 'main.synchronous', 'mirror.synchronous', 'foreign_keys'].map(told),
  ).toEqual(['wal', 'wal', 2, 1, 1])
  expect(
    ['trusted_schema', 'cell_size_check', 'main.secure_delete', 'mirror.secure_delete', 'busy_timeout'].map(told),
  ).toEqual([0, 1, 1, 1, 5000])
  const inside = join(folder.path, 'deep', 'folder')
  const reader = openForReading(inside)
  expect(
    ['trusted_schema', 'cell_size_check', 'foreign_keys'].map(name => reader.db.column(`PRAGMA ${name}`)[0]),
  ).toEqual([0, 1, 1])
  reader.close()
  expect(statSync(inside).mode & 0o777).toBe(0o700)
  const files = readdirSync(inside)
  expect(files).toEqual(expect.arrayContaining(['vault.db', 'mirror.db', 'vault.db-wal', 'owner.lock']))
  for (const name of files) expect([name, statSync(join(inside, name)).mode & 0o777]).toEqual([name, 0o600])
  const [version] = data.gate.read(db => db.column<string>('SELECT sqlite_version()'))
  const [major = 0, minor = 0, patch = 0] = (version ?? '').split('.').map(Number)
  expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(3_051_003)
  data.close()
})

test('a folder that others could read is closed to them', () => {
  using folder = tempFolder()
  mkdirSync(join(folder.path, 'open'))
  chmodSync(join(folder.path, 'open'), 0o755)
  openData(join(folder.path, 'open'), NOON).close()
  expect(statSync(join(folder.path, 'open')).mode & 0o777).toBe(0o700)
})

const bytesOf = (folder: string) =>
  ['vault.db', 'mirror.db'].map(name => readFileSync(join(folder, name)).toString('base64'))

test.for(['vault.db', 'mirror.db'])('a newer %s is refused, and nothing is written', name => {
  using folder = tempFolder()
  openData(folder.path, NOON).close()
  const raw = new Database(join(folder.path, name))
  raw.pragma('user_version = 9999')
  raw.close()
  const before = bytesOf(folder.path)
  expect(() => openData(folder.path, NOON)).toThrow(expect.objectContaining({ code: 'newer-data' }))
  expect(bytesOf(folder.path)).toEqual(before)
  // Nor is it held: the newer Howdah can have it.
  expect(() => openData(folder.path, NOON)).toThrow(expect.objectContaining({ code: 'newer-data' }))
})

test('an older mirror is brought up, step by step, with what it holds', () => {
  using folder = tempFolder()
  openData(folder.path, NOON).close()
  const file = join(folder.path, 'mirror.db')
  rmSync(file)
  const raw = new Database(':memory:')
  raw.prepare('ATTACH ? AS mirror').run(file)
  raw.exec(firstMirror)
  raw.exec(`INSERT INTO mirror.cursor (server, list, top, page_size) VALUES ('s1', 'reports-open', '17', 100)`)
  raw.pragma('mirror.user_version = 10')
  raw.close()
  const data = openData(folder.path, NOON)
  expect(data.gate.read(db => db.get('SELECT top, mark, gap_pos FROM mirror.cursor'))).toEqual({
    top: '17',
    mark: null,
    gap_pos: null,
  })
  expect([data.generation(), data.happened]).toEqual([1, { salvage: null, mirrorRenewed: false }])
  data.close()
})

test('one owner: another engine and another process are told so, and a dead owner holds nothing', async () => {
  using folder = tempFolder()
  const source = `import { openData } from ${JSON.stringify(new URL('../../src/main/engine/db/open.ts', import.meta.url).href)}
    try { globalThis.kept = openData(${JSON.stringify(folder.path)}, 0); console.log('held'); setInterval(() => {}, 1000) } catch (error) { console.log(error.code) }`
  const run = () => execFileSync(process.execPath, ['--input-type=module', '-e', source], { encoding: 'utf8' }).trim()
  const data = openData(folder.path, NOON)
  expect(() => openData(folder.path, NOON)).toThrow(expect.objectContaining({ code: 'owned' }))
  // The refusal in this process must not have dropped the lock for the others.
  expect(run()).toBe('owned')
  data.close()
  const owner = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [word] = await new Promise<string[]>(resolve =>
    owner.stdout.once('data', data => resolve([String(data).trim()])),
  )
  expect(word).toBe('held')
  expect(() => openData(folder.path, NOON)).toThrow(expect.objectContaining({ code: 'owned' }))
  const gone = new Promise(resolve => owner.once('exit', resolve))
  owner.kill('SIGKILL')
  await gone
  openData(folder.path, NOON).close()
})

test.for([
  ['noise', (file: string) => writeFileSync(file, 'this is no database, '.repeat(500))],
  [
    'half of itself',
    (file: string) => {
      const bytes = readFileSync(file)
      bytes.fill(0xa5, 100)
      writeFileSync(file, bytes)
    },
  ],
] as const)('a mirror of %s is deleted and begun anew, the vault untouched', ([, damage]) => {
  using folder = tempFolder()
  const first = openData(folder.path, NOON)
  first.gate.write([], db => void db.run(put, ['kept', '1']))
  first.close()
  damage(join(folder.path, 'mirror.db'))
  const data = openData(folder.path, NOON)
  expect(data.happened.mirrorRenewed).toBe(true)
  expect(data.generation()).toBe(2)
  expect(data.gate.read(db => db.column('SELECT name FROM setting'))).toEqual(['kept'])
  data.renewMirror()
  // Nothing of people's data stays beside it, where no expiry would reach it.
  expect(readdirSync(folder.path).filter(name => /^mirror\.db./.test(name) && !/-(wal|shm)$/.test(name))).toEqual([])
  expect(data.generation()).toBe(3)
  data.gate.write([], db => void db.run(`INSERT INTO mirror.rule VALUES ('s1', '1', 'Be kind')`))
  data.close()
})

/** A file system of its own, of 2 MB; only for root. */
const smallDisk = () => {
  const folder = tempFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder.path], { stdio: 'ignore' })
  } catch {
    folder[Symbol.dispose]()
    return undefined
  }
  return {
    path: folder.path,
    [Symbol.dispose]: () => {
      execFileSync('umount', [folder.path])
      folder[Symbol.dispose]()
    },
  }
}

test('a full disk: a write fails as storage, reading goes on, and with room it works again', context => {
  using disk = smallDisk()
  if (!disk) return context.skip()
  const data = openData(disk.path, NOON)
  data.gate.write([], db => void db.run(put, ['before', '1']))
  expect(() => writeFileSync(join(disk.path, 'filler'), Buffer.alloc(4 << 20, 1))).toThrow(/ENOSPC/)
  expect(() => data.gate.write([], db => void db.run(put, ['lost', 'x'.repeat(3 << 20)]))).toThrow(
    expect.objectContaining({ code: 'storage' }),
  )
  expect(data.gate.read(db => db.column('SELECT name FROM setting'))).toEqual(['before'])
  rmSync(join(disk.path, 'filler'))
  data.gate.write([], db => void db.run(put, ['after', '1']))
  data.close()
  const again = openData(disk.path, NOON)
  expect(again.gate.read(db => db.column('SELECT name FROM setting ORDER BY name'))).toEqual(['after', 'before'])
  again.close()
})

test('a folder that cannot be written is a storage failure', () => {
  using folder = tempFolder()
  writeFileSync(join(folder.path, 'file'), '')
  expect(() => openData(join(folder.path, 'file', 'below'), NOON)).toThrow(expect.objectContaining({ code: 'storage' }))
})
