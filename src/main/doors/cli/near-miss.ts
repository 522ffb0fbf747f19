/** How many letters must be changed, added, left out or swapped with their neighbour to come from one word to the other. */
const distance = (one: string, other: string): number => {
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1]
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      next[j] = Math.min(
        (next[j - 1] ?? 0) + 1,
        (row[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    before = row
    row = next
  }
  return row[other.length] ?? 0
}

/** The word that was meant, where one is near enough: a third of its letters wrong at most, or the only one that begins so. */
export const nearMiss = (given: string, known: readonly string[]): string | undefined => {
  const word = given.toLowerCase()
  // Nobody mistypes so much, and it would be measured against every word.
  if (word === '' || word.length > 40) return undefined
  const near = known
    .map(name => ({ name, far: distance(word, name) }))
    .filter(({ name, far }) => far <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.far - b.far)
  if (near[0]) return near[0].name
  const begins = known.filter(name => name.startsWith(word))
  return begins.length === 1 ? begins[0] : undefined
}
