import { Failure, type FailureCode } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Server } from '../../../shared/contract/servers.ts'
import type { Context } from '../context.ts'
import { freezeDecisions } from '../decisions/freeze.ts'
import { makeBudget } from '../mastodon/budget.ts'
import { fetchOwnAccount } from '../mastodon/endpoints/accounts.ts'
import { checkRelease, fetchInstance, notMastodon, OLDEST_RELEASE } from '../mastodon/endpoints/instance.ts'
import { fetchScopes } from '../mastodon/endpoints/oauth.ts'
import { listReports } from '../mastodon/endpoints/reports.ts'
import type { InstanceEntity } from '../mastodon/entities/instance.ts'
import { isStumble } from '../mastodon/outcome.ts'
import { type OwnNetwork, ownNetworkOf } from '../mastodon/own-network.ts'
import {
  type HeldSession,
  makeSession,
  networkMeant,
  originOf,
  releaseNumber,
  type Session,
} from '../mastodon/session.ts'
import { losesRight, permits } from './capabilities.ts'
import { tokenIn } from './pasted-token.ts'
import { keepForRevocation } from './revocation-table.ts'
import type { Revocations } from './revocations.ts'
import { agreedNetwork, putServer, rightsOf } from './table.ts'
import { holdersOf } from './tokens.ts'

/** A 403 on an admin call has two reasons (contract K.3): a token the server forgot, or a role without the permission. */
const whyForbidden = (role: { permissions: string } | null | undefined): Failure =>
  new Failure('not-allowed', {
    reason: permits(role?.permissions ?? '0', 'manageReports') ? 'failure.no-admin-scope' : 'failure.no-role',
  })

/** Who answers at an address that a person typed; no instance where only a token is told (limited federation before 4.4). */
export type Found = { origin: string; ownNetwork: OwnNetwork | null; release: number; instance: InstanceEntity | null }

/** A way to ask there: with a token, or as a stranger with an empty one. */
export const askAs = (context: Context, found: Omit<Found, 'instance'>, token: string): HeldSession => {
  const { origin, ownNetwork, release } = found
  return makeSession({
    key: 's0',
    origin,
    ownNetwork,
    release,
    token,
    budget: makeBudget(context.clock, context.random),
  })
}

/** What is said otherwise while nobody is signed in: nothing is here yet, no decision waits, and nothing is tried again by itself. */
const whileSigningIn: Partial<Record<FailureCode, string>> = {
  offline: 'failure.sign-in-offline',
  timeout: 'failure.sign-in-late',
  'rate-limited': 'failure.sign-in-throttled',
}

/** Why a sign-in did not come about: a failure that has no finer reason gets the one that fits there. */
export const asOfSignIn = (error: unknown): unknown => {
  if (!(error instanceof Failure) || error.detail.reason !== undefined) return error
  const reason = whileSigningIn[error.code]
  return reason === undefined ? error : new Failure(error.code, { ...error.detail, reason })
}

/** Where a person says that a server is. `privateAddress`: they were told that it leads there, into an own network, and agreed. */
export type Where = { url: string; privateAddress?: string | undefined }

/** Finds out who answers, as a stranger. Fails with what is wrong with the address, or with `failure.too-old`. */
export const findOut = async (context: Context, { url, privateAddress }: Where): Promise<Found> => {
  const origin = originOf(url)
  const agreed = privateAddress === undefined ? null : ownNetworkOf(privateAddress)
  const ownNetwork = agreed ?? networkMeant(origin, url) ?? context.gate.read(db => agreedNetwork(db, origin))
  return await whoAnswers(context, { origin, ownNetwork }, '')
}

const whoAnswers = async (
  context: Context,
  { origin, ownNetwork }: Pick<Found, 'origin' | 'ownNetwork'>,
  token: string,
): Promise<Found> => {
  const asking = askAs(context, { origin, ownNetwork, release: 0 }, token)
  const instance = await fetchInstance(context.guard, asking, context.stop).catch((error: unknown) => {
    if (error instanceof Failure && error.code === 'signed-out' && token === '') return null
    throw error
  })
  if (instance === null) return { origin, ownNetwork, release: OLDEST_RELEASE, instance }
  checkRelease(asking, instance.version)
  const release = releaseNumber(instance.version)
  return { origin, ownNetwork, release, instance }
}

/** A token to check and keep. `scopes`: what it was granted, null where that is not known. `as`: the only server that it may be for. */
export type Brought = {
  token: string
  from: 'browser' | 'pasted'
  scopes: readonly string[] | null
  as: Pick<Server, 'key' | 'account'> | undefined
}

/** One of these says whose a token is (contract A.5). */
const SAYS_WHOSE = ['read', 'profile', 'read:accounts']

/** Why a server does not say whose a token is: it knows no such token, it lets its owner not in, or the token may not ask. */
const whyNobody = (error: unknown, scopes: Brought['scopes']): unknown => {
  if (!(error instanceof Failure)) return error
  if (error.code === 'signed-out') return new Failure('not-allowed', { reason: 'failure.token-refused' })
  const mayAsk = scopes === null || scopes.some(scope => SAYS_WHOSE.includes(scope))
  return error.detail.reason === 'failure.login-closed' && !mayAsk
    ? new Failure('not-allowed', { reason: 'failure.no-admin-scope' })
    : error
}

/** Asks as whom a token speaks, and whether it may see reports. */
const whoIs = async (context: Context, trial: Session, { as, scopes }: Brought) => {
  const own = await fetchOwnAccount(context.guard, trial, context.stop).catch((error: unknown) => {
    throw whyNobody(error, scopes)
  })
  if (as && as.account.id !== own.id)
    throw new Failure('not-allowed', { reason: 'failure.other-account', acct: as.account.acct })
  const asked = { resolved: false, limit: 1, cls: 'interactive', signal: context.stop } as const
  await listReports(context.guard, trial, asked)
    .catch((error: unknown) => {
      // Where the server fails on the newest report alone, the right to ask shows between two ids that follow each other.
      if (!isStumble(error)) throw error
      return listReports(context.guard, trial, { ...asked, min: '0', max: '1' })
    })
    .catch((error: unknown) => {
      throw error instanceof Failure && error.code === 'not-allowed' ? whyForbidden(own.role) : error
    })
  return own
}

/** The session goes on with another token, once nothing is under way with the one before: only then may that die. */
const renew = async (
  context: Context,
  session: Session,
  trial: Pick<Session, 'token' | 'release' | 'ownNetwork'>,
): Promise<void> => {
  const before = session.token
  session.token = trial.token
  session.release = trial.release
  session.ownNetwork = trial.ownNetwork
  context.push.close(session.key)
  if (before !== trial.token) await context.guard.quiet(session)
}

/** Checks as whom a token speaks and whether it may see reports, then seals and keeps it. Nothing is kept before. */
export const checkAndKeep = async (
  context: Context,
  revocations: Revocations,
  found: Found,
  brought: Brought,
): Promise<ServerKey> => {
  const { token, from, scopes } = brought
  const { origin, ownNetwork } = found
  const trial = askAs(context, found, token)
  await revocations.claim(origin, token)
  const own = await whoIs(context, trial, brought)
  const { instance, release } = found.instance ? found : await whoAnswers(context, found, token)
  if (!instance) throw notMastodon(found)
  const { sealed, by } = await context.door.seal(token)
  const holders = await holdersOf(context, origin, token)
  const domain = instance.domain.toLowerCase()
  const key = context.gate.write(['servers', 'sync', 'log'], (db, touch) => {
    const known = db.get<{ key: ServerKey }>(
      'SELECT key FROM server WHERE domain = ? AND account_id = ? AND origin = ?',
      [domain, own.id, origin],
    )?.key
    // A server gives the same token again as long as it was granted the same (contract A.4).
    if (known && !holders.has(known)) keepForRevocation(db, known, context.clock.now())
    const rights = { before: known === undefined ? '0' : rightsOf(db, known), now: own.role?.permissions ?? '0' }
    const made = putServer(
      db,
      {
        domain,
        origin,
        own_network: ownNetwork,
        title: instance.title,
        release: instance.version,
        account_id: own.id,
        acct: own.acct,
        role_name: own.role?.name ?? '',
        permissions: rights.now,
        scopes: scopes?.join(' ') ?? null,
        sealed_token: sealed,
        sealed_by: by,
        token_from: from,
      },
      context.clock.now(),
    )
    for (const rule of instance.rules)
      db.run('INSERT INTO mirror.rule VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text', [
        made,
        rule.id,
        rule.text,
      ])
    context.log(db, {
      source: 'did',
      action: 'server.signed-in',
      server: made,
      facts: {
        origin,
        release: instance.version,
        sealedBy: by,
        tokenFrom: from,
        role: own.role?.name ?? '',
        scopes: scopes?.join(' ') ?? null,
        ...(ownNetwork === null ? {} : { ownNetwork }),
      },
      personal: { account: own.acct },
    })
    if (losesRight(rights.before, rights.now)) {
      freezeDecisions(context, db, made, 'role-changed')
      touch('decisions')
    }
    return made
  })
  const session = context.sessions.get(key)
  if (session) void renew(context, session, { token, release, ownNetwork }).then(() => revocations.tryNow(key))
  else {
    context.sessions.set(key, makeSession({ ...trial, release, key }))
    void revocations.tryNow(key)
  }
  return key
}

/** Signs in with a pasted token. */
export const signIn = async (
  context: Context,
  revocations: Revocations,
  where: Where,
  pasted: string,
): Promise<ServerKey> => {
  const token = tokenIn(pasted)
  const found = await findOut(context, where)
  const scopes = await fetchScopes(context.guard, askAs(context, found, token), context.stop)
  return await checkAndKeep(context, revocations, found, { token, from: 'pasted', scopes, as: undefined })
}
