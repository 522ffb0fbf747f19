import { Failure } from '../../../../shared/contract/failure.ts'
import type { RequestClass } from '../budget.ts'
import { AdminAccountEntity, CredentialEntity } from '../entities/account.ts'
import type { Outcome } from '../outcome.ts'
import { type Guard, PATIENCE_MS } from '../request.ts'
import type { Session } from '../session.ts'
import { type Answered, answeredBy, entityIn, findOne } from './entity.ts'
import { type Ask, listPage, type Page } from './page.ts'
import { write } from './write.ts'

/** One account as it is now (contract E.1); works for suspended, pending and remote ones. */
export const fetchAccount = async (
  guard: Guard,
  session: Session,
  id: string,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Answered<AdminAccountEntity>> => {
  const exchange = await guard.exchange(session, { cls, signal, timeoutMs: PATIENCE_MS.single }, () =>
    session.api.v1.admin.accounts.$select(id).fetch(),
  )
  return answeredBy(exchange, AdminAccountEntity)
}

/** One account as it is now, or nothing when the server no longer has it. */
export const findAccountThere = async (
  guard: Guard,
  session: Session,
  id: string,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Answered<AdminAccountEntity | undefined>> =>
  await findOne(guard, session, `/api/v1/admin/accounts/${encodeURIComponent(id)}`, AdminAccountEntity, cls, signal)

/** One page of accounts by any filter of version 2 (contract E.1), newest first. */
export const listAccounts = async (
  guard: Guard,
  session: Session,
  filters: Readonly<Record<string, string>>,
  asked: Ask,
): Promise<Page & { items: AdminAccountEntity[] }> =>
  await listPage(guard, session, '/api/v2/admin/accounts', filters, AdminAccountEntity, asked)

/** One page of the members who wait for approval (contract E.1), confirmed or not. */
export const listPendingAccounts = async (
  guard: Guard,
  session: Session,
  asked: Ask,
): Promise<Page & { items: AdminAccountEntity[] }> =>
  await listAccounts(guard, session, { origin: 'local', status: 'pending' }, asked)

/** At most so many accounts come back when one is looked for. */
const LOOKED_FOR = 20

/**
 * Accounts whose username begins so (contract E.1), newest first, at most 20. `domain`: null for members, undefined for accounts of any
 * server.
 */
export const findAccountsThere = async (
  guard: Guard,
  session: Session,
  { username, domain }: { username: string; domain: string | null | undefined },
  signal: AbortSignal,
): Promise<Answered<AdminAccountEntity[]>> => {
  const where =
    domain === undefined ? {} : domain === null ? { origin: 'local' } : { origin: 'remote', by_domain: domain }
  const asked = { limit: LOOKED_FOR, cls: 'interactive', signal } as const
  const { items, askedAt } = await listAccounts(guard, session, { username, ...where }, asked)
  return { item: items, askedAt }
}

/** What `POST /admin/accounts/:id/action` takes (contract E.1). A repeat is a second strike and a second mail. */
export type AccountAction = {
  type: 'none' | 'sensitive' | 'silence' | 'disable' | 'suspend'
  /** The report that it is an answer to, if any. */
  report: string | null
  text: string
  mail: boolean
}

/** Acts on an account: a write, sent once. */
export const actOnAccount = async (
  guard: Guard,
  session: Session,
  id: string,
  action: AccountAction,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Outcome> =>
  await write(guard, session, cls, signal, () =>
    session.api.v1.admin.accounts.$select(id).action.create({
      type: action.type,
      ...(action.report === null ? {} : { reportId: action.report }),
      text: action.text,
      sendEmailNotification: action.mail,
    }),
  )

/** The ways back (contract E.1). */
export type AccountUndo = 'unsensitive' | 'unsilence' | 'enable' | 'unsuspend'

/** Lifts what is in force on an account: a write, sent once. */
export const liftFromAccount = async (
  guard: Guard,
  session: Session,
  id: string,
  undo: AccountUndo,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Outcome> => {
  const account = session.api.v1.admin.accounts.$select(id)
  return await write(guard, session, cls, signal, () => account[undo]())
}

/** How someone who waits is answered (contract E.1). `reject` deletes user and account at once. */
export type SignupAnswer = 'approve' | 'reject'

/** Answers someone who waits for approval: a write, sent once. */
export const answerSignup = async (
  guard: Guard,
  session: Session,
  id: string,
  answer: SignupAnswer,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Outcome> => {
  const account = session.api.v1.admin.accounts.$select(id)
  return await write(guard, session, cls, signal, () => account[answer]())
}

/** Deletes the data of a suspended account (contract E.1): a write, sent once; the server does it later, in a job. */
export const deleteAccount = async (
  guard: Guard,
  session: Session,
  id: string,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Outcome> =>
  await write(guard, session, cls, signal, () =>
    fetch(new URL(`/api/v1/admin/accounts/${encodeURIComponent(id)}`, session.origin), { method: 'DELETE' }),
  )

/**
 * Who the token belongs to, with the role as it is now (contract B.1). `signed-out` when the server does not know the token; `not-allowed`
 * with `failure.login-closed` when it does not let its owner in, or its scopes do not reach so far, and with `failure.no-person` when it
 * is of an application alone (contract A.7).
 */
export const fetchOwnAccount = async (
  guard: Guard,
  session: Session,
  signal: AbortSignal,
  cls: RequestClass = 'interactive',
): Promise<CredentialEntity> => {
  const exchange = await guard.exchange(session, { cls, signal, timeoutMs: PATIENCE_MS.single }, () =>
    session.api.v1.accounts.verifyCredentials(),
  )
  if (exchange.fate === 'answered' && exchange.json !== undefined) {
    const { status } = exchange
    if (status === 403) throw new Failure('not-allowed', { status, reason: 'failure.login-closed' })
    if (status === 422) throw new Failure('not-allowed', { status, reason: 'failure.no-person' })
  }
  return entityIn(exchange, CredentialEntity)
}
