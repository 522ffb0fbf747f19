import type { ReportGrouping, ReportSort } from '../../../shared/contract/reports.ts'
import type { Columns } from './columns.ts'
import { makeSpace } from './space.ts'

/**
 * Reports in order. `lines`: the number of a report, or minus the size of the group whose head stands here. `legalAt` and `singlesAt`
 * are the places of these two groups' heads, or -1; `campaigns` has the numbers of those groups that are one, by place.
 */
export type Order = { lines: Int32Array; legalAt: number; singlesAt: number; campaigns: ReadonlyMap<number, number> }

/** What is put in order: report numbers, the earliest first, and for each the number of its campaign, or 0. */
export type Chosen = { reports: Int32Array; bursts: Int32Array | null }

const space = {
  severities: makeSpace(),
  ranks: makeSpace(),
  keys: makeSpace(),
  count: makeSpace(),
  first: makeSpace(),
  last: makeSpace(),
  severest: makeSpace(),
  next: makeSpace(),
}

const LEGAL = 0
const SEVERITIES = 4

const gather = (into: Int32Array, column: Int32Array | Uint8Array, numbers: Int32Array): Int32Array => {
  for (let rank = 0; rank < numbers.length; rank++) into[rank] = column[numbers[rank] ?? 0] ?? 0
  return into
}

/** Ranks (places among the reports, which are by time) in the order within a group. */
const ranksWithin = (severities: Int32Array, sort: ReportSort): Int32Array => {
  const ranks = space.ranks(severities.length)
  if (sort !== 'severest') {
    for (let rank = 0; rank < ranks.length; rank++) ranks[rank] = rank
    return sort === 'newest' ? ranks.reverse() : ranks
  }
  // Where the reports of each severity begin.
  const next = new Int32Array(SEVERITIES + 1)
  for (let rank = 0; rank < ranks.length; rank++) {
    const severity = severities[rank] ?? 0
    next[severity + 1] = (next[severity + 1] ?? 0) + 1
  }
  for (let at = 1; at < SEVERITIES; at++) next[at] = (next[at] ?? 0) + (next[at - 1] ?? 0)
  for (let rank = 0; rank < ranks.length; rank++) {
    const severity = severities[rank] ?? 0
    const place = next[severity] ?? 0
    next[severity] = place + 1
    ranks[place] = rank
  }
  return ranks
}

const LEGAL_KEY = 0
/**
 * The key of each rank's group: legal ones are one group, then all of a campaign, the others stand by account; or all by origin. Keys
 * above `accounts` are those of campaigns; every key is below `size`.
 */
const keysOf = ({ reports, bursts }: Chosen, severities: Int32Array, of: Columns, byOrigin: boolean) => {
  const keys = gather(space.keys(reports.length), byOrigin ? of.origin : of.target, reports)
  let accounts = 0
  for (let rank = 0; rank < keys.length; rank++) {
    const key = !byOrigin && severities[rank] === LEGAL ? LEGAL_KEY : (keys[rank] ?? 0) + 1
    keys[rank] = key
    if (key > accounts) accounts = key
  }
  let most = 0
  if (bursts)
    for (let rank = 0; rank < keys.length; rank++) {
      const burst = bursts[rank] ?? 0
      if (burst === 0) continue
      keys[rank] = accounts + burst
      if (burst > most) most = burst
    }
  return { keys, accounts, size: accounts + most + 1 }
}

/** What the order of groups needs of each, by its key. */
const tally = (keys: Int32Array, size: number, severities: Int32Array) => {
  const [count, first, last] = [space.count(size), space.first(size), space.last(size)]
  const severest = space.severest(size).fill(SEVERITIES)
  for (let rank = 0; rank < keys.length; rank++) {
    const key = keys[rank] ?? 0
    const severity = severities[rank] ?? 0
    const reports = count[key] ?? 0
    if (reports === 0) first[key] = rank
    count[key] = reports + 1
    last[key] = rank
    if (severity < (severest[key] ?? 0)) severest[key] = severity
  }
  return { count, first, last, severest }
}

/** The keys of the groups in order, without the legal one, and how many reports stand alone where those are set apart. */
const orderGroups = (
  keys: Int32Array,
  { count, first, last, severest }: ReturnType<typeof tally>,
  byOrigin: boolean,
  sort: ReportSort,
): { several: Int32Array; singles: number } => {
  const all = keys.length + 1
  // Filled by hand: growing a list and reading it out again takes as long as sorting it.
  const numbers = new Float64Array(byOrigin ? keys.length : keys.length >> 1)
  let [groups, singles] = [0, 0]
  for (let key = byOrigin ? 0 : LEGAL_KEY + 1; key < count.length; key++) {
    const reports = count[key] ?? 0
    if (reports === 0) continue
    if (!byOrigin && reports === 1) {
      singles++
      continue
    }
    const severity = sort === 'severest' ? (severest[key] ?? 0) : 0
    const largest = sort === 'severest' || sort === 'most' || byOrigin ? all - reports : 0
    const before = byOrigin ? largest * SEVERITIES + severity : severity * all + largest
    // The number that sorts a group ends in the rank of one of its reports: no two are the same, and it tells the group.
    numbers[groups++] = before * all + (sort === 'newest' ? all - 1 - (last[key] ?? 0) : (first[key] ?? 0))
  }
  const sorted = numbers.subarray(0, groups).sort()
  const several = new Int32Array(groups)
  for (let place = 0; place < groups; place++) {
    const rank = (sorted[place] ?? 0) % all
    several[place] = keys[sort === 'newest' ? all - 1 - rank : rank] ?? 0
  }
  return { several, singles }
}

/** Ranks with those of the most reported accounts first, each account's together and the earliest first. */
const ranksByAccount = ({ reports }: Chosen, severities: Int32Array, of: Columns): Int32Array => {
  const keys = gather(space.keys(reports.length), of.target, reports)
  const size = keys.reduce((most, key) => (key > most ? key : most), 0) + 1
  const { count, first } = tally(keys, size, severities)
  const all = keys.length + 1
  const numbers = new Float64Array(keys.length)
  for (let rank = 0; rank < keys.length; rank++) {
    const key = keys[rank] ?? 0
    numbers[rank] = ((all - (count[key] ?? 0)) * all + (first[key] ?? 0)) * all + rank
  }
  return Int32Array.from(numbers.sort(), number => number % all)
}

/**
 * Puts reports in order. Legal ones come first and together, then campaigns and accounts with several reports, each with all of its own,
 * then those that stand alone; or by the server that the account is on, the most reported first; or one after the other. A few passes
 * over numbers, so that a list of 40,000 opens within a frame.
 */
export const orderReports = (chosen: Chosen, of: Columns, grouping: ReportGrouping, sort: ReportSort): Order => {
  const { reports } = chosen
  const none = new Map<number, number>()
  const severities = gather(space.severities(reports.length), of.severity, reports)
  if (grouping === 'none' || reports.length === 0) {
    const ranks = sort === 'most' ? ranksByAccount(chosen, severities, of) : ranksWithin(severities, sort)
    return { lines: ranks.map(rank => reports[rank] ?? 0), legalAt: -1, singlesAt: -1, campaigns: none }
  }
  const ranks = ranksWithin(severities, sort)
  const byOrigin = grouping === 'origin'
  const { keys, accounts, size } = keysOf(chosen, severities, of, byOrigin)
  const told = tally(keys, size, severities)
  const { several, singles } = orderGroups(keys, told, byOrigin, sort)
  const legal = byOrigin ? 0 : (told.count[LEGAL_KEY] ?? 0)
  const heads = several.length + (legal > 0 ? 1 : 0) + (singles > 0 ? 1 : 0)
  const lines = new Int32Array(reports.length + heads)
  const next = space.next(size)
  const campaigns = chosen.bursts ? new Map<number, number>() : none
  let at = 0
  const open = (key: number) => {
    const reported = told.count[key] ?? 0
    lines[at] = -reported
    if (key > accounts) campaigns.set(at, key - accounts)
    next[key] = at + 1
    at += reported + 1
  }
  if (legal > 0) open(LEGAL_KEY)
  for (const key of several) open(key)
  const singlesAt = singles > 0 ? at : -1
  if (singles > 0) lines[at++] = -singles
  for (let i = 0; i < ranks.length; i++) {
    const rank = ranks[i] ?? 0
    const key = keys[rank] ?? 0
    // Only what stands alone was given no place.
    const place = next[key] || at++
    lines[place] = reports[rank] ?? 0
    next[key] = place + 1
  }
  return { lines, legalAt: legal > 0 ? 0 : -1, singlesAt, campaigns }
}
