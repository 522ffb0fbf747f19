import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { copyVault, damagedParts, markVaultDamaged, openData } from '../../src/main/engine/db/open.ts'
import { tables } from '../../src/main/engine/db/salvage.ts'
import { putServer } from '../../src/main/engine/servers/table.ts'
import { NOON, tempFolder } from './ground.ts'

const PAGE = 4096
const vaultIn = (folder: string) => join(folder, 'vault.db')

/** A vault with enough rows that its big tables have hundreds of pages. */
const fillVault = (folder: string): void => {
  const data = openData(folder, NOON)
  data.gate.write([], db => {
    for (const account of ['1', '2']) {
      const signIn = {
        domain: 'lantern.example',
        origin: 'https://lantern.example',
        title: 'Lantern',
        release: '4.6.5',
        account_id: account,
        acct: 'mod',
        own_network: null,
        role_name: 'Moderator',
        permissions: '1040',
        scopes: 'read admin:read',
        sealed_token: 'sealed',
        sealed_by: 'key-file' as const,
        token_from: 'pasted' as const,
      }
      putServer(db, signIn, NOON)
    }
    db.run(`INSERT INTO writer_key VALUES ('k', 'public', 'sealed', ?)`, [NOON])
    for (let n = 1; n <= 3000; n++) {
      const body = `body ${n} ${'x'.repeat(300)}`
      db.run(`INSERT INTO log_entry VALUES (?, ?, 'did', 'setting.changed', NULL, ?, 'hash', 'signature')`, [
        n,
        NOON + n,
        body,
      ])
      db.run('INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?)', [
        n % 3 === 0 ? 's2' : 's1',
        String(109_000_000_000_000_000n + BigInt(n) * 7_919_000_003n),
        `hash ${n}`,
        body,
        NOON,
        NOON,
      ])
    }
  })
  data.close()
}

/** Pages of a table that hold rows, in the order of the tree. */
const leavesOf = (file: string, table: string): number[] => {
  const raw = new Database(file, { readonly: true })
  try {
    return raw
      .prepare<[string], { pageno: number }>(
        `SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path`,
      )
      .all(table)
      .map(({ pageno }) => pageno)
  } finally {
    raw.close()
  }
}

const overwrite = (file: string, page: number, bytes: Buffer): void => {
  const fd = openSync(file, 'r+')
  writeSync(fd, bytes, 0, bytes.length, (page - 1) * PAGE)
  closeSync(fd)
}
const zeroes = Buffer.alloc(PAGE)
const noise = Buffer.from(Array.from({ length: PAGE }, (_, at) => (at * 37 + 11) % 251))

const count = (file: string, table: string): number => {
  const raw = new Database(file, { readonly: true })
  try {
    return raw.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0
  } finally {
    raw.close()
  }
}

test.for([
  ['one page zeroed', 1, zeroes],
  ['three pages zeroed', 3, zeroes],
  ['three pages of noise', 3, noise],
] as const)('%s in the middle of each big table: every other row is carried over', ([, pages, bytes]) => {
  using folder = tempFolder()
  fillVault(folder.path)
  const file = vaultIn(folder.path)
  let lost = 0
  for (const table of ['log_entry', 'evidence']) {
    const leaves = leavesOf(file, table)
    expect(leaves.length).toBeGreaterThan(100)
    for (let n = 1; n <= pages; n++) overwrite(file, leaves[Math.floor((leaves.length * n) / (pages + 1))] ?? 0, bytes)
    lost += pages
  }
  expect(damagedParts(folder.path)).toEqual(['main'])
  markVaultDamaged(folder.path)
  const data = openData(folder.path, NOON)
  const { salvage } = data.happened
  data.close()
  expect(salvage?.from).toBe('damaged')
  expect(salvage?.incomplete.sort()).toEqual(['evidence', 'log_entry'])
  expect(existsSync(salvage?.setAside ?? '')).toBe(true)
  // A page holds some ten of these rows.
  const rows = count(file, 'log_entry') + count(file, 'evidence')
  expect(rows).toBeLessThan(6000)
  expect(rows).toBeGreaterThanOrEqual(6000 - lost * 14)
  expect([count(file, 'server'), count(file, 'writer_key')]).toEqual([2, 1])
  expect(damagedParts(folder.path)).toEqual([])
  const again = openData(folder.path, NOON)
  expect(again.happened.salvage).toBeNull()
  again.close()
})

test.for([
  ['noise', noise],
  ['zeroes', zeroes],
] as const)('a head of %s: the newest daily copy takes its place', ([, bytes]) => {
  using folder = tempFolder()
  fillVault(folder.path)
  const file = vaultIn(folder.path)
  expect(copyVault(folder.path, '2026-11-22')).toBe(true)
  expect(copyVault(folder.path, '2026-11-22')).toBe(false)
  overwrite(file, 1, bytes)
  const data = openData(folder.path, NOON)
  expect(data.happened.salvage).toMatchObject({ from: 'copy', incomplete: [] })
  data.close()
  expect([count(file, 'log_entry'), count(file, 'evidence')]).toEqual([3000, 3000])
})

test('an older vault that lacks a table is salvaged all the same', () => {
  using folder = tempFolder()
  fillVault(folder.path)
  const raw = new Database(vaultIn(folder.path))
  raw.exec('DROP TABLE setting')
  raw.close()
  markVaultDamaged(folder.path)
  const data = openData(folder.path, NOON)
  expect(data.happened.salvage).toMatchObject({ from: 'damaged', incomplete: [] })
  data.close()
  expect([count(vaultIn(folder.path), 'log_entry'), count(vaultIn(folder.path), 'evidence')]).toEqual([3000, 3000])
})

test('where the newest copies are damaged too, an older one takes its place', () => {
  using folder = tempFolder()
  fillVault(folder.path)
  for (const day of ['20', '21', '22']) expect(copyVault(folder.path, `2026-11-${day}`)).toBe(true)
  writeFileSync(join(folder.path, 'copies', 'vault-2026-11-22.db'), '')
  overwrite(join(folder.path, 'copies', 'vault-2026-11-21.db'), 1, noise)
  overwrite(vaultIn(folder.path), 1, noise)
  const data = openData(folder.path, NOON)
  expect(data.happened.salvage).toMatchObject({ from: 'copy', incomplete: [] })
  data.close()
  expect(count(vaultIn(folder.path), 'log_entry')).toBe(3000)
})

test('a salvage that was cut off anywhere loses nothing', () => {
  using folder = tempFolder()
  fillVault(folder.path)
  const file = vaultIn(folder.path)
  const whole = `${file}.whole`
  copyFileSync(file, whole)
  // Cut while it was written: the half is not taken for a vault.
  copyFileSync(file, `${file}.salvaging`)
  overwrite(`${file}.salvaging`, 1, noise)
  const first = openData(folder.path, NOON)
  expect(first.happened.salvage).toBeNull()
  first.close()
  // Cut before the new one had its name: it gets it now.
  copyFileSync(whole, `${file}.salvaged`)
  overwrite(file, 1, noise)
  const second = openData(folder.path, NOON)
  second.close()
  expect(count(file, 'log_entry')).toBe(3000)
  expect(readdirSync(folder.path).some(name => name.startsWith('vault.db.damaged-'))).toBe(true)
})

test('copies: seven days are kept, for this user only', () => {
  using folder = tempFolder()
  openData(folder.path, NOON).close()
  for (let day = 1; day <= 9; day++) copyVault(folder.path, `2026-11-0${day}`)
  const copies = join(folder.path, 'copies')
  expect(readdirSync(copies)).toEqual([3, 4, 5, 6, 7, 8, 9].map(day => `vault-2026-11-0${day}.db`))
  for (const name of readdirSync(copies)) expect(statSync(join(copies, name)).mode & 0o777).toBe(0o600)
  expect(statSync(copies).mode & 0o777).toBe(0o700)
  mkdirSync(join(copies, 'not-ours'))
  expect(copyVault(folder.path, '2026-11-10')).toBe(true)
})

test('every table of the vault is carried over, also those that come later', () => {
  using folder = tempFolder()
  openData(folder.path, NOON).close()
  const raw = new Database(vaultIn(folder.path), { readonly: true })
  const held = raw
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .all()
    .map(({ name }) => name)
  raw.close()
  // What is found in the log is made of its entries anew.
  expect([...tables].sort()).toEqual(held.filter(name => !/^log_(search|term)/.test(name)).sort())
})
