import type { ReportGrouping, ReportSort } from '../../../shared/contract/reports.ts'
import type { Columns } from './columns.ts'
import { makeSpace } from './space.ts'

/**
 * Reports in order. `lines`: the number of a report, or minus the size of the group whose head stands here. `legalAt` and `singlesAt`
 * are the places of these two groups' heads, or -1; `campaigns` has the numbers of the keys of those groups that are one, by place.
 */
export type Order = { lines: Int32Array; legalAt: number; singlesAt: number; campaigns: ReadonlyMap<number, number> }

/** What is put in order: report numbers, the earliest first, and for each the number of its campaign's key, or 0. */
export type Chosen = { reports: Int32Array; bursts: Int32Array | null }

const space = {
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

/** Ranks (places in `chosen`, which is by time) in the order within a group. */
const ranksWithin = (chosen: Int32Array, severity: Uint8Array, sort: ReportSort): Int32Array => {
  const ranks = space.ranks(chosen.length)
  // Where the reports of each severity begin; with any other sort, all are of one.
  const next = new Int32Array(SEVERITIES + 1)
  const of = (rank: number) => (sort === 'severest' ? (severity[chosen[rank] ?? 0] ?? 0) : 0)
  for (let rank = 0; rank < ranks.length; rank++) next[of(rank) + 1] = (next[of(rank) + 1] ?? 0) + 1
  for (let at = 1; at < SEVERITIES; at++) next[at] = (next[at] ?? 0) + (next[at - 1] ?? 0)
  for (let rank = 0; rank < ranks.length; rank++) {
    const place = next[of(rank)] ?? 0
    next[of(rank)] = place + 1
    ranks[place] = rank
  }
  return sort === 'newest' ? ranks.reverse() : ranks
}

const LEGAL_KEY = 0
/**
 * The key of each rank's group: legal ones are one group, then all of a campaign, the others stand by account; or all by origin. Keys
 * above `accounts` are those of campaigns.
 */
const keysOf = ({ reports, bursts }: Chosen, of: Columns, byOrigin: boolean) => {
  const keys = space.keys(reports.length)
  let accounts = 0
  for (let rank = 0; rank < keys.length; rank++) {
    const n = reports[rank] ?? 0
    const key = byOrigin ? (of.origin[n] ?? 0) + 1 : of.severity[n] === LEGAL ? LEGAL_KEY : (of.target[n] ?? 0) + 1
    keys[rank] = key
    if (key > accounts) accounts = key
  }
  if (bursts)
    for (let rank = 0; rank < keys.length; rank++) {
      const burst = bursts[rank] ?? 0
      if (burst !== 0) keys[rank] = accounts + burst
    }
  return { keys, accounts }
}

/** What the order of groups needs of each, by its key. */
const tally = (keys: Int32Array, chosen: Int32Array, severity: Uint8Array) => {
  let most = 0
  for (let rank = 0; rank < keys.length; rank++) most = Math.max(most, keys[rank] ?? 0)
  const [count, first, last] = [space.count(most + 1), space.first(most + 1), space.last(most + 1)]
  const severest = space.severest(most + 1).fill(SEVERITIES)
  for (let rank = 0; rank < keys.length; rank++) {
    const key = keys[rank] ?? 0
    const of = severity[chosen[rank] ?? 0] ?? 0
    const reports = count[key] ?? 0
    if (reports === 0) first[key] = rank
    count[key] = reports + 1
    last[key] = rank
    if (of < (severest[key] ?? 0)) severest[key] = of
  }
  return { count, first, last, severest }
}

/** The keys of the groups in order, without the legal one, and how many reports stand alone where those are set apart. */
const orderGroups = (
  keys: Int32Array,
  { count, first, last, severest }: ReturnType<typeof tally>,
  byOrigin: boolean,
  sort: ReportSort,
): { several: number[]; singles: number } => {
  const all = keys.length + 1
  const numbers: number[] = []
  let singles = 0
  for (let rank = 0; rank < keys.length; rank++) {
    const key = keys[rank] ?? 0
    if (first[key] !== rank || (!byOrigin && key === LEGAL_KEY)) continue
    const reports = count[key] ?? 0
    if (!byOrigin && reports === 1) {
      singles++
      continue
    }
    const severity = sort === 'severest' ? (severest[key] ?? 0) : 0
    const largest = sort === 'severest' || sort === 'most' || byOrigin ? all - reports : 0
    const before = byOrigin ? largest * SEVERITIES + severity : severity * all + largest
    // The number that sorts a group ends in the rank of one of its reports: no two are the same, and it tells the group.
    numbers.push(before * all + (sort === 'newest' ? all - 1 - (last[key] ?? 0) : rank))
  }
  const several = Array.from(Float64Array.from(numbers).sort(), number => {
    const rank = sort === 'newest' ? all - 1 - (number % all) : number % all
    return keys[rank] ?? 0
  })
  return { several, singles }
}

/** Ranks with those of the most reported accounts first, each account's together and the earliest first. */
const ranksByAccount = (chosen: Int32Array, target: Int32Array): Int32Array => {
  const keys = space.keys(chosen.length)
  for (let rank = 0; rank < keys.length; rank++) keys[rank] = (target[chosen[rank] ?? 0] ?? 0) + 1
  const { count, first } = tally(keys, chosen, new Uint8Array(0))
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
  if (grouping === 'none' || reports.length === 0) {
    const ranks = sort === 'most' ? ranksByAccount(reports, of.target) : ranksWithin(reports, of.severity, sort)
    return { lines: ranks.map(rank => reports[rank] ?? 0), legalAt: -1, singlesAt: -1, campaigns: none }
  }
  const ranks = ranksWithin(reports, of.severity, sort)
  const byOrigin = grouping === 'origin'
  const { keys, accounts } = keysOf(chosen, of, byOrigin)
  const told = tally(keys, reports, of.severity)
  const { several, singles } = orderGroups(keys, told, byOrigin, sort)
  const legal = byOrigin ? 0 : (told.count[LEGAL_KEY] ?? 0)
  const heads = several.length + (legal > 0 ? 1 : 0) + (singles > 0 ? 1 : 0)
  const lines = new Int32Array(reports.length + heads)
  const next = space.next(told.count.length)
  const campaigns = chosen.bursts ? new Map<number, number>() : none
  let at = 0
  for (const key of legal > 0 ? [LEGAL_KEY, ...several] : several) {
    const size = told.count[key] ?? 0
    lines[at] = -size
    if (key > accounts) campaigns.set(at, key - accounts)
    next[key] = at + 1
    at += size + 1
  }
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
