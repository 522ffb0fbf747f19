import { create } from 'zustand'
import type { Target } from '../../../../shared/contract/ids.ts'
import type { Folding, ReportGrouping, ReportSort } from '../../../../shared/contract/reports.ts'
import { type Chosen, firstOrder, nothingChosen } from './queue.ts'

/** The place of a report that is not in the list. */
export const BEFORE_ALL = -1

type Desk = {
  group: ReportGrouping
  sort: ReportSort
  /** What the queue is narrowed by. */
  chosen: Chosen
  /**
   * The report that keys act on, and its place in the list on screen. `folded`: the head there stands for it and all others of its group,
   * and keys act on none of them.
   */
  current: { target: Target; index: number; folded?: boolean } | null
  /** Which groups are folded, for each list of the rail; `at`: the head where one folded or unfolded last. */
  folds: Readonly<Record<string, { folding: Folding; at: number | null }>>
  /** A report that was asked for from elsewhere, until it is the current one. */
  wanted: Target | null
  /** The report that one left for it: where one is again in a list that has only this one. */
  left: Target | null
}

/** What a moderator chose in the queue; what the database holds is not here. */
export const useDesk = create<Desk>(() => ({
  ...firstOrder,
  chosen: nothingChosen,
  current: null,
  folds: {},
  wanted: null,
  left: null,
}))

/** Narrows the queue by one thing more, or no longer. */
export const choose = (part: Partial<Chosen>) => useDesk.setState(({ chosen }) => ({ chosen: { ...chosen, ...part } }))

export const sameTarget = (a: Target | null | undefined, b: Target | null | undefined) =>
  a?.server === b?.server && a?.id === b?.id
