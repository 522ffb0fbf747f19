import { z } from 'zod'
import { Target } from '../../../shared/contract/ids.ts'
import { ReportGrouping, ReportSort } from '../../../shared/contract/reports.ts'
import { BEFORE_ALL, NO_LIST, useDesk } from '../features/reports/store.ts'
import { PLACE } from './first-questions.ts'

/** What lasts over a reload: ids and the order, never words that someone searched for. */
const Place = z.object({ report: Target.nullable(), group: ReportGrouping, sort: ReportSort })

const read = (): z.infer<typeof Place> | undefined => {
  try {
    return Place.safeParse(JSON.parse(sessionStorage.getItem(PLACE) ?? 'null')).data
  } catch {
    return undefined
  }
}

/** Goes back to the report that one was at before the page was loaded again, and writes it down when the page goes. */
export const keepPlace = (): void => {
  const place = read()
  sessionStorage.removeItem(PLACE)
  if (place) {
    const { report, group, sort } = place
    useDesk.setState({ group, sort, current: report && { target: report, index: BEFORE_ALL, list: NO_LIST } })
  }
  window.addEventListener('pagehide', () => {
    const { current, group, sort } = useDesk.getState()
    const place: z.infer<typeof Place> = { report: current?.target ?? null, group, sort }
    sessionStorage.setItem(PLACE, JSON.stringify(place))
  })
}
