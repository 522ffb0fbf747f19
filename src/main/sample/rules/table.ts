/** A list of records, ascending by id: adding in order is a push, a look-up and a page are binary searches (a Map of a million ids costs seconds). */
import { compareIds, Serials } from './ids.ts'

/** Records by id; by another key too, where one is given. */
export class Table<T extends { readonly id: string }> {
  private readonly keyOf: ((row: T) => string) | null
  private byKey: Map<string, T> | null = null

  /** With `keyOf` rows are found by that key too; it must never change in a row. */
  constructor(keyOf: ((row: T) => string) | null = null) {
    this.keyOf = keyOf
  }

  /** Makes the next serial id of this table; knows every id that was added. */
  readonly serials = new Serials()
  private readonly rows: T[] = []
  private sorted = true

  get size(): number {
    return this.rows.length
  }

  add(row: T): T {
    const last = this.rows.at(-1)
    if (last !== undefined && compareIds(last.id, row.id) > 0) this.sorted = false
    this.rows.push(row)
    if (this.keyOf !== null) this.byKey?.set(this.keyOf(row), row)
    this.serials.seen(row.id)
    return row
  }

  get(id: string): T | undefined {
    const row = this.all()[placeAbove(this.rows, id) - 1]
    return row?.id === id ? row : undefined
  }

  /** The row with this key (see the constructor); the first question makes the index. */
  find(key: string): T | undefined {
    const { keyOf } = this
    if (keyOf === null) return undefined
    this.byKey ??= new Map(this.rows.map(row => [keyOf(row), row]))
    return this.byKey.get(key)
  }

  remove(id: string): boolean {
    const row = this.get(id)
    if (row === undefined) return false
    if (this.keyOf !== null) this.byKey?.delete(this.keyOf(row))
    this.rows.splice(placeAbove(this.rows, id) - 1, 1)
    return true
  }

  /** All rows, ascending by id. Not to be changed. */
  all(): readonly T[] {
    this.sort()
    return this.rows
  }

  private sort(): void {
    if (this.sorted) return
    this.rows.sort((a, b) => compareIds(a.id, b.id))
    this.sorted = true
  }
}

/** Place of the first row whose id is greater than `id`, in rows ascending by id; the row with `id` itself is the one before. */
export function placeAbove<T extends { readonly id: string }>(rows: readonly T[], id: string): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const row = rows[middle]
    if (row !== undefined && compareIds(row.id, id) <= 0) low = middle + 1
    else high = middle
  }
  return low
}
