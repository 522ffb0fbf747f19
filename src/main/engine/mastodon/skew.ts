/** A server says its time to the second, and the answer was under way: what is less than this is no difference. */
const NOISE_MS = 2_000

/** How far a server's clock is ahead of this computer's, by an answer's `Date`, in ms; null where it does not say. */
export const skewOf = (headers: Headers, now: number): number | null => {
  // What a cache before the server kept says how long (RFC 9111, 5.1).
  const age = Number(headers.get('age') ?? 0)
  const skew = Date.parse(headers.get('date') ?? '') + age * 1000 - now
  return Number.isNaN(skew) ? null : Math.abs(skew) < NOISE_MS ? 0 : skew
}
