/** Chance that comes out the same for the same seed (mulberry32). */
export const makeDice = (seed: number) => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number): number => Math.floor(next() * end)
  return {
    /** From 0 to 1. */
    next,
    /** A whole number from 0, below `end`. */
    below,
    /** A whole number from 0, below `end`; small ones far more often. */
    few: (end: number, steepness = 3): number => Math.floor(next() ** steepness * end),
    pick: <T>(from: readonly [T, ...T[]]): T => from[below(from.length)] ?? from[0],
  }
}
export type Dice = ReturnType<typeof makeDice>
