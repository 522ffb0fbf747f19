import type Database from 'better-sqlite3'
import { isDamage } from './handle.ts'

type Key = string | number
type Row = Record<string, unknown>

/** A text about half way between two others, as SQLite's BINARY order has it. */
const textBetween = (low: string, high: string): string => {
  let same = 0
  while (same < low.length && low[same] === high[same]) same++
  const weigh = (text: string) =>
    [0, 1, 2, 3, 4].reduce((sum, at) => sum * 96 + Math.max(0, (text.charCodeAt(same + at) || 32) - 31), 0)
  let middle = Math.floor((weigh(low) + weigh(high)) / 2)
  let digits = ''
  for (let at = 0; at < 5; at++) {
    digits = String.fromCharCode(31 + Math.min(95, Math.max(1, middle % 96))) + digits
    middle = Math.floor(middle / 96)
  }
  return low.slice(0, same) + digits
}

const between = (low: Key, high: Key): Key =>
  typeof low === 'number' && typeof high === 'number'
    ? Math.floor((low + high) / 2)
    : textBetween(String(low), String(high))

/** Halvings without a new row after which what is left counts as the damage itself. */
const PATIENCE = 10

/** Where a table is read: `key` orders it, within each of the `parts` of the column `part`, or as a whole. */
export type Place = { table: string; key: string; part: { column: string; values: readonly string[] } | null }

/**
 * Every row of a table that a damaged file still gives: from the start to the damage, from the end back to it, and then from ever
 * finer places in between, so that what lies between two damaged pages comes too. Rows may come twice. `broken` is told of damage.
 */
export const rowsAround = function* (from: Database.Database, place: Place, broken: () => void): Generator<Row> {
  const { table, key, part } = place
  const keyOf = (row: Row): Key => (typeof row[key] === 'number' ? row[key] : String(row[key]))
  for (const value of part?.values ?? [null]) {
    /** Reads one way within bounds; returns the last key that could be read, and whether the end was reached. */
    const scan = function* (way: 'ASC' | 'DESC', low: Key | null, high: Key | null) {
      let last: Key | null = null
      // Bounds stand in the statement only where there are some: else it would walk there through the damage, not seek.
      const bounds = [
        ...(part ? [`${part.column} = @value`] : []),
        ...(low === null ? [] : [`${key} >= @low`]),
        ...(high === null ? [] : [`${key} <= @high`]),
      ]
      try {
        const rows = from
          .prepare<[object], Row>(
            `SELECT * FROM ${table} ${bounds.length > 0 ? `WHERE ${bounds.join(' AND ')}` : ''} ORDER BY ${part ? `${part.column} ${way}, ` : ''}${key} ${way}`,
          )
          .iterate({ low, high, value })
        for (const row of rows) {
          last = keyOf(row)
          yield row
        }
        return { last, whole: true }
      } catch (error) {
        if (!isDamage(error)) throw error
        broken()
        return { last, whole: false }
      }
    }
    const fill = function* (low: Key, high: Key, patience: number): Generator<Row> {
      const middle = between(low, high)
      if (patience === 0 || middle <= low || middle >= high) return
      const down = yield* scan('DESC', low, middle)
      const up = yield* scan('ASC', middle, high)
      if (!down.whole) yield* fill(low, down.last ?? middle, down.last === null ? patience - 1 : PATIENCE)
      if (!up.whole) yield* fill(up.last ?? middle, high, up.last === null ? patience - 1 : PATIENCE)
    }
    const first = yield* scan('ASC', null, null)
    if (first.whole) continue
    const last = yield* scan('DESC', null, null)
    if (first.last !== null && last.last !== null) yield* fill(first.last, last.last, PATIENCE)
  }
}
