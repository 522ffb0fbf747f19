import type { SignupPattern } from '../../../shared/contract/signups.ts'
import type { Patterns } from './patterns.ts'

/** Someone who waits, as far as clusters are made of it. */
export type Waiting = Patterns & {
  id: string
  username: string
  at: number
  confirmed: boolean
  invited: boolean
  hasReason: boolean
  /** Rejected from here before, as far as that can be known. */
  rejected: boolean
}

/** People who share something. `says` is what people read: the domain, the range, a name that stands for all. */
export type Found = { pattern: SignupPattern; value: string; says: string; members: readonly Waiting[] }

/** So many share something before it is told. Names and mail domains are shared by chance more often than ranges and texts. */
const LEAST = { mail: 5, range: 4, reason: 3, name: 8 } as const
const BUCKET_MS = 600_000
const DAY_MS = 86_400_000
/** So many in ten minutes, and so many times the usual, are a burst. */
const [LEAST_IN_BURST, TIMES_USUAL] = [10, 4]

const keyOf = { mail: 'mail', range: 'range', reason: 'reason', name: 'shape' } as const

/** How many came in each ten minutes, from the first to the last, none left out. */
export const timesOf = (members: readonly Waiting[]): { at: number; count: number }[] => {
  const counts = new Map<number, number>()
  for (const { at } of members) {
    const bucket = Math.floor(at / BUCKET_MS)
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
  }
  const buckets = [...counts.keys()]
  if (buckets.length === 0) return []
  const last = Math.max(...buckets)
  // No more than a day's, so that one who waits for weeks does not make the picture.
  const first = Math.max(Math.min(...buckets), last - DAY_MS / BUCKET_MS + 1)
  return Array.from({ length: last - first + 1 }, (_, n) => ({
    at: (first + n) * BUCKET_MS,
    count: counts.get(first + n) ?? 0,
  }))
}

/** The usual in ten minutes: the median of a day, in which quiet hours count too. */
const usual = (times: readonly { count: number }[]): number => {
  const quiet = Math.max(0, DAY_MS / BUCKET_MS - times.length)
  const sorted = [...Array.from({ length: quiet }, () => 0), ...times.map(each => each.count)].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/** When unusually many came: from and to, in ms. */
export const burstsOf = (members: readonly Waiting[]): { from: number; to: number }[] => {
  const times = timesOf(members)
  const least = Math.max(LEAST_IN_BURST, TIMES_USUAL * usual(times))
  const bursts: { from: number; to: number }[] = []
  for (const { at, count } of times) {
    if (count < least) continue
    const last = bursts.at(-1)
    if (last && at - last.to <= BUCKET_MS) last.to = at + BUCKET_MS
    else bursts.push({ from: at, to: at + BUCKET_MS })
  }
  return bursts
}

/** Everything that enough of these people share, the largest first. One person may be in several. */
export const clustersOf = (waiting: readonly Waiting[]): Found[] => {
  const found: Found[] = []
  for (const pattern of ['mail', 'range', 'reason', 'name'] as const) {
    const groups = new Map<string, Waiting[]>()
    for (const one of waiting) {
      const value = one[keyOf[pattern]]
      if (value === null) continue
      const group = groups.get(value)
      if (group) group.push(one)
      else groups.set(value, [one])
    }
    for (const [value, members] of groups)
      if (members.length >= LEAST[pattern])
        found.push({
          pattern,
          value,
          says: pattern === 'name' ? (members[0]?.username ?? '') : pattern === 'reason' ? '' : value,
          members,
        })
  }
  for (const { from, to } of burstsOf(waiting)) {
    const members = waiting.filter(({ at }) => at >= from && at < to)
    found.push({ pattern: 'burst', value: String(from), says: '', members })
  }
  const again = waiting.filter(({ rejected }) => rejected)
  if (again.length > 0) found.push({ pattern: 'rejected', value: '', says: '', members: again })
  return found.sort((a, b) => b.members.length - a.members.length)
}

/** What each person shares, by id. */
export const sharedBy = (clusters: readonly Found[]): Map<string, Found[]> => {
  const shared = new Map<string, Found[]>()
  for (const cluster of clusters)
    for (const { id } of cluster.members) {
      const known = shared.get(id)
      if (known) known.push(cluster)
      else shared.set(id, [cluster])
    }
  return shared
}

/** Whether a text is the person's own: there is one, and too few share it. */
export const hasOwnReason = (one: Waiting, shares: readonly Found[]): boolean =>
  one.hasReason && !shares.some(({ pattern }) => pattern === 'reason')

/**
 * Whether so much speaks against a person that the cluster is marked with them: two patterns, of which one is no mere chance, and
 * nothing of their own. A person decides; this only spares them the ticks.
 */
export const isMarked = (one: Waiting, shares: readonly Found[]): boolean => {
  const patterns = new Set<string>(shares.map(({ pattern }) => pattern))
  const isMore = ['range', 'reason', 'name', 'rejected'].some(pattern => patterns.has(pattern))
  return patterns.size >= 2 && isMore && !one.invited && !hasOwnReason(one, shares)
}
