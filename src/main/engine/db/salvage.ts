import { existsSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { isDamage } from './handle.ts'
import { migrate } from './migrate.ts'
import { makePrivateFile } from './private-file.ts'

/** What became of a damaged vault: where it stands now, and how many rows of each table were carried over. */
export type Salvage = { setAside: string; from: 'damaged' | 'copy'; rows: Record<string, number>; incomplete: string[] }

/** Moves a damaged database and its journals aside, under a name that says when; nothing is ever deleted or overwritten. */
export const setAside = (file: string, now: number): string => {
  const aside = `${file}.damaged-${new Date(now).toISOString().replaceAll(':', '')}`
  for (const end of ['', '-wal', '-shm']) if (existsSync(file + end)) renameSync(file + end, aside + end)
  return aside
}

const tables = [
  'meta',
  'setting',
  'server',
  'writer_key',
  'evidence',
  'decision',
  'decision_step',
  'log_entry',
  'log_personal',
]

/** Reads a table from its start, and where that breaks off, from its end: what lies behind the damage comes too. */
const rowsAround = function* (
  from: Database.Database,
  table: string,
  broken: () => void,
): Generator<Record<string, unknown>> {
  const keys = from
    .prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${table}') WHERE pk > 0 ORDER BY pk`)
    .all()
  for (const way of ['ASC', 'DESC']) {
    try {
      const order = keys.map(key => `${key.name} ${way}`).join(', ')
      yield* from.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY ${order}`).iterate()
      return
    } catch (error) {
      if (!isDamage(error)) throw error
      broken()
    }
  }
}

const carryOver = (from: Database.Database, into: Database.Database): Pick<Salvage, 'rows' | 'incomplete'> => {
  const rows: Record<string, number> = {}
  const incomplete = new Set<string>()
  into.pragma('foreign_keys = OFF')
  for (const table of tables) {
    rows[table] = 0
    into.transaction(() => {
      for (const row of rowsAround(from, table, () => incomplete.add(table))) {
        const names = Object.keys(row)
        const insert = `INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${names.map(name => `@${name}`).join(', ')})`
        rows[table] = (rows[table] ?? 0) + into.prepare(insert).run(row).changes
      }
    })()
  }
  return { rows, incomplete: [...incomplete] }
}

const newestCopy = (folder: string): string | undefined => {
  const copies = join(folder, 'copies')
  const name = existsSync(copies)
    ? readdirSync(copies)
        .filter(file => file.endsWith('.db'))
        .sort()
        .at(-1)
    : undefined
  return name && join(copies, name)
}

const tryCarryOver = (source: string, into: Database.Database): Pick<Salvage, 'rows' | 'incomplete'> | undefined => {
  let from: Database.Database | undefined
  try {
    from = new Database(source)
    return carryOver(from, into)
  } catch (error) {
    if (!isDamage(error)) throw error
    return undefined
  } finally {
    from?.close()
  }
}

/**
 * Sets a damaged vault aside and makes a new one from all of its rows that can still be read; where not even its head can be
 * read, from the newest daily copy.
 */
export const salvageVault = (folder: string, now: number): Salvage => {
  const file = join(folder, 'vault.db')
  const aside = setAside(file, now)
  makePrivateFile(file)
  const into = new Database(file)
  try {
    migrate(into, 'main')
    const saved = tryCarryOver(aside, into)
    if (saved) return { setAside: aside, from: 'damaged', ...saved }
    const copy = newestCopy(folder)
    const copied = copy && tryCarryOver(copy, into)
    return { setAside: aside, from: 'copy', ...(copied || { rows: {}, incomplete: tables }) }
  } finally {
    into.close()
  }
}
