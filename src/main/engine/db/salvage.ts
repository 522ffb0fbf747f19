import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { harden, isDamage } from './handle.ts'
import { migrate } from './migrate.ts'
import { makePrivateFile } from './private-file.ts'
import { type Place, rowsAround } from './salvage-rows.ts'

/** What became of a damaged vault: where it stands now, and how many rows of each table were carried over. */
export type Salvage = { setAside: string; from: 'damaged' | 'copy'; rows: Record<string, number>; incomplete: string[] }

/** How the names of a database and of its journals end. */
export const ends = ['', '-wal', '-shm']

/** Moves a database and its journals aside, under a name that says why and when: it is never deleted or overwritten. */
export const setAside = (file: string, now: number, why: 'damaged' | 'before-restore' = 'damaged'): string => {
  const named = `${file}.${why}-${new Date(now).toISOString().replaceAll(':', '')}`
  let aside = named
  for (let n = 2; existsSync(aside); n++) aside = `${named}-${n}`
  for (const end of ends) if (existsSync(file + end)) renameSync(file + end, aside + end)
  return aside
}

/**
 * Deletes a mirror and its journals. Set aside it would keep people's data that no expiry reaches, and all of it can be fetched again.
 */
export const removeMirror = (folder: string): void => {
  for (const end of ends) rmSync(join(folder, `mirror.db${end}`), { force: true })
}

const keys: Record<string, string> = {
  meta: 'name',
  setting: 'name',
  draft: 'place',
  lock: 'one',
  backup_passphrase: 'one',
  server: 'key',
  application: 'origin',
  revocation: 'id',
  writer_key: 'id',
  evidence: 'post_id',
  evidence_report: 'report_id',
  evidence_profile: 'account_id',
  media_host: 'server',
  note: 'id',
  close_account: 'account_id',
  template: 'id',
  batch: 'id',
  decision: 'id',
  decision_step: 'decision_id',
  snooze: 'report_id',
  view: 'id',
  campaign: 'key',
  rejected_signup: 'account_id',
  log_entry: 'seq',
  log_personal: 'seq',
}
/** Every table of the vault, but for the search, which is made of the others. */
export const tables: readonly string[] = Object.keys(keys)

/** The tables of a file: an older Howdah's lacks the newer ones, one with a zeroed head lacks them all. */
const tablesOf = (from: Database.Database): string[] => {
  const held = from.prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all()
  return tables.filter(table => held.some(({ name }) => name === table))
}

const carryOver = (from: Database.Database, into: Database.Database): Pick<Salvage, 'rows' | 'incomplete'> => {
  const rows: Record<string, number> = {}
  const incomplete = new Set<string>()
  into.pragma('foreign_keys = OFF')
  for (const table of tablesOf(from)) {
    rows[table] = 0
    // Evidence, snoozes and close accounts are in the order of their servers, which are carried over before them.
    const values = into.prepare<[], { key: string }>('SELECT key FROM server').all()
    const hasServers = table.startsWith('evidence') || table === 'snooze' || table === 'close_account'
    const part = hasServers ? { column: 'server', values: values.map(({ key }) => key) } : null
    const place: Place = { table, key: keys[table] ?? '', part }
    into.transaction(() => {
      for (const row of rowsAround(from, place, () => incomplete.add(table))) {
        const names = Object.keys(row)
        const insert = `INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${names.map(name => `@${name}`).join(', ')})`
        rows[table] = (rows[table] ?? 0) + into.prepare(insert).run(row).changes
      }
    })()
  }
  // The search is made of the entries: it is begun anew at the next start (log/search-index.ts).
  into.exec("DELETE FROM meta WHERE name LIKE 'log-search-%'")
  return { rows, incomplete: [...incomplete] }
}

/** The daily copies, newest first. */
const copiesOf = (folder: string): string[] => {
  const copies = join(folder, 'copies')
  if (!existsSync(copies)) return []
  const names = readdirSync(copies).filter(file => file.endsWith('.db'))
  return names
    .sort()
    .reverse()
    .map(name => join(copies, name))
}

const tryCarryOver = (source: string, into: Database.Database): Pick<Salvage, 'rows' | 'incomplete'> | undefined => {
  let from: Database.Database | undefined
  try {
    from = harden(new Database(source))
    return tablesOf(from).length > 0 ? carryOver(from, into) : undefined
  } catch (error) {
    if (!isDamage(error)) throw error
    return undefined
  } finally {
    from?.close()
  }
}

/**
 * Sets a damaged vault aside and makes a new one from all of its rows that can still be read; where not even its head can be
 * read, from the newest daily copy that can be. The new one is whole before it gets the vault's name: a crash on the way costs nothing.
 */
export const salvageVault = (folder: string, now: number): Salvage => {
  const file = join(folder, 'vault.db')
  const part = `${file}.salvaging`
  for (const end of ends) rmSync(part + end, { force: true })
  makePrivateFile(part)
  const into = new Database(part)
  let salvage: Omit<Salvage, 'setAside'>
  try {
    migrate(into, 'main')
    const saved = tryCarryOver(file, into)
    let copied: ReturnType<typeof tryCarryOver>
    for (const copy of saved ? [] : copiesOf(folder)) {
      copied = tryCarryOver(copy, into)
      if (copied) break
    }
    salvage = saved
      ? { from: 'damaged', ...saved }
      : { from: 'copy', ...(copied ?? { rows: {}, incomplete: [...tables] }) }
  } finally {
    into.close()
  }
  renameSync(part, `${file}.salvaged`)
  return { setAside: finishSalvage(folder, now) ?? file, ...salvage }
}

/** Puts a salvaged vault in its place: the end of a salvage, also of one that was cut off there. Answers where the damaged one is. */
export const finishSalvage = (folder: string, now: number): string | null => {
  const file = join(folder, 'vault.db')
  const salvaged = `${file}.salvaged`
  if (!existsSync(salvaged)) return null
  const aside = setAside(file, now)
  renameSync(salvaged, file)
  return aside
}
