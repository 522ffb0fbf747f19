import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReportGrouping, ReportSort } from '../../../shared/contract/reports.ts'

/** What is needed of a report to put it in its place. */
export type Placed = {
  n: number
  server: ServerKey
  severity: number
  created_at: number
  target_id: string
  target_domain: string | null
  reporter_domain: string | null
}

/** A group: its kind, what names it, and the numbers of its reports in order. */
export type Group = {
  kind: 'legal' | 'target' | 'origin' | 'single'
  server: ServerKey | null
  key: string | null
  reports: Placed[]
  severity: number
  oldest: number
  newest: number
}

const LEGAL = 0
const within: Record<ReportSort, (a: Placed, b: Placed) => number> = {
  severest: (a, b) => a.severity - b.severity || a.created_at - b.created_at || a.n - b.n,
  oldest: (a, b) => a.created_at - b.created_at || a.n - b.n,
  newest: (a, b) => b.created_at - a.created_at || b.n - a.n,
}
const between: Record<ReportSort, (a: Group, b: Group) => number> = {
  severest: (a, b) => a.severity - b.severity || b.reports.length - a.reports.length || a.oldest - b.oldest,
  oldest: (a, b) => a.oldest - b.oldest,
  newest: (a, b) => b.newest - a.newest,
}

const makeGroup = (
  kind: Group['kind'],
  reports: Placed[],
  sort: ReportSort,
  server: ServerKey | null = null,
  key: string | null = null,
): Group => {
  let [severity, oldest, newest] = [9, Number.POSITIVE_INFINITY, 0]
  for (const report of reports) {
    severity = Math.min(severity, report.severity)
    oldest = Math.min(oldest, report.created_at)
    newest = Math.max(newest, report.created_at)
  }
  return { kind, server, key, reports: reports.sort(within[sort]), severity, oldest, newest }
}

const gather = (reports: readonly Placed[], keyOf: (report: Placed) => string): Map<string, Placed[]> => {
  const gathered = new Map<string, Placed[]>()
  for (const report of reports) {
    const key = keyOf(report)
    const known = gathered.get(key)
    if (known) known.push(report)
    else gathered.set(key, [report])
  }
  return gathered
}

/**
 * Puts reports in order: legal ones first and together, then accounts with several reports, each with all of its own, then those
 * that stand alone; or by the server that the account is on; or one after the other.
 */
export const orderReports = (reports: Placed[], grouping: ReportGrouping, sort: ReportSort): Group[] => {
  if (grouping === 'none') return reports.length === 0 ? [] : [makeGroup('single', reports, sort)]
  if (grouping === 'origin') {
    const origins = [...gather(reports, report => report.target_domain ?? '').values()]
    return origins
      .map(list => makeGroup('origin', list, sort, null, list[0]?.target_domain ?? null))
      .sort((a, b) => b.reports.length - a.reports.length || between[sort](a, b))
  }
  const legal = reports.filter(report => report.severity === LEGAL)
  const targets = [
    ...gather(
      reports.filter(report => report.severity !== LEGAL),
      report => `${report.server} ${report.target_id}`,
    ).values(),
  ]
  const several = targets
    .filter(list => list.length > 1)
    .map(list => makeGroup('target', list, sort, list[0]?.server ?? null, list[0]?.target_id ?? null))
    .sort(between[sort])
  const alone = targets.filter(list => list.length === 1).flat()
  return [
    ...(legal.length > 0 ? [makeGroup('legal', legal, sort)] : []),
    ...several,
    ...(alone.length > 0 ? [makeGroup('single', alone, sort)] : []),
  ]
}
