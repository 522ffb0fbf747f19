import type { Target } from '../../../shared/contract/ids.ts'
import type { Engine } from '../../../shared/contract/index.ts'
import { askFirst } from '../client/first-answers.ts'
import { openEarly } from '../features/reports/early.ts'
import { filterOf } from '../features/reports/queue.ts'
import { useDesk } from '../features/reports/store.ts'
import { frameQuestions } from './first-questions.ts'
import { readRoute } from './route.ts'

/** The page of an account that is come back to, and its ladder, which is otherwise asked for when the page is there. */
const askAccount = (engine: Engine, account: Target) => [
  askFirst(engine, 'accounts.show', account),
  askFirst(engine, 'decisions.ladder', { server: account.server, subject: { of: 'account', id: account.id } }),
]

/**
 * Asks all that the first screen will show while the page still reads its drawing part: the list that the address names, the longest,
 * before the rest. Ends when all is there.
 */
export const openFirst = async (engine: Engine): Promise<void> => {
  const route = readRoute(location.hash)
  const { group, sort, chosen } = useDesk.getState()
  await Promise.all([
    route.screen === 'reports' &&
      openEarly(engine, { filter: filterOf(route.queue, route.server, chosen), group, sort }),
    ...(route.screen === 'accounts' && route.account ? askAccount(engine, route.account) : []),
    ...frameQuestions.map(method => askFirst(engine, method, {})),
  ])
}
