import { randomUUID } from 'node:crypto'
import type { Clock } from '../../../shared/clock.ts'
import { Failure } from '../../../shared/contract/failure.ts'

/** Bytes handed over at once: a frame of the wire stays small, so that nothing waits long behind it. */
const PART = 384 * 1024
const MOST_HELD = 4
const HELD_MS = 60_000

/** Pieces that were fetched and are being handed over: in memory only, a few, for a minute at most. */
export const makeShelf = (clock: Clock) => {
  const held = new Map<string, { bytes: Uint8Array; stop(): void }>()
  const drop = (ticket: string) => {
    held.get(ticket)?.stop()
    held.delete(ticket)
  }
  return {
    /** Keeps a piece until its last part is taken; answers its ticket. */
    put: (bytes: Uint8Array): string => {
      const ticket = randomUUID()
      for (const oldest of held.keys()) {
        if (held.size < MOST_HELD) break
        drop(oldest)
      }
      held.set(ticket, { bytes, stop: clock.after(HELD_MS, () => drop(ticket)) })
      return ticket
    },
    /** One part; the last one empties its place. `not-found` when it is not there any more. */
    take: (ticket: string, from: number): { base64: string; next: number | null } => {
      const piece = held.get(ticket)
      if (!piece) throw new Failure('not-found', { reason: 'failure.media-gone' })
      const part = Buffer.from(piece.bytes.subarray(from, from + PART))
      const next = from + PART < piece.bytes.byteLength ? from + PART : null
      if (next === null) drop(ticket)
      return { base64: part.toString('base64'), next }
    },
    size: () => held.size,
  }
}
