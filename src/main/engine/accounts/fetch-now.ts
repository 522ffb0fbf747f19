import type { Work } from '../decisions/kind.ts'
import { fetchAccount } from '../mastodon/endpoints/accounts.ts'
import type { AdminAccountEntity } from '../mastodon/entities/account.ts'
import { storeShown } from '../reports/lost.ts'
import { keepAccounts } from './store.ts'

/** The account of a decision as its server tells it now, which is kept. Fails as the request does. */
export const fetchNow = async (
  asked: Pick<Work, 'context' | 'session' | 'decision' | 'cls' | 'signal'>,
): Promise<AdminAccountEntity> => {
  const { context, session, decision, cls, signal } = asked
  const { item: account, askedAt } = await fetchAccount(context.guard, session, decision.account_id ?? '', cls, signal)
  await storeShown(asked, by => keepAccounts(by, session.key, [account], askedAt))
  return account
}
