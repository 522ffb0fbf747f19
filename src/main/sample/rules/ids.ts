/**
 * Ids as Mastodon makes them: decimal text. Accounts, statuses and media have snowflakes (48 bits of milliseconds, 16 bits of
 * sequence; contract K.2), which exceed 2^53; reports, blocks, rules and tags have small serials.
 */

/** Compares two ids by their value: negative when `a` is smaller. Works beyond 2^53 and for negative ids. */
export function compareIds(a: string, b: string): number {
  const negative = a.startsWith('-')
  if (negative !== b.startsWith('-')) return negative ? -1 : 1
  const shorter = a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
  return negative ? -shorter : shorter
}

/** Makes snowflake ids: always rising for one generator, also when the clock stands still or goes back. */
export class Snowflakes {
  private last = '0'

  /** The id of something made at `at` (milliseconds since 1970): greater than every id this generator gave or saw before. */
  next(at: number): string {
    const wanted = (BigInt(Math.trunc(at)) << 16n).toString()
    this.last = compareIds(wanted, this.last) > 0 ? wanted : (BigInt(this.last) + 1n).toString()
    return this.last
  }

  /** Tells the generator that an id is taken, so that later ones come after it. */
  seen(id: string): void {
    if (compareIds(id, this.last) > 0) this.last = id
  }
}

/** A snowflake for things that were made in the past, in any order: `at` in milliseconds, `salt` from 0 to 65535 tells equals apart. */
export function snowflakeAt(at: number, salt: number): string {
  return ((BigInt(Math.trunc(at)) << 16n) | BigInt(salt & 0xffff)).toString()
}

/** Makes serial ids: '1', '2', … */
export class Serials {
  private last = '0'

  /** The next serial as text. */
  next(): string {
    this.last = (BigInt(this.last) + 1n).toString()
    return this.last
  }

  /** Tells the generator that an id is taken, so that later ones come after it. */
  seen(id: string): void {
    if (compareIds(id, this.last) > 0) this.last = id
  }
}
