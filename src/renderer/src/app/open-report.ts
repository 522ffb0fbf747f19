import type { ServerKey, Target } from '../../../shared/contract/ids.ts'
import { useDesk } from '../features/reports/store.ts'
import { goTo } from './use-route.ts'

/**
 * Shows a report in the queue where it stands; if a filter hides it there, its case all the same. The one server in view stays in
 * view: a decision on another is asked about first.
 */
export const openReport = (report: Target, isOpen: boolean, view: ServerKey | null) => {
  useDesk.setState(({ current }) => ({ wanted: report, left: current?.target ?? null }))
  goTo({ screen: 'reports', queue: isOpen ? 'reports' : 'closed', server: view })
}
