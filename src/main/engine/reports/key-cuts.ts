/** Far more than there are keys, so that few stand in the bucket of another. */
export const BUCKETS = 1 << 18

const [QUOTE, BACKSLASH] = [34, 92]
const PRIME = 0x01000193

/**
 * Where the texts of a JSON array of texts stand: for each its bucket (below BUCKETS, the same for the same text), its first letter's place
 * and the place behind its last, one after the other. Nothing is made of the texts themselves, since tens of thousands of reports have
 * one that no other has. Filled anew by the next call.
 */
export const cutKeys = (json: string): readonly number[] => {
  cuts.length = 0
  let from = -1
  let mixed = 0
  for (let at = 0; at < json.length; at++) {
    const letter = json.charCodeAt(at)
    if (letter === QUOTE) {
      if (from !== -1) cuts.push((mixed ^ (mixed >>> 16)) & (BUCKETS - 1), from, at)
      from = from === -1 ? at + 1 : -1
      mixed = 0
      continue
    }
    mixed = Math.imul(mixed ^ letter, PRIME)
    // What is escaped, a quote above all, ends nothing.
    if (letter === BACKSLASH) mixed = Math.imul(mixed ^ json.charCodeAt(++at), PRIME)
  }
  return cuts
}
const cuts: number[] = []
