import type { Engine } from '../../../shared/contract/index.ts'
import { askFirst } from '../client/first-answers.ts'
import { openEarly } from '../features/reports/early.ts'
import { filterOf } from '../features/reports/queue.ts'
import { useDesk } from '../features/reports/store.ts'
import { frameQuestions } from './first-questions.ts'
import { readRoute } from './route.ts'

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
    ...frameQuestions.map(method => askFirst(engine, method, {})),
  ])
}
