import { create } from 'zustand'
import type { ClusterRef } from '../../../../shared/contract/signups.ts'

type Signups = {
  /** The cluster in view; null for the first one. */
  cluster: ClusterRef | null
  /** Who keys act on. */
  current: string | null
  /** Who is marked, by cluster, since it was first looked at: those who come later are marked by nobody. */
  marks: Readonly<Record<string, ReadonlySet<string>>>
}

/** What a moderator chose among those who wait. */
export const useSignups = create<Signups>(() => ({ cluster: null, current: null, marks: {} }))

export const clusterKey = ({ server, pattern, value }: ClusterRef) => `${server} ${pattern} ${value}`

export const sameCluster = (a: ClusterRef, b: ClusterRef) => clusterKey(a) === clusterKey(b)

export const setMarks = (key: string, ids: ReadonlySet<string>) =>
  useSignups.setState(({ marks }) => ({ marks: { ...marks, [key]: ids } }))

/** Marks someone, or no longer. */
export const toggleMark = (key: string, id: string) => {
  const ids = new Set(useSignups.getState().marks[key])
  if (!ids.delete(id)) ids.add(id)
  setMarks(key, ids)
}

/** Whether a cluster's people were marked for rejecting when it was first looked at. */
export const isSuggested = ({ pattern }: Pick<ClusterRef, 'pattern'>) => pattern !== 'all' && pattern !== 'none'
