import Database from 'better-sqlite3'
import { migrate } from './migrate.ts'

/** What a file is made of, statement by statement; what SQLite keeps of itself for its planner is not of it. */
const partsOf = (raw: Database.Database): string =>
  JSON.stringify(
    raw
      .prepare(
        `SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_stat_' ESCAPE '\\' ORDER BY type, name`,
      )
      .raw()
      .all(),
  )

/**
 * Whether a vault that others may have made is built exactly as the migrations of its version build one: a trigger, a view or another
 * table in it would run with what is written later.
 */
export const isBuiltByUs = (raw: Database.Database, version: number): boolean => {
  const ours = new Database(':memory:')
  try {
    migrate(ours, 'main', version)
    return Number(ours.pragma('user_version', { simple: true })) === version && partsOf(ours) === partsOf(raw)
  } finally {
    ours.close()
  }
}
