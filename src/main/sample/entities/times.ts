/** Times as Mastodon writes them (contract K.1). */

const dayLength = 86_400_000

/** `2026-08-06T10:15:00.123Z`. */
export function iso(time: number): string {
  return new Date(time).toISOString()
}

/** The same, null for null. */
export function isoOrNull(time: number | null): string | null {
  return time === null ? null : iso(time)
}

const days = new Map<number, string>()

/** `2026-08-06`. Days recur all the time, so each is written once. */
export function day(time: number): string {
  const start = Math.floor(time / dayLength)
  let text = days.get(start)
  if (text === undefined) {
    text = iso(time).slice(0, 10)
    days.set(start, text)
  }
  return text
}

/** Midnight UTC of the day. */
export function midnight(time: number): number {
  return time - (((time % dayLength) + dayLength) % dayLength)
}

/** The next days' midnights from `from` to `to`, both included. */
export function daysBetween(from: number, to: number): number[] {
  const days: number[] = []
  for (let at = midnight(from); at <= midnight(to); at += dayLength) days.push(at)
  return days
}

/** Seven History entries, today first (contract F.5). */
export function sevenDays(
  now: number,
  counts: readonly { readonly accounts: number; readonly uses: number }[],
): object[] {
  return Array.from({ length: 7 }, (_, back) => ({
    day: String((midnight(now) - back * dayLength) / 1000),
    accounts: String(counts[back]?.accounts ?? 0),
    uses: String(counts[back]?.uses ?? 0),
  }))
}
