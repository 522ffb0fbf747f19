import { AccountName } from '../../../shared/contract/accounts.ts'
import type { StoredDecision } from '../decisions/kind.ts'
import type { AdminAccountEntity } from '../mastodon/entities/account.ts'

/** The account in whose name the server itself speaks to others: to act on it would cut the server off. */
export const INSTANCE_ACTOR = '-99'

/**
 * Whether what the server shows under a decision's id is still whom a person decided about: the same id, user name and domain. An id
 * that came to name someone else must not carry the decision over to them.
 */
export const isStillTarget = (
  { account_id, account_name }: Pick<StoredDecision, 'account_id' | 'account_name'>,
  now: Pick<AdminAccountEntity, 'id' | 'username' | 'domain'>,
): boolean => {
  if (account_id !== null && now.id !== account_id) return false
  if (account_name === null) return true
  const armed = AccountName.parse(JSON.parse(account_name))
  return armed.username === now.username && armed.domain === now.domain
}
