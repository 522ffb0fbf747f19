import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReportFilter } from '../../../shared/contract/reports.ts'
import type { ReadDb } from '../db/handle.ts'
import type { ColumnStore, Remotes } from './columns.ts'
import { searchReports } from './search.ts'
import { snoozedNow } from './snooze.ts'
import { severityOf } from './table.ts'

type Fits = (n: number) => boolean
type Home = { domain: string | null }
type Remote = { server: ServerKey; id: string }

/** What choosing needs: the columns, the campaigns among these open reports, and we ourselves, as assignees. */
type Choosing = {
  columns: ColumnStore
  findBursts(chosen: Int32Array): Int32Array
  now: number
  mine(): ReadonlySet<number>
}

/** Reports of these numbers only. */
const among = (numbers: Int32Array, size: number): Fits => {
  const mask = new Uint8Array(size)
  for (let i = 0; i < numbers.length; i++) mask[numbers[i] ?? 0] = 1
  return n => mask[n] === 1
}
const inCampaign = (db: ReadDb, key: string): Int32Array =>
  Int32Array.from(db.all<{ n: number }>('SELECT n FROM mirror.report_key WHERE key = ?', [key]), ({ n }) => n)

/** What a filter asks for beyond state and campaigns of the hour, each as a test of one report. */
const testsOf = (db: ReadDb, filter: ReportFilter, { columns, now, mine }: Choosing): Fits[] => {
  const of = columns.all()
  const { names } = columns
  const size = of.time.length
  const is =
    (column: Int32Array | Uint8Array, value: number): Fits =>
    n =>
      column[n] === value
  const isNamed = (column: Int32Array, known: Remotes, remote: Remote) => is(column, known.find(remote))
  const isAt = (column: Int32Array, { domain }: Home) => is(column, domain === null ? 0 : names.domain.find(domain))
  const tests: Fits[] = []
  const { server, category, claim, assignee, rule, origin, source, target, language, age, campaign, text } = filter
  if (server !== null) tests.push(is(of.server, names.server.find(server)))
  if (category !== null) tests.push(is(of.severity, severityOf[category]))
  if (claim === 'unclaimed' || assignee === 'nobody') tests.push(is(of.assignee, 0))
  if (claim === 'mine') {
    const own = mine()
    tests.push(n => own.has(of.assignee[n] ?? 0))
  }
  if (assignee !== null && assignee !== 'nobody') tests.push(isNamed(of.assignee, names.assignee, assignee))
  if (target !== null) tests.push(isNamed(of.target, names.target, target))
  if (origin !== null) tests.push(isAt(of.origin, origin))
  if (source !== null) tests.push(isAt(of.source, source))
  if (rule !== null) {
    const having = names.rules.having(`${rule.server} ${rule.id}`)
    tests.push(n => having[of.rules[n] ?? 0] === 1)
  }
  if (language !== null) {
    const having = names.languages.having(language)
    tests.push(n => having[of.languages[n] ?? 0] === 1)
  }
  if (age.least !== null) {
    const last = now - age.least
    tests.push(n => (of.time[n] ?? 0) <= last)
  }
  if (age.below !== null) {
    const first = now - age.below
    tests.push(n => (of.time[n] ?? 0) > first)
  }
  if (campaign !== null && campaign !== 'any') tests.push(among(inCampaign(db, campaign), size))
  const found = text === '' ? null : searchReports(db, text)
  if (found !== null) tests.push(among(found, size))
  if (filter.snoozed !== 'in' && filter.state === 'open') {
    const snoozed = snoozedNow(db, now)
    const isAway = among(snoozed, size)
    if (filter.snoozed === 'only') tests.push(isAway)
    else if (snoozed.length > 0) tests.push(n => !isAway(n))
  }
  return tests
}

const keep = (numbers: Int32Array, fits: (n: number, at: number) => boolean): Int32Array => {
  const kept = new Int32Array(numbers.length)
  let count = 0
  for (let at = 0; at < numbers.length; at++) {
    const n = numbers[at] ?? 0
    if (fits(n, at)) kept[count++] = n
  }
  return kept.subarray(0, count)
}

/** The reports that fit a filter, out of all of its state, in the order given. */
export const chooseReports = (db: ReadDb, all: Int32Array, filter: ReportFilter, choosing: Choosing): Int32Array => {
  const tests = testsOf(db, filter, choosing)
  const [only] = tests
  const chosen = only === undefined ? all : keep(all, tests.length === 1 ? only : n => tests.every(fits => fits(n)))
  if (filter.campaign !== 'any') return chosen
  const bursts = choosing.findBursts(chosen)
  return keep(chosen, (_, at) => bursts[at] !== 0)
}
