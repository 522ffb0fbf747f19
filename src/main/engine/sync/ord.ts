/** Sorts ids of any kind as the server does: as text '9' would come after '10'. */
export const ordOf = (id: string): string => `${id.length < 10 ? '0' : ''}${id.length}${id}`

/** Above every id. */
export const BEYOND = '~'

/** Whether one stands above the other. */
const isHigher = (a: string, b: string): boolean => (a.length === b.length ? a > b : a.length > b.length)

/** The highest and the lowest of these ids. */
export const endsOf = (ids: readonly string[]): { highest: string | null; lowest: string | null } => {
  let [highest, lowest] = [ids[0] ?? null, ids[0] ?? null]
  for (const id of ids) {
    if (highest !== null && isHigher(id, highest)) highest = id
    if (lowest !== null && isHigher(lowest, id)) lowest = id
  }
  return { highest, lowest }
}

/** The higher of two ids. */
export const higher = (a: string | null, b: string | null): string | null =>
  a === null ? b : b === null ? a : isHigher(a, b) ? a : b
