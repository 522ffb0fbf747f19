/** One request on its way through the server, and what a route is. */
import type { View } from '../entities/view.ts'
import type { Faults } from '../faults/faults.ts'
import type { Ledger } from '../ledger.ts'
import { castText } from '../rules/casts.ts'
import type { AccountRecord } from '../rules/model.ts'
import type { TokenRecord } from '../rules/model-more.ts'
import { notAllowed } from '../rules/refusals.ts'
import { can, type Permission } from '../rules/roles.ts'
import type { Sample } from '../rules/sample.ts'
import type { Throttles } from '../rules/throttles.ts'
import type { WebContext } from './node-bindings.ts'
import type { Params } from './params.ts'
import type { Streams } from './streams.ts'

/** The running server, as routes see it. */
export type Site = {
  readonly sample: Sample
  readonly ledger: Ledger
  readonly faults: Faults
  readonly throttles: Throttles
  readonly streams: Streams
  /** Address clients reach it at, without a trailing slash. */
  readonly base: () => string
  readonly control: string | null
  readonly think: number
}

/** What a route answers. Without a status: 200. */
export type Answer = {
  /** JSON text, or its bytes where a page is long. */
  readonly text: string | Buffer
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** The route writes to the connection itself: a stream. */
  readonly taken?: true
}

/** A request whose token and scopes are in order. */
export type Call = {
  readonly site: Site
  readonly sample: Sample
  readonly view: View
  readonly params: Params
  readonly token: TokenRecord | null
  /** The token's account, if it has one. */
  readonly account: AccountRecord | null
  readonly ip: string
  /** The underlying request, for pages and streams. */
  readonly context: WebContext
  /** Headers to add to the answer, e.g. a limit of its own. */
  readonly headers: Record<string, string>
  /** Set to false by a route whose success changed nothing. */
  effect: boolean
}

/** Who may call a route (contract A.5, A.7). */
export type Access =
  /** Scopes count only for a known token; the route itself checks the permission. */
  | { readonly kind: 'admin'; readonly scopes: readonly string[] }
  /** A user's token with one of the scopes. */
  | { readonly kind: 'user'; readonly scopes: readonly string[] }
  /** Any live token. */
  | { readonly kind: 'token' }
  /** Anybody; a token must hold one of the scopes, if there are some. */
  | { readonly kind: 'open'; readonly scopes?: readonly string[] }

/** One method on one path, and who may call it. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly access: Access
  /** Not a write though it is no GET: kept out of the ledger. */
  readonly reads?: boolean
  /** First release that has it. */
  readonly since?: string
  readonly run: (call: Call) => Answer | Promise<Answer>
}

/** An answer from a JSON value. */
export function json(value: unknown, status = 200): Answer {
  return { text: JSON.stringify(value), status }
}

/** The account of the caller, who must hold the permission; else the 403 of contract A.7, also without a token. */
export function permitted(call: Call, permission: Permission): AccountRecord {
  const { account } = call
  if (account === null || !can(call.sample.world, account, permission)) throw notAllowed()
  return account
}

/** `:id` of the path, as the server reads it: a text without a leading number is 0. */
export function idOf(call: Call): string {
  const text = castText(call.params.id) ?? ''
  return /^-?\d+$/.test(text) ? text : '0'
}

/** `admin:read` and its granular form. */
export function adminRead(family: string): Access {
  return { kind: 'admin', scopes: ['admin:read', `admin:read:${family}`] }
}

/** `admin:write` and its granular form. */
export function adminWrite(family: string): Access {
  return { kind: 'admin', scopes: ['admin:write', `admin:write:${family}`] }
}
