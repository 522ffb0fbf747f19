import { Failure } from '../../../../shared/contract/failure.ts'
import { domainText } from '../../../../shared/domain-name.ts'
import type { RequestClass } from '../budget.ts'
import { InstanceEntity, OlderInstanceEntity, PeersEntity } from '../entities/instance.ts'
import { jsonOf } from '../outcome.ts'
import { type Guard, PATIENCE_MS } from '../request.ts'
import { releaseNumber, type Session } from '../session.ts'

/** The failure of a server that is no Mastodon. */
export const notMastodon = ({ origin }: Pick<Session, 'origin'>): Failure =>
  new Failure('upstream', { reason: 'failure.not-mastodon', host: domainText(new URL(origin).host) })

/** The first release with all that Howdah needs, as `releaseNumber`. */
export const OLDEST_RELEASE = 400
/** Programs that answer as Mastodon does put its number before their own: `4.2.0 (compatible; Sharkey 2025.4)`. GoToSocial is at 0. */
const OTHER_SOFTWARE = /\(compatible;|^0\./

/** Fails with `not-allowed` where a release is none that Howdah works with: `failure.other-software`, or `failure.too-old`. */
export const checkRelease = ({ origin }: Pick<Session, 'origin'>, version: string): void => {
  const detail = { version: version.slice(0, 40), host: domainText(new URL(origin).host) }
  if (OTHER_SOFTWARE.test(version)) throw new Failure('not-allowed', { reason: 'failure.other-software', ...detail })
  if (releaseNumber(version) < OLDEST_RELEASE)
    throw new Failure('not-allowed', { reason: 'failure.too-old', ...detail })
}

/** What answered `/api/v2/instance` with 404: a Mastodon before 4.0 says so in its older place. */
const asOlder = async (guard: Guard, session: Session, signal: AbortSignal, cls: RequestClass): Promise<never> => {
  const url = new URL('/api/v1/instance', session.origin)
  const exchange = await guard.exchange(session, { cls, signal, timeoutMs: PATIENCE_MS.single }, () => fetch(url))
  const version = exchange.fate === 'answered' ? OlderInstanceEntity.safeParse(exchange.json).data?.version : undefined
  if (version !== undefined) checkRelease(session, version)
  throw notMastodon(session)
}

/**
 * Who answers there (contract A.1); needs no token, but on servers of limited federation before 4.4: those say `signed-out`. `upstream`
 * with `failure.not-mastodon` when that is none, `not-allowed` as `checkRelease` for one that only the older place tells of.
 */
export const fetchInstance = async (
  guard: Guard,
  session: Session,
  signal: AbortSignal,
  cls: RequestClass = 'interactive',
): Promise<InstanceEntity> => {
  const exchange = await guard.exchange(session, { cls, signal, timeoutMs: PATIENCE_MS.single }, () =>
    session.api.v2.instance.fetch(),
  )
  if (exchange.fate === 'answered' && exchange.status === 404) return await asOlder(guard, session, signal, cls)
  // What stands before a Mastodon that is away answers with pages too; one that refuses us may well be before a Mastodon.
  const isPage = exchange.fate === 'answered' && exchange.json === undefined
  if (isPage && exchange.status < 500 && exchange.status !== 403) throw notMastodon(session)
  const instance = InstanceEntity.safeParse(jsonOf(exchange).json)
  if (!instance.success) throw notMastodon(session)
  return instance.data
}

/** Every domain that the server knows, but for the blocked ones; null where it does not show them (contract g: 404, with no body). */
export const fetchPeers = async (guard: Guard, session: Session, signal: AbortSignal): Promise<string[] | null> => {
  const url = new URL('/api/v1/instance/peers', session.origin)
  const exchange = await guard.exchange(session, { cls: 'background', signal, timeoutMs: PATIENCE_MS.page }, () =>
    fetch(url),
  )
  if (exchange.fate === 'answered' && [401, 403, 404].includes(exchange.status)) return null
  const peers = PeersEntity.safeParse(jsonOf(exchange).json)
  if (!peers.success) throw new Failure('upstream', { reason: 'failure.not-a-list' })
  return peers.data
}
