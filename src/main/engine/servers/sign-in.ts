import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Context } from '../context.ts'
import { makeBudget } from '../mastodon/budget.ts'
import { fetchOwnAccount } from '../mastodon/endpoints/accounts.ts'
import { fetchInstance } from '../mastodon/endpoints/instance.ts'
import { listReports } from '../mastodon/endpoints/reports.ts'
import { makeSession, originOf, releaseNumber, type Session } from '../mastodon/session.ts'
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

/** Forgets a server's token, and says in the log why. */
export const endSession = (
  context: Context,
  key: ServerKey,
  action: 'server.signed-out' | 'server.token-refused' | 'server.token-unreadable',
): void => {
  context.sessions.delete(key)
  context.gate.write(['servers', 'sync'], (db, touch) => {
    if (!dropToken(db, key, context.clock.now())) return
    context.log(db, { source: 'did', action, server: key, facts: {} })
    touch('log')
  })
}

/** A 403 on an admin call has two reasons (contract K.3): a token the server forgot, or a role without the permission. */
const whyForbidden = (role: { permissions: string } | null | undefined): Failure =>
  new Failure('not-allowed', {
    reason: permits(role?.permissions ?? '0', 'manageReports') ? 'failure.no-admin-scope' : 'failure.no-role',
  })

/** Signs in with a pasted token: finds out who answers, as whom, and whether the token may see reports, before anything is kept. */
export const signIn = async (context: Context, url: string, token: string): Promise<ServerKey> => {
  const origin = originOf(url)
  const stranger = makeSession({ key: 's0', origin, release: 0, token: '', budget: makeBudget(context.clock) })
  const instance = await fetchInstance(context.guard, stranger, context.stop)
  const release = releaseNumber(instance.version)
  if (release < OLDEST_RELEASE)
    throw new Failure('not-allowed', { reason: 'failure.too-old', version: instance.version.slice(0, 40) })
  const trial: Session = makeSession({
    key: 's0',
    origin,
    release,
    token: token.trim(),
    budget: makeBudget(context.clock),
  })
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
  const { sealed, by } = await context.door.seal(trial.token)
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
      facts: { origin, release: instance.version, sealedBy: by, role: own.role?.name ?? '' },
      personal: { account: own.acct },
    })
    return made
  })
  context.sessions.set(key, makeSession({ ...trial, key }))
  return key
}

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
