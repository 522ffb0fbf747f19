import { useEffect, useMemo, useState } from 'react'
import type { ClusterRef, SignupRow } from '../../../../shared/contract/signups.ts'
import type { Output } from '../../client/question.ts'
import { useLive } from '../../client/use-live.ts'
import { clusterKey, isSuggested, setMarks, useSignups } from './store.ts'

type Whole = Output<'signups.cluster'>
const nobody: Whole['people'] = []
const unmarked: ReadonlySet<string> = new Set()

/** The people of a cluster, who of them is marked, and who is current. Whoever is gone leaves the place to the next one. */
export const usePeople = (cluster: ClusterRef | undefined) => {
  const live = useLive('signups.cluster', cluster ?? null)
  const key = cluster === undefined ? '' : clusterKey(cluster)
  const people = live.data?.people ?? nobody
  const chosen = useSignups(signups => signups.marks[key])
  const current = useSignups(signups => signups.current)
  const { data } = live
  const suggested = cluster !== undefined && isSuggested(cluster)
  useEffect(() => {
    if (!data || key === '' || useSignups.getState().marks[key]) return
    setMarks(key, new Set(suggested ? data.people.flatMap(({ id, marked }) => (marked ? [id] : [])) : []))
  }, [data, key, suggested])
  const [place, setPlace] = useState(0)
  const found = people.findIndex(({ id }) => id === current)
  const index = found >= 0 ? found : Math.min(place, people.length - 1)
  useEffect(() => {
    if (found >= 0) setPlace(found)
  }, [found])
  // Another cluster begins at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the cluster changes
  useEffect(() => setPlace(0), [key])
  const marked = useMemo(
    () => people.filter(({ id }) => (chosen ?? unmarked).has(id)).map(({ id }) => id),
    [people, chosen],
  )
  const goTo = (to: number) => {
    const id = people[Math.max(0, Math.min(to, people.length - 1))]?.id
    if (id !== undefined) useSignups.setState({ current: id })
  }
  return {
    key,
    whole: data,
    failure: live.failure,
    people,
    index,
    currentId: people[index]?.id,
    marked,
    isMarked: (id: string) => (chosen ?? unmarked).has(id),
    goTo,
    step: (by: 1 | -1) => goTo(index + by),
  }
}
export type People = ReturnType<typeof usePeople>

/** Rows are read this many at a time. */
const SLICE = 50

/** The rows around those in view; what was read once stays until it is read again. */
export const useRows = (server: string | undefined, people: People['people'], from: number, to: number) => {
  const first = Math.max(0, Math.floor(from / SLICE) * SLICE - SLICE)
  const ids = people
    .slice(first, Math.min(first + 4 * SLICE, Math.ceil((to + 1) / SLICE) * SLICE + SLICE))
    .map(({ id }) => id)
  const { data } = useLive('signups.rows', server === undefined || ids.length === 0 ? null : { server, ids })
  const [rows, setRows] = useState<ReadonlyMap<string, SignupRow>>(new Map())
  useEffect(() => {
    if (data)
      setRows(known => new Map([...known, ...data.rows.map(row => [`${row.server} ${row.account.id}`, row] as const)]))
  }, [data])
  return (id: string) => rows.get(`${server} ${id}`)
}
