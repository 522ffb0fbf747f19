import { Failure } from '../../../shared/contract/failure.ts'
import { isFromWithin } from './budget.ts'
import type { Exchange } from './request.ts'

/**
 * What a write came to (DESIGN §6). `not-sent` and `throttled` go back to the queue; `refused`, `forbidden` and `signed-out` are the
 * server's no; `unknown` must be read back and never sent again by itself. A status decides, never an error's text: it is translated.
 * `page`: what stands before the server answered in its place, and nothing was heard of the server itself.
 */
export type Outcome =
  | { kind: 'done'; status: number; json: unknown }
  | { kind: 'not-sent' | 'throttled'; status: number | null; failure: Failure }
  | { kind: 'refused' | 'forbidden' | 'signed-out'; status: number; json: unknown }
  | { kind: 'unknown'; status: number | null; failure: Failure | null }
  | { kind: 'page'; status: number; failure: Failure }

/** Reads the outcome of a write from its exchange. */
export const outcomeOf = (exchange: Exchange): Outcome => {
  if (exchange.fate === 'not-sent') return { kind: 'not-sent', status: null, failure: exchange.failure }
  if (exchange.fate === 'unknown') return { kind: 'unknown', status: null, failure: exchange.failure }
  const { status, json, headers } = exchange
  if (status === 200 && json !== undefined) return { kind: 'done', status, json }
  // Mastodon says no in JSON. What is none comes from what stands before it: no word on the decision, the role or the token. Most of
  // them let nothing through, but some read the answer that they then keep back.
  if (status >= 400 && json === undefined) return { kind: 'page', status, failure: failureOf(status, false) }
  // One from within was begun: what of it happened has to be read (security.md F14).
  if (status === 429 && isFromWithin(headers)) return { kind: 'unknown', status, failure: null }
  if (status === 429) return { kind: 'throttled', status, failure: new Failure('rate-limited') }
  if (status === 401) return { kind: 'signed-out', status, json }
  if (status === 403) return { kind: 'forbidden', status, json }
  if (status === 400 || status === 404 || status === 422) return { kind: 'refused', status, json }
  return { kind: 'unknown', status, failure: null }
}

/** Why an answer is none of use. */
const failureOf = (status: number, isJson: boolean): Failure => {
  if (status === 401 && isJson) return new Failure('signed-out', { status })
  // A ban of one's address, and what stands before Mastodon, say nothing of role or list (contract A.7).
  if (status === 403 && !isJson) return new Failure('upstream', { status, reason: 'failure.network-refused' })
  if (status === 403) return new Failure('not-allowed', { status, reason: 'failure.role' })
  if (status === 404 && isJson) return new Failure('not-found', { status })
  if (status === 410) return new Failure('upstream', { status, reason: 'failure.shut-down' })
  if (status === 429) return new Failure('rate-limited', { status })
  // What a network answers that wants its users to sign in first (RFC 6585).
  if (status === 511) return new Failure('offline', { status, reason: 'failure.network-sign-in' })
  if (status >= 500) return new Failure('offline', { status, reason: 'failure.server-trouble' })
  return new Failure('upstream', { status })
}

/** True for a failure of the server's own, from Mastodon or from what stands before it. */
export const isStumble = (error: unknown): error is Failure =>
  error instanceof Failure && error.detail.reason === 'failure.server-trouble'

/** The JSON of a read that went well, or the failure that says why not. */
export const jsonOf = (exchange: Exchange): { json: unknown; headers: Headers; askedAt: number; ms: number } => {
  if (exchange.fate !== 'answered') throw exchange.failure
  const { status, json, headers, askedAt, ms } = exchange
  if (status === 200 && json !== undefined) return { json, headers, askedAt, ms }
  throw failureOf(status, json !== undefined)
}
