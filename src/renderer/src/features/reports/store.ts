import { create } from 'zustand'
import type { Target } from '../../../../shared/contract/ids.ts'
import type { Folding, ReportGrouping, ReportSort } from '../../../../shared/contract/reports.ts'
import { type Chosen, firstOrder, nothingChosen } from './queue.ts'

/** The place of a report that is not in the list. */
export const BEFORE_ALL = -1
/** The list of a report that no list was asked about yet. */
export const NO_LIST = ''

/** What a list is asked for beside its queue. */
type Asked = {
  group: ReportGrouping
  sort: ReportSort
  /** What the queue is narrowed by. */
  chosen: Chosen
}

type Desk = Asked & {
  /** The view that is open, with what it asked for, and what was asked for before it. */
  view: { id: string; chosen: Chosen; before: Asked } | null
  /**
   * The report that keys act on, and its place in a list: `list` names it, since in another one that place is another report's. `folded`: the
   * head there stands for it and all others of its group, and keys act on none of them.
   */
  current: { target: Target; index: number; list: string; folded?: boolean } | null
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
  view: null,
  current: null,
  folds: {},
  wanted: null,
  left: null,
}))

/** Narrows the queue by one thing more, or no longer. */
export const choose = (part: Partial<Chosen>) => useDesk.setState(({ chosen }) => ({ chosen: { ...chosen, ...part } }))

/** Asks for what a view asks for; a second one over the first goes back to what was before both. */
export const enterView = (id: string, asks: Asked) =>
  useDesk.setState(({ view, group, sort, chosen }) => ({
    ...asks,
    view: { id, chosen: asks.chosen, before: view?.before ?? { group, sort, chosen } },
  }))

/** Keeps what is asked for as a view, which is then open: the queue it was made in is no longer narrowed by it. */
export const nameView = (id: string) =>
  useDesk.setState(({ group, sort, chosen }) => ({
    view: { id, chosen, before: { group, sort, chosen: nothingChosen } },
  }))

/** Back in a queue of the rail, it is asked for as before the view, unless something else was chosen meanwhile. */
export const leaveView = () =>
  useDesk.setState(({ view, chosen }) => ({ ...(view?.chosen === chosen && view.before), view: null }))

export const sameTarget = (a: Target | null | undefined, b: Target | null | undefined) =>
  a?.server === b?.server && a?.id === b?.id
