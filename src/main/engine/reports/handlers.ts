import { Failure } from '../../../shared/contract/failure.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import { ReportFilter, type ReportRow, type reports } from '../../../shared/contract/reports.ts'
import type { Context } from '../context.ts'
import type { Inverses } from '../decisions/read.ts'
import { fetchReport } from '../mastodon/endpoints/reports.ts'
import { readCase, readReported } from './case.ts'
import type { Lists } from './lists.ts'
import { storeShown } from './lost.ts'
import { sumAbout } from './marked.ts'
import { snoozeHandlers } from './snooze-handlers.ts'
import { storeGone, storeReports } from './store.ts'
import { findReport } from './table.ts'
import type { Waking } from './waking.ts'

/** Whether a person still has to look at it: open, not snoozed, and nothing decided about it is under way. */
const isLeft = ({ row }: { row: ReportRow }, filter: ReportFilter): boolean =>
  row.resolvedAt === null &&
  (row.decision === null || row.decision.settledAt !== null) &&
  (row.snooze === null || row.snooze.back !== null || filter.snoozed !== 'out')

const nowhere = { index: null, report: null, folded: null }

/** Lists, rows and cases of reports. */
export const reportsHandlers = (
  context: Context,
  lists: Lists,
  waking: Waking,
  inverses: Inverses,
): Handlers<typeof reports, unknown> => {
  const { gate, clock } = context
  return {
    'reports.open': ({ filter, group, sort, folding }) =>
      gate.read(db => lists.open(db, filter, group, sort, clock.now(), folding)),
    'reports.fold': ({ list, folding }) => gate.read(db => lists.fold(db, list, folding)),
    'reports.lines': ({ list, from, count }) =>
      gate.read(db => ({ lines: lists.lines(db, list, from, count, clock.now()) })),
    'reports.news': ({ list }) => gate.read(db => lists.news(db, list, clock.now())),
    'reports.place': ({ list, report, next }) =>
      gate.read(db => {
        const stored = findReport(db, report.server, report.id)
        const { index, folded } = stored ? lists.indexOf(db, list, stored.n) : { index: -1, folded: null }
        if (!next) return index < 0 ? nowhere : { index, report, folded }
        const found = lists.next(db, list, index, clock.now(), isLeft)
        return found
          ? { index: found.index, report: { server: found.row.server, id: found.row.id }, folded: null }
          : nowhere
      }),
    'reports.targets': ({ list, from, to }) => gate.read(db => lists.targets(db, list, from, to)),
    'reports.group': ({ list, head }) => gate.read(db => lists.group(db, list, head)),
    'reports.about': ({ reports: marked }) => gate.read(db => sumAbout(db, marked)),
    'reports.choices': filter => gate.read(db => lists.choices(db, ReportFilter.parse(filter), clock.now())),
    'reports.counts': ({ server }) => gate.read(db => lists.counts(db, clock.now(), server)),
    ...snoozeHandlers(context, waking),
    'reports.case': ({ server, id }) => gate.read(db => readCase(db, server, id, clock.now(), inverses)),
    'reports.posts': ({ server, id, most }) => gate.read(db => readReported(db, server, id, most)),
    'reports.refresh': async ({ server, id }, { signal }) => {
      const session = context.sessions.get(server)
      if (!session) throw new Failure('signed-out')
      const before = gate.read(db => findReport(db, server, id))
      const given = new AbortController()
      signal.addEventListener('abort', () => given.abort())
      const until = AbortSignal.any([given.signal, context.stop])
      const asking = { context, session, cls: 'interactive', signal: until } as const
      try {
        const { item: report, askedAt } = await fetchReport(context.guard, session, id, asking.cls, asking.signal)
        await storeShown(asking, by => storeReports(by, server, [report], askedAt))
        context.heard(server, null)
        return { changed: before?.updated_at !== report.updated_at }
      } catch (error) {
        if (error instanceof Failure) context.heard(server, error)
        if (error instanceof Failure && error.code === 'not-found')
          await storeShown(asking, by => storeGone(by, server, id))
        throw error
      }
    },
  }
}
