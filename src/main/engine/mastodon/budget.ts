import type { Clock } from '../../../shared/clock.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import { skewOf } from './skew.ts'

/** Who asks: a person who waits for it, a decision on its way, a decision of a batch, or work that can wait. */
export type RequestClass = 'interactive' | 'decision' | 'batch' | 'background'

/** Mastodon's limits for one token of one user (contract c). Windows are aligned to the epoch, in milliseconds. */
const limits = {
  token: { limit: 300, window: 300_000 },
  user: { limit: 1500, window: 300_000 },
  paging: { limit: 300, window: 900_000 },
} as const
type Bucket = keyof typeof limits

/** What batches and work that can wait may take of each limit; the rest is for the person's own browser. */
const BACKGROUND_SHARE = 0.6
const MOST_WAIT_MS = 900_000
/** After a refusal everyone who was refused waits for the same moment: each comes up to so much later, by chance. */
const SPREAD_MS = 9_000
/**
 * Every answer of a Mastodon that has limits names them (contract c). After so many good answers in a row that name none, and as long
 * as none was refused, decisions go out as they come; work that can wait keeps to the usual limits all the same.
 */
const SILENT_ANSWERS = 20

const shareOf = (cls: RequestClass) => (cls === 'background' || cls === 'batch' ? BACKGROUND_SHARE : 1)

/** The request budget of one signed-in server. */
export type Budget = {
  /**
   * Waits for a place and takes it. Fails with `cancelled`, or for a person or a decision with `rate-limited` and `seconds` instead of
   * waiting long: a decision waits in the journal, where it can be seen and taken back.
   */
  take(cls: RequestClass, paging: boolean, signal: AbortSignal): Promise<void>
  /** Learns from the answer's `X-RateLimit-*` headers, which describe whichever limit is nearest (contract c). `writes`: it was a deed. */
  learn(answer: { status: number; headers: Headers; paging: boolean; writes?: boolean }): void
  /** Calls used in the current 5 minutes, ours and others', as far as is known. */
  used(): { used: number; limit: number }
  /** The same of paged calls, in the current 15 minutes. */
  usedPaged(): { used: number; limit: number }
  /** When the next request of that class and kind may go; now, when it may go at once. */
  nextAt(cls: RequestClass, paging: boolean): number
  /** Milliseconds that so many requests of that class, all of them paged or none, take at least under the limits. */
  timeFor(cls: RequestClass, requests: number, paging?: boolean): number
}

/** Reads a reset as Mastodon sends it (ISO 8601), or as proxies do (seconds or milliseconds of the epoch, seconds from now). */
const readReset = (text: string | null, now: number): number | undefined => {
  if (text === null) return undefined
  const number = Number(text)
  const at = Number.isNaN(number)
    ? Date.parse(text)
    : number > 1e12
      ? number
      : number > 1e9
        ? number * 1000
        : now + number * 1000
  return Number.isNaN(at) ? undefined : Math.min(Math.max(at, now + 1000), now + MOST_WAIT_MS)
}

/** How long a proxy that speaks the draft of IETF's `RateLimit` asks to wait: `"default";r=0;t=30`, the longest of several; in seconds. */
const readDraft = (text: string | null): string | null => {
  const waits = [...(text ?? '').matchAll(/;\s*t=(\d{1,6})\b/g)].map(([, seconds]) => Number(seconds))
  return waits.length === 0 ? null : String(Math.max(...waits))
}

/**
 * Whether a 429 comes from Mastodon itself and not from the throttle before it (contract c): of the deed of which there may be so many a
 * day, such as reports filed. The throttle's own names one of its limits, of which nothing remains, and lets nothing through.
 */
export const isFromWithin = (headers: Headers): boolean => {
  const [limit, remaining] = [headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')]
  if (limit === null || remaining === null) return false
  return (
    Number(remaining) > 0 || (/^\d+$/.test(limit) && !Object.values(limits).some(one => one.limit === Number(limit)))
  )
}

/** Makes a budget; `random` spreads wake-ups over a second, and those after a refusal over ten, so that several clients do not come at once. */
export const makeBudget = (clock: Clock, random: () => number = Math.random): Budget => {
  const counts: Record<Bucket, { window: number; used: number }> = {
    token: { window: 0, used: 0 },
    user: { window: 0, used: 0 },
    paging: { window: 0, used: 0 },
  }
  /** How far the server's clock is ahead: its windows begin and end by that one, and all times here but `nextAt` are its own. */
  let skew = 0
  const time = () => clock.now() + skew
  /** A server may live before 1970, so that no moment is early enough to mean never. `paged`: only calls of pages are refused. */
  const closed = { all: Number.NEGATIVE_INFINITY, paged: Number.NEGATIVE_INFINITY }
  let refusals = 0
  let silent = 0
  const isUnlimited = (cls: RequestClass) => silent >= SILENT_ANSWERS && (cls === 'decision' || cls === 'batch')
  const current = (bucket: Bucket) => {
    const window = Math.floor(time() / limits[bucket].window)
    if (counts[bucket].window !== window) counts[bucket] = { window, used: 0 }
    return counts[bucket]
  }
  const endOf = (bucket: Bucket) => (Math.floor(time() / limits[bucket].window) + 1) * limits[bucket].window
  const bucketsOf = (paging: boolean): Bucket[] => (paging ? ['token', 'user', 'paging'] : ['token', 'user'])
  const freeAt = (cls: RequestClass, paging: boolean): number => {
    // Nothing is closed for longer than that: a clock that was set back must not make a minute last for years.
    const most = time() + MOST_WAIT_MS + SPREAD_MS
    closed.all = Math.min(closed.all, most)
    closed.paged = Math.min(closed.paged, most)
    const closedUntil = paging ? Math.max(closed.all, closed.paged) : closed.all
    if (isUnlimited(cls)) return closedUntil
    const share = shareOf(cls)
    const ends = bucketsOf(paging).map(bucket =>
      current(bucket).used < limits[bucket].limit * share ? closedUntil : endOf(bucket),
    )
    return Math.max(closedUntil, ...ends)
  }
  const sleep = (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const cancel = () => {
        stop()
        reject(new Failure('cancelled'))
      }
      const stop = clock.after(ms, () => {
        signal.removeEventListener('abort', cancel)
        resolve()
      })
      signal.addEventListener('abort', cancel, { once: true })
    })
  return {
    take: async (cls, paging, signal) => {
      for (;;) {
        if (signal.aborted) throw new Failure('cancelled')
        const wait = freeAt(cls, paging) - time()
        if (wait <= 0) break
        if (cls !== 'background' && wait > 5000) throw new Failure('rate-limited', { seconds: Math.ceil(wait / 1000) })
        await sleep(wait + random() * 1000, signal)
      }
      for (const bucket of bucketsOf(paging)) current(bucket).used++
    },
    learn: ({ status, headers, paging, writes = false }) => {
      const told = skewOf(headers, clock.now())
      if (told !== null && told !== skew) {
        // What was closed stays so for as long as it was.
        closed.all += told - skew
        closed.paged += told - skew
        skew = told
      }
      const now = time()
      const reset = readReset(headers.get('x-ratelimit-reset'), now)
      const [limit, remaining] = [
        Number(headers.get('x-ratelimit-limit')),
        Number(headers.get('x-ratelimit-remaining') ?? NaN),
      ]
      const named =
        limit > 0 && remaining >= 0 && reset !== undefined
          ? bucketsOf(paging).filter(bucket => limits[bucket].limit === limit && Math.abs(endOf(bucket) - reset) < 2000)
          : []
      for (const bucket of named) current(bucket).used = Math.max(current(bucket).used, limit - remaining)
      // What the server limits by itself is that one deed, and neither pages nor other decisions.
      if (status === 429 && writes && isFromWithin(headers)) {
        closed.all = Math.max(closed.all, now + 1000)
        return
      }
      if (status === 200 && silent >= 0) silent = headers.has('x-ratelimit-limit') ? 0 : silent + 1
      if (status === 429) silent = Number.NEGATIVE_INFINITY
      if (status !== 429) {
        refusals = 0
        return
      }
      refusals++
      // Mastodon sends no Retry-After (contract c); what stands before it may, and then the later one counts.
      const asked = [
        reset,
        readReset(headers.get('retry-after'), now),
        readReset(readDraft(headers.get('ratelimit')), now),
      ].filter(at => at !== undefined)
      const until = asked.length > 0 ? Math.max(...asked) : now + Math.min(60_000 * 2 ** (refusals - 1), MOST_WAIT_MS)
      // Pages are short because a person reads many in their browser: decisions need none, and go on.
      const isOfPages = asked.length === 1 && named.length === 1 && named[0] === 'paging'
      closed[isOfPages ? 'paged' : 'all'] = until + random() * SPREAD_MS
    },
    used: () => ({ used: current('token').used, limit: limits.token.limit }),
    usedPaged: () => ({ used: current('paging').used, limit: limits.paging.limit }),
    nextAt: (cls, paging) => Math.max(clock.now(), freeAt(cls, paging) - skew),
    timeFor: (cls, requests, paging = false) => {
      if (isUnlimited(cls)) return 0
      const bucket = paging ? 'paging' : 'token'
      const { limit, window } = limits[bucket]
      const most = Math.floor(limit * shareOf(cls))
      const later = requests - Math.max(0, most - current(bucket).used)
      if (later <= 0) return 0
      return endOf(bucket) - time() + (Math.ceil(later / most) - 1) * window
    },
  }
}
