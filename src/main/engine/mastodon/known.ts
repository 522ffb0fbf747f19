/** Shorter objects cost less to parse than to find; no server tells longer ones twice. */
const [LEAST_BYTES, LONGEST_BYTES] = [256, 65_536]
/** So many first bytes tell most objects of a server apart: its accounts begin with their id and name. */
const FIRST_BYTES = 40
/** Bytes that are kept of what was told lately, and of what was told before that. */
const MOST_BYTES = 1 << 20

/** Something that a server told, and what it is; nobody may change that. */
export type Told = { bytes: Buffer; value?: unknown }

/**
 * What a server told in large objects: reports carry whole accounts, of whom they are about, who filed them and who worked on them, the
 * same few over and over. What was not told again for a while is forgotten.
 */
export type Known = { lately: Map<string, Told>; before: Map<string, Told>; size: number }

/** Nothing is known of a server yet. */
export const makeKnown = (): Known => ({ lately: new Map(), before: new Map(), size: 0 })

const put = (known: Known, first: string, told: Told): Told => {
  if (known.size > MOST_BYTES) {
    known.before = known.lately
    known.lately = new Map()
    known.size = 0
  }
  known.lately.set(first, told)
  known.size += told.bytes.length
  return told
}

const firstOf = (body: Buffer, at: number): string => body.toString('latin1', at, at + FIRST_BYTES)
const isAt = ({ bytes }: Told, body: Buffer, at: number): boolean =>
  at + bytes.length <= body.length && body.compare(bytes, 0, bytes.length, at, at + bytes.length) === 0

/** What begins at this place of a body, if just that was told before. */
export const findTold = (known: Known, body: Buffer, at: number): Told | undefined => {
  const first = firstOf(body, at)
  const told = known.lately.get(first)
  if (told) return isAt(told, body, at) ? told : undefined
  const older = known.before.get(first)
  return older && isAt(older, body, at) ? put(known, first, older) : undefined
}

/** Keeps a whole object, unless it is small, or very large. */
export const keepTold = (known: Known, bytes: Buffer): Told | undefined =>
  bytes.length < LEAST_BYTES || bytes.length > LONGEST_BYTES
    ? undefined
    : put(known, firstOf(bytes, 0), { bytes: Buffer.from(bytes) })
