import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Server } from '../../../shared/contract/servers.ts'
import type { Topic } from '../../../shared/contract/topics.ts'
import type { Context } from '../context.ts'
import type { WriteDb } from '../db/handle.ts'
import { freezeDecisions } from '../decisions/freeze.ts'
import type { RequestClass } from '../mastodon/budget.ts'
import { fetchOwnAccount } from '../mastodon/endpoints/accounts.ts'
import type { Session } from '../mastodon/session.ts'
import { newestAreLost } from '../reports/lost.ts'
import { putInstance, readInstance } from './instance-table.ts'
import { keepForRevocation } from './revocation-table.ts'
import type { Revocations } from './revocations.ts'
import { dropNetwork, dropToken, findServer, putRole, rightsOf } from './table.ts'

/** What became of a token when signing out: proved dead, not proved yet, or a pasted one that only its owner revokes. */
export type TokenFate = 'revoked' | 'unproved' | 'pasted'

/** Forgets a server's token, and says in the log why. */
export const endSession = (
  context: Context,
  key: ServerKey,
  action: 'server.signed-out' | `server.token-${'refused' | 'unreadable'}` | `server.other-${'account' | 'domain'}`,
  token?: TokenFate,
): void => {
  context.sessions.delete(key)
  context.push.close(key)
  context.gate.write(['servers', 'sync'], (db, touch) => {
    if (!dropToken(db, key, context.clock.now())) return
    context.log(db, { source: 'did', action, server: key, facts: token === undefined ? {} : { token } })
    touch('log')
  })
}

/**
 * Signs out: from the first moment nothing of ours speaks with the token, and one of our own sign-in is revoked until that is proved.
 * Answers how far that came at once.
 */
export const signOut = async (
  context: Context,
  revocations: Revocations,
  { key, tokenFrom }: Pick<Server, 'key' | 'tokenFrom'>,
): Promise<TokenFate> => {
  context.sessions.delete(key)
  if (tokenFrom === 'pasted') {
    endSession(context, key, 'server.signed-out', 'pasted')
    return 'pasted'
  }
  context.gate.write(['servers'], db => keepForRevocation(db, key, context.clock.now()))
  const token = (await revocations.tryNow(key)) ? 'revoked' : 'unproved'
  endSession(context, key, 'server.signed-out', token)
  return token
}

/** Takes back that a server may be reached in an own network: from this moment nothing goes there. False where nobody had agreed to it. */
export const withdrawNetwork = (context: Context, { origin }: Pick<Server, 'origin'>): boolean =>
  context.gate.write(['servers'], (db, touch) => {
    const keys = dropNetwork(db, origin)
    for (const key of keys) {
      const session = context.sessions.get(key)
      if (session) session.ownNetwork = null
      context.push.close(key)
      context.log(db, { source: 'did', action: 'server.network-withdrawn', server: key, facts: { origin } })
      touch('log')
    }
    return keys.length > 0
  })

/**
 * What answers must be whom the person signed in to, as whom they signed in: else the sign-in ends, so that nothing is read or decided
 * in its name. Fails with `not-allowed`.
 */
export const checkIdentity = (
  context: Context,
  session: Session,
  now: { account: string; acct: string } | { domain: string },
): void => {
  const known = context.gate.read(db => findServer(db, session.key))
  if (!known) return
  if ('domain' in now) {
    if (now.domain.toLowerCase() === known.domain) return
    endSession(context, session.key, 'server.other-domain')
    throw new Failure('not-allowed', { reason: 'failure.other-domain', domain: now.domain })
  }
  if (now.account === known.account.id) return
  endSession(context, session.key, 'server.other-account')
  throw new Failure('not-allowed', { reason: 'failure.other-account', acct: known.account.acct })
}

/** A role as the server told it when it was asked. */
type OwnRole = { role: { name: string; permissions: string }; askedAt: number }

/**
 * Stores a role as the server told it at `askedAt`; a changed one was changed by someone there, which the log tells, with the interval.
 * True when it lost a right: then what was decided with it asks a person.
 */
const keepRole = (
  context: Context,
  db: WriteDb,
  touch: (topic: Topic) => void,
  key: ServerKey,
  { role, askedAt }: OwnRole,
): boolean => {
  const before = findServer(db, key)
  const { role_at } = readInstance(db, key)
  const signedInAt = before?.signedInAt ?? 0
  putInstance(db, key, { role_at: askedAt })
  const put = putRole(db, key, role)
  if (put === 'same') return false
  touch('servers')
  // The first one that is read of a server that was put back is another by the backup.
  if (role_at !== null || (before?.wentBack?.seenAt ?? 0) < signedInAt) {
    const from = Math.max(role_at ?? 0, signedInAt)
    const facts = { before: before?.role.name ?? '', after: role.name, from, to: context.clock.now() }
    context.log(db, { source: 'saw', action: 'server.role-changed', server: key, facts })
    touch('log')
  }
  if (put === 'changed') return false
  freezeDecisions(context, db, key, 'role-changed')
  touch('decisions')
  return true
}

/**
 * Asks the server who we are and what our role may do, and keeps it. True when it lost a right. Fails as the request does, and with
 * `not-allowed` when the account is another or its login is closed: all that would still be sent asks a person then.
 */
export const readOwnRole = async (context: Context, session: Session, cls?: RequestClass): Promise<boolean> => {
  const { key } = session
  const askedAt = context.clock.now()
  const own = await fetchOwnAccount(context.guard, session, context.stop, cls).catch((error: unknown) => {
    if (error instanceof Failure && error.detail.reason === 'failure.login-closed')
      context.gate.write(['decisions', 'log'], db => freezeDecisions(context, db, key, 'login-closed'))
    throw error
  })
  checkIdentity(context, session, { account: own.id, acct: own.acct })
  const role = { name: own.role?.name ?? '', permissions: own.role?.permissions ?? '0' }
  const isOther = context.gate.read(db => {
    const known = findServer(db, key)?.role
    return known !== undefined && (known.name !== role.name || rightsOf(db, key) !== role.permissions)
  })
  // Looked at before it is kept, so that what a backup undid is not told as someone's doing. A role that sees no reports cannot look.
  if (isOther)
    await newestAreLost({ context, session, cls: cls ?? 'interactive', signal: context.stop }).catch(error => {
      if (!(error instanceof Failure && error.code === 'not-allowed')) throw error
    })
  const lost = context.gate.write([], (db, touch) => keepRole(context, db, touch, key, { role, askedAt }))
  if (lost) session.rightsLost++
  return lost
}

const askWhoWeAre = async (
  context: Context,
  session: Session,
): Promise<'signed-out' | 'closed' | 'changed' | 'same'> => {
  try {
    return (await readOwnRole(context, session)) ? 'changed' : 'same'
  } catch (error) {
    if (!(error instanceof Failure)) return 'same'
    if (error.detail.reason === 'failure.other-account') return 'signed-out'
    if (error.detail.reason === 'failure.login-closed') {
      context.heard(session.key, error)
      return 'closed'
    }
    if (error.code !== 'signed-out') return 'same'
    endSession(context, session.key, 'server.token-refused')
    return 'signed-out'
  }
}

const asking = new WeakMap<Session, ReturnType<typeof askWhoWeAre>>()

/**
 * After a 403: asks who we still are, once for all that are refused meanwhile. Ends the session when the server no longer knows the token;
 * `closed` when the server does not let the account in for now, which is told; `changed` when the role lost a right.
 */
export const readRoleAgain = (context: Context, session: Session): ReturnType<typeof askWhoWeAre> => {
  const known = asking.get(session)
  if (known) return known
  const answer = askWhoWeAre(context, session).finally(() => asking.delete(session))
  asking.set(session, answer)
  return answer
}
