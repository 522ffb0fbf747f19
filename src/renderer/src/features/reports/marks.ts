import { create } from 'zustand'
import type { DecisionKind } from '../../../../shared/contract/decisions.ts'
import type { Target } from '../../../../shared/contract/ids.ts'
import type { GroupHead } from '../../../../shared/contract/reports.ts'
import type { Server } from '../../../../shared/contract/servers.ts'

/** A marked report, and the group that it was marked in, so that its head can say how many are. */
type Mark = { target: Target; group: string }

const keyOf = ({ server, id }: Target) => `${server} ${id}`

/**
 * Whether a group can be marked as a whole. What stands alone has nothing in common; legal reports are looked at one by one, unless all are
 * about one account.
 */
export const canMark = ({ kind, accounts }: GroupHead) => kind !== 'single' && (kind !== 'legal' || accounts === 1)

/** What is marked, by report; only ids, since the database holds the rest. */
export const useMarks = create<{ marks: ReadonlyMap<string, Mark> }>(() => ({ marks: new Map() }))

export const isMarked = (marks: ReadonlyMap<string, Mark>, target: Target | null | undefined) =>
  target != null && marks.has(keyOf(target))

/** How many of a group are marked. */
export const countMarked = (marks: ReadonlyMap<string, Mark>, group: string) =>
  [...marks.values()].filter(mark => mark.group === group).length

/** Marks these too; those that are marked stay so. */
export const mark = (targets: readonly Target[], group: string) =>
  useMarks.setState(({ marks }) => ({
    marks: new Map([...marks, ...targets.map(target => [keyOf(target), { target, group }] as const)]),
  }))

export const unmark = (targets: readonly Target[]) => {
  const gone = new Set(targets.map(keyOf))
  useMarks.setState(({ marks }) => ({ marks: new Map([...marks].filter(([key]) => !gone.has(key))) }))
}

/** Why nothing that is marked can be decided so, as the sentence's code; `on`: the servers that it is on. */
export const refusalOf = (kind: DecisionKind, on: readonly Server[]) => {
  const [code, may] = kind.startsWith('account.')
    ? (['refusal.role-users', 'manageUsers'] as const)
    : (['refusal.role-reports', 'manageReports'] as const)
  return on.length > 0 && on.every(({ role }) => !role[may]) ? code : null
}

export const unmarkAll = () => useMarks.setState({ marks: new Map() })
