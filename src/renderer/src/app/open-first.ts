import type { Engine } from '../../../shared/contract/index.ts'
import { openEarly } from '../features/reports/early.ts'
import { filterOf } from '../features/reports/queue.ts'
import { useDesk } from '../features/reports/store.ts'
import { readRoute } from './route.ts'

/** Opens the list that the address names beside the first questions of the page, not after their answers. */
export const openFirst = (engine: Engine): void => {
  const route = readRoute(location.hash)
  if (route.screen !== 'reports') return
  const { group, sort, chosen } = useDesk.getState()
  openEarly(engine, { filter: filterOf(route.queue, route.server, chosen), group, sort })
}
