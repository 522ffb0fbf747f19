import { create } from 'zustand'
import type { Target } from '../../../../shared/contract/ids.ts'
import type { Category, ReportGrouping, ReportSort } from '../../../../shared/contract/reports.ts'

type Desk = {
  group: ReportGrouping
  sort: ReportSort
  category: Category | null
  /** The report that keys act on, and its place in the list on screen. */
  current: { target: Target; index: number } | null
  /** A report that was asked for from elsewhere, until it is the current one. */
  wanted: Target | null
}

/** What a moderator chose in the queue; what the database holds is not here. */
export const useDesk = create<Desk>(() => ({
  group: 'campaign',
  sort: 'severest',
  category: null,
  current: null,
  wanted: null,
}))

export const sameTarget = (a: Target | null | undefined, b: Target | null | undefined) =>
  a?.server === b?.server && a?.id === b?.id
