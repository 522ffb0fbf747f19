import { z } from 'zod'

/**
 * The closed list of what can go wrong on the wire. The sentence for people is `shared/messages` `failure.<code>`.
 * - `invalid-input`: the caller's data does not fit the contract · `not-found`: no such thing here
 * - `not-allowed`: refused by a guard rail or by the server's role · `conflict`: the state has moved on
 * - `signed-out`: that server no longer accepts us · `offline`: it does not answer · `rate-limited`: it asks us to wait
 * - `upstream`: it answered what no Mastodon answers · `busy`: too many calls at once on this wire
 * - `timeout`, `cancelled`, `disconnected`: of the call itself · `storage`: disk full, read-only or damaged
 * - `newer-data`: written by a newer Howdah · `owned`: another Howdah holds this data folder · `internal`: our mistake
 */
export const FailureCode = z.enum([
  'invalid-input',
  'not-found',
  'not-allowed',
  'conflict',
  'signed-out',
  'offline',
  'rate-limited',
  'upstream',
  'busy',
  'timeout',
  'cancelled',
  'disconnected',
  'storage',
  'newer-data',
  'owned',
  'internal',
])
export type FailureCode = z.infer<typeof FailureCode>

/** Facts beside the code, for the sentence: short texts and numbers, never personal data. `reason` names a finer message. */
export const FailureDetail = z.record(z.string(), z.union([z.string(), z.number()]))
export type FailureDetail = z.infer<typeof FailureDetail>

/** The one shape of a failure, in the engine, on the wire and on the screen. */
export class Failure extends Error {
  readonly code: FailureCode
  readonly detail: FailureDetail

  constructor(code: FailureCode, detail: FailureDetail = {}) {
    super(detail.reason === undefined ? code : `${code}: ${detail.reason}`)
    this.name = 'Failure'
    this.code = code
    this.detail = detail
  }
}
