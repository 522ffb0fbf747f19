import Database from 'better-sqlite3'
import { Failure } from '../../../shared/contract/failure.ts'
import { diskFailure } from '../../../shared/disk-failure.ts'

/** Values of one statement, by name (`@name`) or by place. */
export type Params = Readonly<Record<string, string | number | null>> | readonly (string | number | null)[]

/** Reads. `Row` is what the statement's columns are; the schema is STRICT, so the statement is the proof. */
export type ReadDb = {
  all<Row>(sql: string, params?: Params): Row[]
  get<Row>(sql: string, params?: Params): Row | undefined
  /** The first column of every row. */
  column<Value>(sql: string, params?: Params): Value[]
  /** Row by row, for what does not fit in memory. Nothing may be written while it runs. */
  each<Row>(sql: string, params?: Params): IterableIterator<Row>
}

/** Reads and writes; exists only inside `gate.write`. `run` answers how many rows changed. */
export type WriteDb = ReadDb & {
  run(sql: string, params?: Params): number
  /** Inserts one row and answers its number. */
  insert(sql: string, params?: Params): number
  /**
   * Does this at the end of the transaction, in the order it was told. For rows of a full-text index: they are held in memory until a
   * statement that may be taken back by itself (one with a trigger, an upsert) begins, and each time written down as a part of the index
   * that has to be merged with the others.
   */
  last(work: () => void): void
}

/** What SQLite, or the system, says of a full, read-only or damaged disk, as the one failure that people can act on. */
export const asStorageFailure = (error: unknown): unknown => {
  if (isDamage(error)) return new Failure('storage', { reason: 'failure.damaged' })
  return diskFailure(error) ?? error
}

/** True for what SQLite says of a file that is no database or no longer a whole one. */
export const isDamage = (error: unknown): boolean =>
  error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)

/** What every connection keeps to, whatever is in its file: nothing in a schema runs that was not ours, and what is damaged is noticed. */
export const harden = (raw: Database.Database): Database.Database => {
  for (const [name, value] of guards) {
    raw.pragma(`${name} = ${value}`)
    const now = raw.pragma(name, { simple: true })
    if (now !== undefined && now !== value) throw new Error(`pragma ${name} is ${now}, not ${value}`)
  }
  return raw
}
const guards: readonly (readonly [string, number])[] = [
  ['foreign_keys', 1],
  ['trusted_schema', 0],
  ['cell_size_check', 1],
  ['secure_delete', 1],
]

/** Prepares each statement once and hides the driver, so that no other folder knows it. */
export const handleOf = (raw: Database.Database): WriteDb => {
  const makePrepared = (make: (sql: string) => Database.Statement<unknown[]>) => {
    const prepared = new Map<string, Database.Statement<unknown[]>>()
    return (sql: string) => {
      const known = prepared.get(sql)
      if (known) return known
      const made = make(sql)
      prepared.set(sql, made)
      return made
    }
  }
  const statement = makePrepared(sql => raw.prepare<unknown[]>(sql))
  const ofFirst = makePrepared(sql => raw.prepare<unknown[]>(sql).pluck())
  const given = (params: Params = []): unknown[] => (Array.isArray(params) ? params : [params])
  return {
    all: (sql, params) => statement(sql).all(...given(params)) as never,
    get: (sql, params) => statement(sql).get(...given(params)) as never,
    column: (sql, params) => ofFirst(sql).all(...given(params)) as never,
    each: (sql, params) => raw.prepare<unknown[]>(sql).iterate(...given(params)) as never,
    run: (sql, params) => statement(sql).run(...given(params)).changes,
    insert: (sql, params) => Number(statement(sql).run(...given(params)).lastInsertRowid),
    last: work => work(),
  }
}
