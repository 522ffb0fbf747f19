/** Misbehaviour on command: which fault meets which request. What each does to an answer stands in play.ts. */

/** What can go wrong. */
export type Fault =
  /** The connection is cut before anything happened on the server. */
  | { readonly kind: 'cut-before' }
  /** The effect happens, then the connection is cut: no answer. */
  | { readonly kind: 'cut-after' }
  /** The answer stops in the middle, and the connection with it. */
  | { readonly kind: 'truncated' }
  /** The answer comes in pieces, with pauses. */
  | { readonly kind: 'trickled'; readonly bytes: number; readonly everyMs: number }
  /** The answer comes late: the wait is before the effect, or after it. */
  | { readonly kind: 'delayed'; readonly ms: number; readonly after?: boolean }
  /** The effect happens and no answer ever comes; the connection stays open. */
  | { readonly kind: 'silent' }
  /** JSON of another shape: an object where a list belongs, a list where an object belongs. */
  | { readonly kind: 'wrong-type' }
  /** The right body under another content type. */
  | { readonly kind: 'wrong-content-type'; readonly contentType: string }
  /** An HTML page as a proxy sends it, with 200 or another status, before the effect or in place of the server's answer to it. */
  | { readonly kind: 'html'; readonly status?: number; readonly after?: boolean }
  /** A network's sign-in page: a redirect to another host. */
  | { readonly kind: 'captive-portal' }
  /** 429, with the throttle's headers or (a proxy's) without. */
  | { readonly kind: 'throttled'; readonly headers: boolean }
  /** Another status; before the effect, or after it. 502 to 504 come as HTML, as from a proxy. */
  | { readonly kind: 'status'; readonly status: number; readonly after?: boolean }
  /** The token is revoked, now and for good. */
  | { readonly kind: 'revoked-token' }
  /** The caller loses the role, now and for good. */
  | { readonly kind: 'demoted-role' }
  /** A colleague is faster: the record of this request changes just before it. */
  | { readonly kind: 'moved-record' }
  /** The record of this request is gone. */
  | { readonly kind: 'gone-record' }
  /** Times in headers are wrong by so many milliseconds. */
  | { readonly kind: 'clock-skew'; readonly ms: number }
  /** A page repeats some of its rows. */
  | { readonly kind: 'duplicate-rows' }
  /** A page comes in another order. */
  | { readonly kind: 'out-of-order' }
  /** The server breaks on one record: whatever would show it, a page or the record alone, is a 500 of its own after the effect. */
  | { readonly kind: 'poison'; readonly id: string }
  /** Ids in lists and records are sent beyond 2^53: see server.ts, as this holds from the start. */
  | { readonly kind: 'big-ids' }

/** Which requests a fault meets; absent means any. */
export type FaultMatch = {
  readonly method?: string
  /** Start of the path, or an expression on it. */
  readonly path?: string | RegExp
  /** `acct` of the caller. */
  readonly caller?: string
  /** How many requests it meets. Default 1; `Infinity` for all. */
  readonly times?: number
  /** How many matching requests it lets pass first. Default 0. */
  readonly skip?: number
  /** Share of matching requests it meets, 0 to 1. Default 1. */
  readonly chance?: number
}

type Rule = { readonly fault: Fault; readonly match: FaultMatch; left: number; skip: number }

/** The faults that wait for requests. */
export class Faults {
  private rules: Rule[] = []
  private readonly random: () => number

  /** `random` gives 0 to 1; a seeded one makes chances reproducible. */
  constructor(random: () => number) {
    this.random = random
  }

  /** Adds a fault; by default it meets the next matching request only. What it answers takes that fault away. */
  add(fault: Fault, match: FaultMatch = {}): () => void {
    const rule = { fault, match, left: match.times ?? 1, skip: match.skip ?? 0 }
    this.rules.push(rule)
    return () => {
      this.rules = this.rules.filter(one => one !== rule)
    }
  }

  clear(): void {
    this.rules = []
  }

  /** Faults that still wait. */
  list(): readonly { readonly fault: Fault; readonly left: number }[] {
    return this.rules.map(({ fault, left }) => ({ fault, left }))
  }

  /** The faults for one request; each is used up by it. */
  take(method: string, path: string, caller: string | null): Fault[] {
    const met: Fault[] = []
    for (const rule of this.rules) {
      if (!matches(rule.match, method, path, caller)) continue
      if (rule.skip > 0) rule.skip -= 1
      else if (rule.match.chance === undefined || this.random() < rule.match.chance) {
        rule.left -= 1
        met.push(rule.fault)
      }
    }
    this.rules = this.rules.filter(rule => rule.left > 0)
    return met
  }
}

function matches(match: FaultMatch, method: string, path: string, caller: string | null): boolean {
  if (match.method !== undefined && match.method !== method) return false
  if (match.caller !== undefined && match.caller !== caller) return false
  if (match.path === undefined) return true
  return typeof match.path === 'string' ? path.startsWith(match.path) : match.path.test(path)
}
