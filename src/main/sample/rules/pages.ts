/** One page of a list: contract (d). Newest first; ids compared by value. */
import { fits64Bits, isPresent, leadingInteger } from './casts.ts'
import { Crash } from './refusals.ts'
import { placeAbove } from './table.ts'

/** Which page: a limit and cursors as text ids, null where absent. */
export type PageRequest = {
  readonly limit: number
  readonly maxId: string | null
  readonly minId: string | null
  readonly sinceId: string | null
}

/** Rows of a page and the ids of its Link header: `next` when full, `prev` when not empty. */
export type Page<T> = {
  readonly rows: readonly T[]
  readonly nextMaxId: string | null
  readonly prevMinId: string | null
}

/** `limit` as the server reads it: absolute, clamped; a word is 0. */
export function limitOf(value: unknown, standard: number, maximum: number): number {
  if (value === undefined || value === null) return standard
  const given = leadingInteger(value)
  const size = given < 0n ? -given : given
  return size > BigInt(maximum) ? maximum : Number(size)
}

function cursorOf(value: unknown): string | null {
  if (!isPresent(value)) return null
  const id = leadingInteger(value)
  if (!fits64Bits(id)) throw new Crash('cursor beyond 64 bits')
  return id.toString()
}

/** Reads `limit`, `max_id`, `min_id`, `since_id`. A cursor beyond 64 bits is a 500; one that is no number is 0. */
export function pageRequest(params: Readonly<Record<string, unknown>>, standard: number, maximum: number): PageRequest {
  return {
    limit: limitOf(params.limit, standard, maximum),
    maxId: cursorOf(params.max_id),
    minId: cursorOf(params.min_id),
    sinceId: cursorOf(params.since_id),
  }
}

/** The page of `rows` (ascending by id) that is asked for, of those that `fits` lets through. */
export function pageOf<T extends { readonly id: string }>(
  rows: readonly T[],
  request: PageRequest,
  fits: (row: T) => boolean = () => true,
): Page<T> {
  const { limit, maxId, minId, sinceId } = request
  const found: T[] = []
  const low = minId ?? sinceId
  const first = low === null ? 0 : placeAbove(rows, low)
  // max_id itself is left out: stop below the first row that is not smaller.
  let last = maxId === null ? rows.length : placeAbove(rows, maxId)
  if (maxId !== null && rows[last - 1]?.id === maxId) last -= 1
  if (minId !== null) {
    for (let at = first; at < last && found.length < limit; at += 1) {
      const row = rows[at]
      if (row !== undefined && fits(row)) found.push(row)
    }
    found.reverse()
  } else {
    for (let at = last - 1; at >= first && found.length < limit; at -= 1) {
      const row = rows[at]
      if (row !== undefined && fits(row)) found.push(row)
    }
  }
  return { rows: found, nextMaxId: found.length === limit ? lastId(found) : null, prevMinId: found[0]?.id ?? null }
}

/** A full page without rows (`limit=0`) makes the real server fail (contract d). */
function lastId(rows: readonly { readonly id: string }[]): string {
  const id = rows.at(-1)?.id
  if (id === undefined) throw new Crash('a full page without rows')
  return id
}
