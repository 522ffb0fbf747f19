import type { ServerKey } from '../../../shared/contract/ids.ts'
import { nextGeneration } from './generation.ts'
import type { ReadDb, WriteDb } from './handle.ts'

/** So many rows go in one transaction: some 20 ms, so that whoever sits at the desk does not notice. */
export const SLICE_ROWS = 150
/** The first of them: some 40 ms, after which a small server has nothing left. */
const FIRST_ROWS = 400

/**
 * An index of words marks what is gone, and takes it out when parts of it are merged. A step of that ends when so many pages are written,
 * however many are read for them: where nothing is left that could be written, it reads all there is. So while a server is emptied no part
 * may be gone by more than half before it is merged, and nothing merges by itself.
 */
const INDEXES = ['report_text', 'account_text'] as const
const PAGES = 8
const usual = { automerge: 4, deletemerge: 10 }
const emptying = { automerge: 0, deletemerge: 50 }

const tune = (db: WriteDb, how: typeof usual): void => {
  for (const index of INDEXES)
    for (const [name, value] of Object.entries(how))
      db.run(`INSERT INTO mirror.${index} (${index}, rank) VALUES (?, CAST(? AS INTEGER))`, [name, value])
}

const changes = (db: ReadDb): number => db.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0

/** Takes a step of what is due to be merged; false where nothing was. */
const merge = (db: WriteDb): boolean =>
  INDEXES.some(index => {
    const before = changes(db)
    db.run(`INSERT INTO mirror.${index} (${index}, rank) VALUES ('merge', CAST(? AS INTEGER))`, [PAGES])
    // The statement itself is one change.
    return changes(db) - before > 1
  })

/** What holds rows of a server: where lists stand before all, then what waits, and what is most of the file at the end. */
const tablesByServer = `
  SELECT m.name FROM mirror.sqlite_schema m JOIN pragma_table_info(m.name, 'mirror') c ON c.name = 'server'
  WHERE m.type = 'table' AND m.name <> 'emptying'
  ORDER BY CASE WHEN m.name = 'cursor' THEN 0 WHEN m.name = 'report' THEN 1 WHEN m.name IN ('account', 'peer', 'post') THEN 3 ELSE 2 END, m.name`

/** Which rows of a table first: the open reports, and accounts as they stand in the file and not as they are spelled. */
const ways: Readonly<Record<string, readonly string[]>> = {
  report: ['AND resolved_at IS NULL', ''],
  account: ['ORDER BY id'],
}

/** False where less than `most` rows were there. */
const removeRows = (db: WriteDb, server: ServerKey, most: number): boolean => {
  let left = most
  for (const table of db.column<string>(tablesByServer))
    for (const which of ways[table] ?? ['']) {
      left -= db.run(`DELETE FROM mirror.${table} WHERE server = ? ${which} LIMIT ?`, [server, left])
      if (left === 0) return true
    }
  return false
}

/** True while a server's part of the mirror is not what the server holds, but what is left of before. */
export const isEmptied = (db: ReadDb, server: ServerKey): boolean =>
  db.get('SELECT 1 FROM mirror.emptying WHERE server = ?', [server]) !== undefined

/** The servers that are being emptied. */
export const emptied = (db: ReadDb): ServerKey[] => db.column('SELECT server FROM mirror.emptying')

/**
 * Forgets some of what a server told; its part of the mirror begins anew when nothing is left. True where there is more: that is noted, and
 * outlives a restart.
 */
export const emptySome = (db: WriteDb, server: ServerKey): boolean => {
  const isUnderWay = isEmptied(db, server)
  if (!isUnderWay) {
    nextGeneration(db)
    db.run('INSERT INTO mirror.emptying VALUES (?)', [server])
    tune(db, emptying)
  } else if (merge(db)) return true
  if (removeRows(db, server, isUnderWay ? SLICE_ROWS : FIRST_ROWS)) return true
  if (emptied(db).length === 1) {
    tune(db, usual)
    // So little as went in the first merges by itself.
    if (isUnderWay && merge(db)) return true
  }
  db.run('DELETE FROM mirror.emptying WHERE server = ?', [server])
  // Numbers of reports that went meanwhile were given again.
  if (isUnderWay) nextGeneration(db)
  return false
}
