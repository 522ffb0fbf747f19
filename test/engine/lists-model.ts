import type {
  GroupHead,
  ListLine,
  ReportFilter,
  ReportGrouping,
  ReportSort,
} from '../../src/shared/contract/reports.ts'
import { categories, type Desk, domainOf, type Told } from './lists-ground.ts'

/** What of a line the model can say. */
export type Line =
  | string
  | (Pick<
      GroupHead,
      'kind' | 'server' | 'origin' | 'reports' | 'accounts' | 'reporters' | 'sources' | 'oldestAt' | 'newestAt'
    > & { account: string | null; key: string | null })

const timeOf = (one: Told) => one.resolved ?? one.created
const accountOf = (one: Told) => `${one.server} ${one.target}`
const differ = (values: readonly unknown[]) => new Set(values).size

/** A campaign now: of its keys the one that most share, where five reports about three accounts do, and still do after all chose. */
const burstsOf = (chosen: readonly Told[]): ReadonlyMap<Told, string> => {
  const apt = chosen.filter(one => one.severity > 0)
  const isWide = (all: readonly Told[]) => all.length >= 5 && differ(all.map(accountOf)) >= 3
  const sharing = (key: string) => apt.filter(one => one.keys.includes(key))
  const picked = new Map<Told, string>()
  for (const one of apt) {
    const [best] = one.keys
      .filter(key => isWide(sharing(key)))
      .toSorted((a, b) => sharing(b).length - sharing(a).length)
    if (best !== undefined) picked.set(one, best)
  }
  return new Map([...picked].filter(([, key]) => isWide(apt.filter(one => picked.get(one) === key))))
}

const fits = (one: Told, filter: ReportFilter, now: number): boolean => {
  const age = now - timeOf(one)
  const remote = (wanted: { server: string; id: string } | null, id: string | null) =>
    wanted === null || (wanted.server === one.server && wanted.id === id)
  return (
    (one.resolved === null) === (filter.state === 'open') &&
    (filter.server === null || one.server === filter.server) &&
    (filter.category === null || categories[one.severity] === filter.category) &&
    (filter.claim === 'any' || one.assignee === (filter.claim === 'mine' ? '1' : null)) &&
    (filter.assignee === 'nobody' ? one.assignee === null : remote(filter.assignee, one.assignee)) &&
    remote(filter.target, String(one.target)) &&
    (filter.rule === null || (filter.rule.server === one.server && one.rules.includes(filter.rule.id))) &&
    (filter.origin === null || filter.origin.domain === domainOf(one.target)) &&
    (filter.source === null || filter.source.domain === one.from) &&
    (filter.language === null || one.languages.includes(filter.language)) &&
    (filter.age.least === null || age >= filter.age.least) &&
    (filter.age.below === null || age < filter.age.below) &&
    (filter.campaign === null || filter.campaign === 'any' || one.keys.includes(filter.campaign)) &&
    (filter.state === 'resolved' || filter.snoozed === 'in' || one.snoozed === (filter.snoozed === 'only')) &&
    (filter.text === '' || one.words.startsWith(filter.text))
  )
}

/** The order as the contract words it, with no thought of speed. */
export const model = (
  all: readonly Told[],
  filter: ReportFilter,
  grouping: ReportGrouping,
  sort: ReportSort,
  desk: Desk,
  now: number,
): Line[] => {
  const apt = all.filter(one => fits(one, filter, now))
  const byTime = (a: Told, b: Told) => timeOf(a) - timeOf(b) || desk.numberOf(a) - desk.numberOf(b)
  const chosen = filter.campaign === 'any' ? apt.filter(one => filter.state === 'open' && burstsOf(apt).has(one)) : apt
  const by = filter.state === 'resolved' ? 'newest' : sort
  const within = {
    oldest: byTime,
    newest: (a: Told, b: Told) => byTime(b, a),
    severest: (a: Told, b: Told) => a.severity - b.severity || byTime(a, b),
    most: byTime,
  }[by]
  const first = (group: readonly Told[]) => group.toSorted(byTime)[0]
  const compare = (of: (group: Told[]) => Told | undefined) => (a: Told[], b: Told[]) => {
    const [one, other] = [of(a), of(b)]
    return one && other ? byTime(one, other) : 0
  }
  const severest = (group: Told[]) => Math.min(...group.map(one => one.severity))
  const largest = (a: Told[], b: Told[]) => b.length - a.length || compare(first)(a, b)
  const between = {
    oldest: compare(first),
    newest: (a: Told[], b: Told[]) => compare(group => group.toSorted(byTime).at(-1))(b, a),
    severest: (a: Told[], b: Told[]) => severest(a) - severest(b) || largest(a, b),
    most: largest,
  }[by]
  const ids = (group: readonly Told[]): string[] => group.toSorted(within).map(one => `${one.server} ${one.id}`)
  const head = (kind: GroupHead['kind'], group: readonly Told[], key: string | null = null): Line => ({
    kind,
    key,
    server: kind === 'target' ? (group[0]?.server ?? null) : null,
    account: kind === 'target' ? String(group[0]?.target) : null,
    origin: kind === 'origin' ? domainOf(group[0]?.target ?? 0) : null,
    reports: group.length,
    accounts: differ(group.map(accountOf)),
    reporters: differ(group.map(one => `${one.server} ${one.reporter}`)),
    sources: differ(group.map(one => one.from)),
    oldestAt: Math.min(...group.map(timeOf)),
    newestAt: Math.max(...group.map(timeOf)),
  })
  const gather = (from: readonly Told[], keyOf: (one: Told) => string): Told[][] =>
    [...new Set(from.map(keyOf))].map(key => from.filter(one => keyOf(one) === key))
  if (filter.state === 'resolved') return ids(chosen)
  if (grouping === 'none') return by === 'most' ? gather(chosen, accountOf).toSorted(largest).flatMap(ids) : ids(chosen)
  if (grouping === 'origin')
    return gather(chosen, one => String(domainOf(one.target)))
      .toSorted((a, b) => b.length - a.length || between(a, b))
      .flatMap(group => [head('origin', group), ...ids(group)])
  const legal = chosen.filter(one => one.severity === 0)
  const bursts = grouping === 'campaign' ? burstsOf(chosen) : new Map<Told, string>()
  const groups = gather(
    chosen.filter(one => one.severity > 0),
    one => bursts.get(one) ?? accountOf(one),
  )
  const keyOf = (group: readonly Told[]) => (group[0] && bursts.get(group[0])) ?? null
  const alone = groups.filter(group => group.length === 1).flat()
  return [
    ...(legal.length > 0 ? [head('legal', legal), ...ids(legal)] : []),
    ...groups
      .filter(group => group.length > 1)
      .toSorted(between)
      .flatMap(group => [head(keyOf(group) === null ? 'target' : 'campaign', group, keyOf(group)), ...ids(group)]),
    ...(alone.length > 0 ? [head('single', alone), ...ids(alone)] : []),
  ]
}

/** A line as the model says it. */
export const asModel = (line: ListLine): Line => {
  if (line.line === 'report') return `${line.row.server} ${line.row.id}`
  const { name: _name, account, campaign, brigade: _, ...head } = line.group
  return { ...head, account: account?.id ?? null, key: campaign?.key ?? null }
}

/** How many campaigns, and what else the counts say; of one server, or of all. */
export const modelCounts = (all: readonly Told[], only: string | null) => {
  const open = all.filter(one => one.resolved === null && !one.snoozed && (only === null || one.server === only))
  const count = (apt: (one: Told) => boolean) => open.filter(apt).length
  return {
    open: open.length,
    mine: count(one => one.assignee === '1'),
    unclaimed: count(one => one.assignee === null),
    legal: count(one => one.severity === 0),
    campaigns: differ([...burstsOf(open).values()]),
    snoozed: all.filter(one => one.resolved === null && one.snoozed && (only === null || one.server === only)).length,
    byServer: ['s1', 's2'].map(server => ({
      server,
      open: all.filter(one => one.resolved === null && !one.snoozed && one.server === server).length,
      whole: false,
    })),
  }
}
