/** How the server says no: the failure matrix of contract A.7. Thrown by rules, turned into answers in one place (routes/perform.ts). */
import type { Release } from '../releases/release.ts'

/** An answer other than 200 that the server gives on purpose. */
export class Refusal extends Error {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, body: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}) {
    super(`${status} ${JSON.stringify(body)}`)
    this.status = status
    this.body = body
    this.headers = headers
  }
}

/** The server fails: 500, as for what it never checked (contract K.12). */
export class Crash extends Error {}

const error = (status: number, text: string): Refusal => new Refusal(status, { error: text })

/** The role lacks the permission, the target outranks, or the state makes no sense. */
export const notAllowed = (): Refusal => error(403, 'This action is not allowed')
/** A local user is needed, the target is remote. */
export const forbidden = (): Refusal => error(403, 'Forbidden')
/** There is none, or none that the caller may see. */
export const notFound = (): Refusal => error(404, 'Record not found')
/** The token was not granted this. */
export const outsideScopes = (): Refusal => error(403, 'This action is outside the authorized scopes')
/** The token is an application’s own. */
export const needsUser = (status: 401 | 422): Refusal => error(status, 'This method requires an authenticated user')
/** The caller’s login is frozen. */
export const loginDisabled = (): Refusal => error(403, 'Your login is currently disabled')
/** The caller has not confirmed the address. */
export const loginUnconfirmed = (): Refusal => error(403, 'Your login is missing a confirmed e-mail address')
/** The caller waits for approval. */
export const loginPending = (): Refusal => error(403, 'Your login is currently pending approval')
/** Too many of something that the application itself counts. */
export const tooMany = (): Refusal => error(429, 'Too many requests')
/** A date that cannot be read. */
export const badDate = (): Refusal => error(422, 'Invalid date supplied')
/** An unknown word in a filter, e.g. `Unknown status: x`. */
export const unknownWord = (what: string, word: string): Refusal => error(400, `Unknown ${what}: ${word}`)
/** Validation failure; a message may repeat, as on the real server. */
export const invalid = (...messages: string[]): Refusal => error(422, `Validation failed: ${messages.join(', ')}`)
/** A parameter is missing, in the words of the release. */
export const missing = (release: Release, name: string): Refusal => error(400, `${release.missingParameter}: ${name}`)

/** The token cannot be used: unknown or revoked. */
export function badToken(description: string): Refusal {
  const challenge = `Bearer realm="Doorkeeper", error="invalid_token", error_description="${description}"`
  return new Refusal(401, { error: description }, { 'www-authenticate': challenge })
}
