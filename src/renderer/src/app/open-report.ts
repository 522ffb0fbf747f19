import type { Target } from '../../../shared/contract/ids.ts'
import { useDesk } from '../features/reports/store.ts'
import { goTo } from './use-route.ts'

/** Shows a report in the queue where it stands; if a filter hides it there, its case all the same. */
export const openReport = (report: Target, isOpen: boolean) => {
  useDesk.setState({ wanted: report })
  goTo({ screen: 'reports', queue: isOpen ? 'reports' : 'closed', server: null })
}
