import type { Folding } from '../../../shared/contract/reports.ts'

/** The places of the lines that are shown, in their order; null where that is all of them. */
export type Shown = Int32Array | null

/** Folds groups to their heads: `lines` as an order has them, `nameAt` the name of the group whose head stands at a place. */
export const foldLines = (lines: Int32Array, nameAt: (at: number) => string, { all, but }: Folding): Shown => {
  if (!all && but.length === 0) return null
  const named = new Set(but)
  const shown = new Int32Array(lines.length)
  let count = 0
  for (let at = 0; at < lines.length; ) {
    const reports = -(lines[at] ?? 0)
    // Without groups there is nothing to fold.
    if (reports <= 0) return null
    shown[count++] = at
    if (all === named.has(nameAt(at))) for (let row = 1; row <= reports; row++) shown[count++] = at + row
    at += reports + 1
  }
  return count === lines.length ? null : shown.subarray(0, count)
}

/** The place of what is shown as the line `index`. */
export const placeOf = (shown: Shown, index: number): number => (shown === null ? index : (shown[index] ?? -1))

/** Whether the line `index`, which is a head, stands for its whole group. */
export const isFolded = (shown: Shown, index: number): boolean =>
  shown !== null && shown[index + 1] !== (shown[index] ?? 0) + 1

/** The line that shows a place: its own, or the head that hides it. */
export const lineOf = (shown: Shown, place: number): { index: number; hidden: boolean } => {
  if (shown === null || place < 0) return { index: place, hidden: false }
  let [low, high] = [0, shown.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((shown[middle] ?? 0) <= place) low = middle + 1
    else high = middle
  }
  return { index: low - 1, hidden: shown[low - 1] !== place }
}
