import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../../shared/clock.ts'

/** How long a code can be redeemed. */
const CODE_MS = 60_000
/** Codes and sessions that are kept at once; the oldest goes. */
const KEPT = 32
/** Wrong codes a minute after which further ones wait: one second, then two, and so on. */
const PATIENCE = 10
const MINUTE = 60_000
const LONGEST_S = 8

/** 256 bits, as text that fits in an address, a cookie and JSON. */
const newSecret = () => randomBytes(32).toString('base64url')
/** Secrets are found by their hash, so that the time of a comparison says nothing about them. */
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64')

/**
 * One browser that redeemed a code. Its tab gets a second secret, since cookies reach every port of this computer: the same one
 * again until the page speaks on, so that a reload before that does not lose it, and then never more.
 */
type Session = { tab: string | undefined; kept: boolean }

/** Who may come in: one-time codes, the cookies they were changed for, and the secrets of tabs. All die with the process. */
export type Entry = {
  /** A new code, for one use within a minute. */
  newCode(): string
  /** The cookie for a code; when it is unknown, old or used, how long that answer waits: longer the more there were. */
  redeem(code: string): { cookie: string } | { waitMs: number }
  isCookie(values: readonly string[]): boolean
  /** What a page's first word is answered with: its tab's secret, or nothing when it may not come in. */
  admit(cookies: readonly string[], tab: string | null): string | undefined
  /** The page spoke on after its hello, so it has its tab's secret. */
  keep(cookies: readonly string[]): void
  /** Whether a tab that was let in asks for the file of that name. */
  isPass(pass: string, name: string): boolean
}

const keepNewest = (map: Map<string, unknown>) => {
  for (const key of [...map.keys()].slice(0, Math.max(0, map.size - KEPT))) map.delete(key)
}

/** An empty register, for one process. */
export const makeEntry = (clock: Clock): Entry => {
  const codes = new Map<string, number>()
  const sessions = new Map<string, Session>()
  const tabs = new Map<string, true>()
  let wrong: number[] = []
  const sessionOf = (cookies: readonly string[]) => {
    for (const cookie of cookies) {
      const session = sessions.get(hashOf(cookie))
      if (session) return session
    }
    return undefined
  }
  return {
    newCode: () => {
      const code = newSecret()
      codes.set(hashOf(code), clock.now() + CODE_MS)
      keepNewest(codes)
      return code
    },
    redeem: code => {
      const until = codes.get(hashOf(code))
      codes.delete(hashOf(code))
      if (until !== undefined && clock.now() <= until) {
        const cookie = newSecret()
        sessions.set(hashOf(cookie), { tab: undefined, kept: false })
        keepNewest(sessions)
        return { cookie }
      }
      wrong = [...wrong.filter(at => at > clock.now() - MINUTE), clock.now()].slice(-PATIENCE - LONGEST_S)
      return { waitMs: Math.max(0, wrong.length - PATIENCE) * 1000 }
    },
    isCookie: cookies => sessionOf(cookies) !== undefined,
    admit: (cookies, tab) => {
      const session = sessionOf(cookies)
      if (!session) return undefined
      if (tab !== null) return tabs.has(hashOf(tab)) ? tab : undefined
      if (session.kept) return undefined
      session.tab ??= newSecret()
      tabs.set(hashOf(session.tab), true)
      keepNewest(tabs)
      return session.tab
    },
    keep: cookies => {
      const session = sessionOf(cookies)
      if (!session) return
      session.kept = true
      session.tab = undefined
    },
    isPass: (pass, name) => {
      const given = Buffer.from(pass)
      const rights = [...tabs.keys()].map(tab =>
        Buffer.from(createHash('sha256').update(`${tab} ${name}`).digest('base64url')),
      )
      return rights.some(right => given.length === right.length && timingSafeEqual(given, right))
    },
  }
}
