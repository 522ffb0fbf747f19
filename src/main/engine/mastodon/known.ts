/** Shorter objects cost less to parse than to find; no server tells longer ones twice. */
const [LEAST_BYTES, LONGEST_BYTES] = [256, 65_536]
/** So many first bytes tell most objects of a server apart: its accounts begin with their id and name. */
const FIRST_BYTES = 40
/** Bytes that are kept of what was told lately, and of what was told before that. */
const MOST_BYTES = 1 << 20

/** Something that a server told, and what it is; nobody may change that. */
export type Told = { bytes: Buffer; value?: unknown }

/**
 * Keeps what a server told in large objects: reports carry whole accounts, of whom they are about, who filed them and who worked on
 * them, the same few over and over. What was not told again for a while is forgotten.
 */
export const makeKnown = () => {
  let lately = new Map<string, Told>()
  let before = new Map<string, Told>()
  let size = 0
  const put = (first: string, told: Told): Told => {
    if (size > MOST_BYTES) {
      before = lately
      lately = new Map()
      size = 0
    }
    lately.set(first, told)
    size += told.bytes.length
    return told
  }
  const firstOf = (body: Buffer, at: number): string => body.toString('latin1', at, at + FIRST_BYTES)
  const isAt = ({ bytes }: Told, body: Buffer, at: number): boolean =>
    at + bytes.length <= body.length && body.compare(bytes, 0, bytes.length, at, at + bytes.length) === 0
  return {
    /** What begins at this place of a body, if just that was told before. */
    find: (body: Buffer, at: number): Told | undefined => {
      const first = firstOf(body, at)
      const told = lately.get(first)
      if (told) return isAt(told, body, at) ? told : undefined
      const older = before.get(first)
      return older && isAt(older, body, at) ? put(first, older) : undefined
    },
    /** Keeps a whole object, unless it is small, or very large. */
    keep: (bytes: Buffer): Told | undefined =>
      bytes.length < LEAST_BYTES || bytes.length > LONGEST_BYTES
        ? undefined
        : put(firstOf(bytes, 0), { bytes: Buffer.from(bytes) }),
  }
}
/** What one server told before. */
export type Known = ReturnType<typeof makeKnown>
