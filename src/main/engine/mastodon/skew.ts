/** A server says its time to the second, and the answer was under way: what is less than this is no difference. */
const NOISE_MS = 2_000
/** A computer whose battery is dead thinks it is 1970; what differs by more than a century is no clock. */
const MOST_MS = 100 * 366 * 86_400_000

/** How far a server's clock is ahead of this computer's, by an answer's `Date`, in whole ms; null where it does not say, or nonsense. */
export const skewOf = (headers: Headers, now: number): number | null => {
  // What a cache before the server kept says how long, in seconds (RFC 9111, 5.1).
  const age = headers.get('age') ?? '0'
  if (!/^\d{1,7}$/.test(age)) return null
  const skew = Math.round(Date.parse(headers.get('date') ?? '') + Number(age) * 1000 - now)
  if (Number.isNaN(skew) || Math.abs(skew) > MOST_MS) return null
  return Math.abs(skew) < NOISE_MS ? 0 : skew
}
