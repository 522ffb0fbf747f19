/** Sorts ids of any kind as the server does: as text '9' would come after '10'. */
export const ordOf = (id: string): string => `${String(id.length).padStart(2, '0')}${id}`

const byOrd = (a: string, b: string) => (ordOf(a) < ordOf(b) ? -1 : ordOf(a) > ordOf(b) ? 1 : 0)

/** The highest and the lowest of these ids. */
export const endsOf = (ids: readonly string[]): { highest: string | null; lowest: string | null } => {
  const sorted = [...ids].sort(byOrd)
  return { highest: sorted.at(-1) ?? null, lowest: sorted[0] ?? null }
}

/** The higher of two ids. */
export const higher = (a: string | null, b: string | null): string | null =>
  a === null ? b : b === null ? a : byOrd(a, b) > 0 ? a : b
