import type { Brigade } from '../../../shared/contract/reports.ts'

/** So many reporters within so long are said to be many. */
const LEAST_REPORTERS = 8
const WITHIN_MS = 6 * 3_600_000

/**
 * The moment with the most reporters about one account, if they are many: reports by time, each with the number of who filed it (0:
 * nobody knows). Servers that file all under one name count as one reporter each.
 */
export const findBrigade = (reports: readonly { at: number; by: number }[]): Brigade | null => {
  const within = new Map<number, number>()
  let best: Brigade | null = null
  let from = 0
  for (const [to, { at, by }] of reports.entries()) {
    within.set(by, (within.get(by) ?? 0) + 1)
    for (; at - (reports[from]?.at ?? at) > WITHIN_MS; from++) {
      const gone = reports[from]?.by ?? 0
      const left = (within.get(gone) ?? 0) - 1
      if (left > 0) within.set(gone, left)
      else within.delete(gone)
    }
    const reporters = within.size - (within.has(0) ? 1 : 0)
    if (reporters >= LEAST_REPORTERS && reporters >= (best?.reporters ?? 0))
      best = { reporters, reports: to - from + 1, withinMs: at - (reports[from]?.at ?? at) }
  }
  return best
}
