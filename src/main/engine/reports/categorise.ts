import { z } from 'zod'
import { type Consequence, Fields } from '../../../shared/contract/decisions.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { Category } from '../../../shared/contract/reports.ts'
import { accountName, handleOf } from '../accounts/table.ts'
import type { ReadDb } from '../db/handle.ts'
import type { Kind, ReadBack, StoredDecision, Work } from '../decisions/kind.ts'
import { changeCategory } from '../mastodon/endpoints/reports.ts'
import { ReportEntity } from '../mastodon/entities/report.ts'
import { releaseNumber } from '../mastodon/session.ts'
import { findServer } from '../servers/table.ts'
import { readBefore, readReportNow, reportAndName } from './decisions.ts'
import { storeReports } from './store.ts'

/** `legal` exists since 4.2; an unknown category is a 500 (contract E.2). */
const LEGAL_SINCE = 402

/** Rules go with `violation` only, which needs one; another category empties them. */
const CategoryFields = z
  .strictObject({
    category: z.enum(Category.options, { error: 'field.category' }),
    rules: z
      .array(z.string('field.rule-unknown').regex(/^\d{1,20}$/, 'field.rule-unknown'), 'field.rule-unknown')
      .max(100, 'field.rule-unknown')
      .default([]),
  })
  .transform(({ category, rules }) => ({ category, rules: category === 'violation' ? [...new Set(rules)].sort() : [] }))
  .refine(({ category, rules }) => category !== 'violation' || rules.length > 0, {
    error: 'field.rules-needed',
    path: ['rules'],
  })
type CategoryFields = z.infer<typeof CategoryFields>

/** Rules that the server has, or that the report quotes although they were deleted: those count too. */
const isRule = (db: ReadDb, server: ServerKey, quoted: readonly string[], rule: string): boolean =>
  quoted.includes(rule) || db.get('SELECT 1 FROM mirror.rule WHERE server = ? AND id = ?', [server, rule]) !== undefined

const says = (code: string, values: Consequence['values'] = {}, gone = false): Consequence => ({ code, values, gone })
const wantedBy = (decision: StoredDecision): CategoryFields => CategoryFields.parse(JSON.parse(decision.fields))
const shown = (category: string, rules: readonly string[]) => `${category} ${[...rules].sort().join(' ')}`

const roleRefusal = (db: ReadDb, server: ServerKey): string | null =>
  findServer(db, server)?.role.manageReports ? null : 'refusal.role-reports'

/** Whether the report is as it was when the decision was armed, or already as wanted. */
const compare = ({ decision }: Work, report: ReportEntity): string | null => {
  const now = shown(
    report.category,
    report.rules.map(rule => rule.id),
  )
  const wanted = wantedBy(decision)
  if (now === shown(wanted.category, wanted.rules)) return 'why.category-already'
  const before: { shown?: string } = JSON.parse(decision.before)
  return now === before.shown ? null : 'why.category-changed'
}

const showsOf = (work: Work, report: ReportEntity): ReadBack =>
  compare(work, report) === 'why.category-already' ? { shows: 'done' } : { shows: 'not-done', why: 'why.read-back-not' }

/** Files a report under another category, and says which rules it is about (contract E.2). */
export const categoriseKind: Kind = {
  kind: 'report.categorise',
  subjects: ['report'],
  place: 'aside',
  hasGrace: true,
  inverse: 'report.categorise',
  wayBack: ({ kept }) => Fields.parse(JSON.parse(kept)),
  fields: CategoryFields,
  codes: ['category', 'rules'],
  requests: 2,
  arming: (db, server, { id }, fields) => {
    const { report, name } = reportAndName(db, server, id)
    const wanted = CategoryFields.parse(fields)
    const quoted: string[] = JSON.parse(report.rules)
    if (!wanted.rules.every(rule => isRule(db, server, quoted, rule)))
      throw new Failure('invalid-input', { path: 'rules', reason: 'field.rule-unknown' })
    const release = releaseNumber(findServer(db, server)?.release ?? '')
    const before = shown(report.category, quoted)
    return {
      target: `report:${id}`,
      report: id,
      account: accountName(name),
      name: handleOf(name),
      domain: name.domain,
      before: { shown: before },
      kept: { category: report.category, rules: quoted },
      refusal:
        roleRefusal(db, server) ??
        (wanted.category === 'legal' && release < LEGAL_SINCE
          ? 'refusal.no-legal'
          : before === shown(wanted.category, wanted.rules)
            ? 'refusal.same-category'
            : null),
      brake: null,
    }
  },
  rung: (db, server, { id }) => {
    reportAndName(db, server, id)
    return {
      kind: 'report.categorise',
      refusal: roleRefusal(db, server),
      brake: null,
      name: '',
      does: says('consequence.report.categorise.does'),
      closes: 0,
      mail: 'no',
      back: says('consequence.report.categorise.back'),
      sheet: true,
      effects: [],
    }
  },
  precondition: readBefore(compare),
  request: ({ context, session, decision, cls, signal }) =>
    changeCategory(context.guard, session, decision.report_id ?? '', wantedBy(decision), cls, signal),
  readBack: async work => showsOf(work, await readReportNow(work)),
  take: ({ context, session }, json) => {
    const report = ReportEntity.safeParse(json)
    if (report.success) storeReports(context, session.key, [report.data], context.clock.now())
    return report.success
  },
  refresh: async work => void (await readReportNow(work)),
}
