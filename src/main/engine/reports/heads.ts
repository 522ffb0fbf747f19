import type { GroupHead } from '../../../shared/contract/reports.ts'
import { accountName, type NameRow, nameColumns } from '../accounts/table.ts'
import { campaignShows, findSaid } from '../campaigns/table.ts'
import type { ReadDb } from '../db/handle.ts'
import { findBrigade } from './brigade.ts'
import { countDifferent } from './columns.ts'
import type { Order } from './order.ts'
import type { Places } from './places.ts'

/** How many reports of a group are asked for its name. */
const MOST_ASKED = 20

type Named = NameRow & { server: string; target_domain: string | null }

/** What names a group is the same for all of its reports: any tells that the server has not deleted. */
const nameOf = (db: ReadDb, reports: Int32Array): Named | undefined =>
  db.get<Named>(
    `SELECT r.server, r.target_domain, ${nameColumns} FROM mirror.report r JOIN mirror.account a ON a.server = r.server AND a.id = r.target_id
     WHERE r.n IN (SELECT value FROM json_each(?)) LIMIT 1`,
    [JSON.stringify([...reports.subarray(0, MOST_ASKED)])],
  )

/** What a head counts: of a list that stays as it is, so counted once. */
type Counts = Pick<GroupHead, 'reports' | 'accounts' | 'reporters' | 'sources' | 'oldestAt' | 'newestAt' | 'brigade'>

const countsOf = (reports: Int32Array, places: Places, isTarget: boolean): Counts => {
  const { target, source, reporter, time } = places.columns()
  let [oldestAt, newestAt] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < reports.length; i++) {
    const at = time[reports[i] ?? 0] ?? 0
    if (at < oldestAt) oldestAt = at
    if (at > newestAt) newestAt = at
  }
  const filed = isTarget
    ? Array.from(reports, n => ({ at: time[n] ?? 0, by: reporter[n] ?? 0 })).sort((a, b) => a.at - b.at)
    : []
  return {
    reports: reports.length,
    accounts: countDifferent(target, reports),
    reporters: countDifferent(reporter, reports),
    sources: countDifferent(source, reports),
    oldestAt,
    newestAt,
    brigade: findBrigade(filed),
  }
}

/** The heads of one list, by place. */
export const makeHeads = ({ lines, legalAt, singlesAt, campaigns }: Order, byOrigin: boolean, places: Places) => {
  const counted = new Map<number, Counts>()
  const kindAt = (at: number): GroupHead['kind'] => {
    if (at === legalAt) return 'legal'
    if (at === singlesAt) return 'single'
    if (byOrigin) return 'origin'
    return campaigns.has(at) ? 'campaign' : 'target'
  }
  const nameAt = (at: number): string => {
    const kind = kindAt(at)
    const { target, origin } = places.columns()
    const first = lines[at + 1] ?? 0
    if (kind === 'target') {
      const { server, id } = places.names.target.remote(target[first] ?? 0)
      return `target ${server} ${id}`
    }
    if (kind === 'origin') return `origin ${places.names.domain.text(origin[first] ?? 0)}`
    return kind === 'campaign' ? places.keyOf(campaigns.get(at) ?? 0) : kind
  }
  const headAt = (db: ReadDb, at: number): GroupHead => {
    const reports = lines.subarray(at + 1, at + 1 - (lines[at] ?? 0))
    const key = campaigns.get(at)
    const kind = kindAt(at)
    const counts = counted.get(at) ?? countsOf(reports, places, kind === 'target')
    counted.set(at, counts)
    const named = kind === 'target' || kind === 'origin' ? nameOf(db, reports) : undefined
    const text = key === undefined ? undefined : places.keyOf(key)
    return {
      name: nameAt(at),
      kind,
      server: kind === 'target' && named ? named.server : null,
      account: kind === 'target' && named ? accountName(named) : null,
      origin: kind === 'origin' && named ? named.target_domain : null,
      campaign:
        text === undefined
          ? null
          : { key: text, shows: campaignShows(db, text), said: findSaid(db, text)?.text ?? null },
      ...counts,
    }
  }
  return { headAt, nameAt }
}
