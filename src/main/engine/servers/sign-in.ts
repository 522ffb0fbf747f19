import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Server } from '../../../shared/contract/servers.ts'
import type { Context } from '../context.ts'
import { makeBudget } from '../mastodon/budget.ts'
import { fetchOwnAccount } from '../mastodon/endpoints/accounts.ts'
import { fetchInstance } from '../mastodon/endpoints/instance.ts'
import { listReports } from '../mastodon/endpoints/reports.ts'
import type { InstanceEntity } from '../mastodon/entities/instance.ts'
import { makeSession, originOf, releaseNumber, type Session } from '../mastodon/session.ts'
import { revokeOwn } from './application.ts'
import { dropToken, permits, putRole, putServer, sealedTokens } from './table.ts'

const OLDEST_RELEASE = 400

/** Opens the sealed tokens of an earlier run. A token that cannot be opened ends its sign-in; nothing else is lost. */
export const openSessions = async (context: Context): Promise<void> => {
  for (const { key, origin, release, sealed } of context.gate.read(sealedTokens)) {
    const opened = await context.door.unseal(sealed).catch((error: unknown) => {
      // A keyring that is locked or slow is no reason to forget a token.
      if (error instanceof Failure && error.code !== 'not-allowed') throw error
      return undefined
    })
    if (opened)
      context.sessions.set(
        key,
        makeSession({
          key,
          origin,
          release: releaseNumber(release),
          token: opened.secret,
          budget: makeBudget(context.clock),
        }),
      )
    else endSession(context, key, 'server.token-unreadable')
  }
}

/** What became of a token when signing out: proved dead, perhaps still good at the server, or a pasted one that only its owner revokes. */
export type TokenFate = 'revoked' | 'unproved' | 'pasted'

/** Forgets a server's token, and says in the log why. */
export const endSession = (
  context: Context,
  key: ServerKey,
  action: 'server.signed-out' | 'server.token-refused' | 'server.token-unreadable',
  token?: TokenFate,
): void => {
  context.sessions.delete(key)
  context.push.close(key)
  context.gate.write(['servers', 'sync'], (db, touch) => {
    if (!dropToken(db, key, context.clock.now(), token === 'unproved')) return
    context.log(db, { source: 'did', action, server: key, facts: token === undefined ? {} : { token } })
    touch('log')
  })
}

/** Signs out: a token of our own sign-in is revoked first, and that is proved; then it is forgotten here whatever came of that. */
export const signOut = async (context: Context, server: Pick<Server, 'key' | 'tokenFrom'>): Promise<TokenFate> => {
  const session = context.sessions.get(server.key)
  // Nothing of ours may speak with a token that is about to end.
  context.sessions.delete(server.key)
  let token: TokenFate = 'pasted'
  if (server.tokenFrom === 'browser') token = session && (await revokeOwn(context, session)) ? 'revoked' : 'unproved'
  endSession(context, server.key, 'server.signed-out', token)
  return token
}

/** A 403 on an admin call has two reasons (contract K.3): a token the server forgot, or a role without the permission. */
const whyForbidden = (role: { permissions: string } | null | undefined): Failure =>
  new Failure('not-allowed', {
    reason: permits(role?.permissions ?? '0', 'manageReports') ? 'failure.no-admin-scope' : 'failure.no-role',
  })

/** Who answers at an address that a person typed. */
export type Found = { origin: string; release: number; instance: InstanceEntity }

/** A way to ask there: with a token, or as a stranger with an empty one. */
export const askAs = (context: Context, { origin, release }: Omit<Found, 'instance'>, token: string): Session =>
  makeSession({ key: 's0', origin, release, token, budget: makeBudget(context.clock) })

/** Finds out who answers. Fails with what is wrong with the address, or with `failure.too-old`. */
export const findOut = async (context: Context, url: string): Promise<Found> => {
  const origin = originOf(url)
  const instance = await fetchInstance(context.guard, askAs(context, { origin, release: 0 }, ''), context.stop)
  const release = releaseNumber(instance.version)
  if (release < OLDEST_RELEASE)
    throw new Failure('not-allowed', { reason: 'failure.too-old', version: instance.version.slice(0, 40) })
  return { origin, release, instance }
}

/** Checks as whom a token speaks and whether it may see reports, then seals and keeps it. Nothing is kept before. */
export const checkAndKeep = async (
  context: Context,
  found: Found,
  token: string,
  from: 'browser' | 'pasted',
): Promise<ServerKey> => {
  const { origin, instance } = found
  const trial = askAs(context, found, token)
  const own = await fetchOwnAccount(context.guard, trial, context.stop).catch((error: unknown) => {
    throw error instanceof Failure && error.code === 'signed-out'
      ? new Failure('not-allowed', { reason: 'failure.token-refused' })
      : error
  })
  await listReports(context.guard, trial, {
    resolved: false,
    limit: 1,
    cls: 'interactive',
    signal: context.stop,
  }).catch((error: unknown) => {
    throw error instanceof Failure && error.code === 'not-allowed' ? whyForbidden(own.role) : error
  })
  const { sealed, by } = await context.door.seal(token)
  const key = context.gate.write(['servers', 'sync', 'log'], db => {
    const made = putServer(
      db,
      {
        domain: instance.domain.toLowerCase(),
        origin,
        title: instance.title,
        release: instance.version,
        account_id: own.id,
        acct: own.acct,
        role_name: own.role?.name ?? '',
        permissions: own.role?.permissions ?? '0',
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
      facts: { origin, release: instance.version, sealedBy: by, tokenFrom: from, role: own.role?.name ?? '' },
      personal: { account: own.acct },
    })
    return made
  })
  context.sessions.set(key, makeSession({ ...trial, key }))
  return key
}

/** Signs in with a pasted token. */
export const signIn = async (context: Context, url: string, token: string): Promise<ServerKey> =>
  await checkAndKeep(context, await findOut(context, url), token.trim(), 'pasted')

/** After a 403: asks who we still are. Ends the session when the server no longer knows the token; true when the role changed. */
export const readRoleAgain = async (context: Context, session: Session): Promise<'signed-out' | 'changed' | 'same'> => {
  try {
    const own = await fetchOwnAccount(context.guard, session, context.stop)
    const role = { name: own.role?.name ?? '', permissions: own.role?.permissions ?? '0' }
    return context.gate.write([], (db, touch) => {
      if (!putRole(db, session.key, role)) return 'same'
      touch('servers')
      return 'changed'
    })
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'signed-out') return 'same'
    endSession(context, session.key, 'server.token-refused')
    return 'signed-out'
  }
}
