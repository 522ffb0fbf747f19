import { createRestAPIClient } from 'masto'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { readAddress } from '../../../shared/server-address.ts'
import type { Budget } from './budget.ts'
import type { OwnNetwork } from './own-network.ts'

/** One signed-in server: where, as whom, and what may still be asked of it. Lives in memory only. */
export type Session = {
  readonly key: ServerKey
  readonly origin: string
  /** The own network that a person agreed to reach it in; null also from when that was withdrawn. */
  ownNetwork: OwnNetwork | null
  /** The release's number as `4.6` → 406, for the few calls that differ (contract i). */
  release: number
  /**
   * Changes when a person signs in again: what is under way goes on with the new one. Null while the desk is locked: then each request
   * unseals it for itself and lets it go (security.md K-10).
   */
  token: string | null
  readonly budget: Budget
  /** How far the server's clock is ahead of this computer's, in ms, as its last answer said. */
  skewMs: number
  /** How often it was found that the role had lost a right. */
  rightsLost: number
  readonly api: ReturnType<typeof createRestAPIClient>
}

/** A session whose token is at hand: one on trial, or of a token that is to die. */
export type HeldSession = Session & { token: string }

/**
 * The own network that an address of a server means by itself: plain http is to this computer (`originOf`), and whoever wrote `http://`
 * and this computer's own address or name down agreed to that.
 */
export const networkMeant = (origin: string, written = origin): OwnNetwork | null =>
  origin.startsWith('http:') && written.trim().toLowerCase().startsWith(origin) ? 'loopback' : null

/** Makes a session of a server; `token` may be empty for what needs none. The guard puts it on each request, masto knows none. */
export const makeSession = <
  Of extends Omit<Session, 'api' | 'skewMs' | 'rightsLost' | 'ownNetwork'> & Partial<Pick<Session, 'ownNetwork'>>,
>(
  of: Of,
): Of & Pick<Session, 'api' | 'skewMs' | 'rightsLost' | 'ownNetwork'> => ({
  ownNetwork: networkMeant(of.origin),
  ...of,
  skewMs: 0,
  rightsLost: 0,
  api: createRestAPIClient({ url: of.origin }),
})

/** `4.6.5+glitch` → 406; 0 for what is no release. */
export const releaseNumber = (version: string): number => {
  const parts = /^(\d+)\.(\d+)/.exec(version)
  return parts ? Number(parts[1]) * 100 + Number(parts[2]) : 0
}

const isLoopback = (host: string) => host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)

/** What a server can be called: an address in brackets, or labels. */
const NAME = /^(?:\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)$/

/**
 * The origin of what a person typed (`readAddress`). https, or http to this computer only. Fails with `not-allowed` or `invalid-input`
 * and a reason.
 */
export const originOf = (typed: string): string => {
  const read = readAddress(typed)
  if ('wrong' in read) throw new Failure('invalid-input', { reason: 'failure.handle', host: read.host })
  const url = URL.parse(read.url)
  // The dot of the root names the same server, which would be there twice.
  if (url?.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1)
  if (!url || !NAME.test(url.hostname) || url.username !== '' || url.password !== '')
    throw new Failure('invalid-input', { reason: 'failure.no-address' })
  const { protocol, host, hostname, origin } = url
  if (protocol === 'http:' && !isLoopback(hostname))
    throw new Failure('not-allowed', { reason: 'failure.http', host, address: `https://${host}` })
  if (protocol !== 'https:' && protocol !== 'http:')
    throw new Failure('invalid-input', { reason: 'failure.no-address' })
  return origin
}
