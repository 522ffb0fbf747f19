/** Reports of the admin API (contract E.2), and filing one. */
import { adminReportText, reportText } from '../entities/report.ts'
import { listBytes } from '../entities/view.ts'
import type { AccountRecord, ReportRecord } from '../rules/model.ts'
import { pageOf, pageRequest } from '../rules/pages.ts'
import { notFound, tooMany } from '../rules/refusals.ts'
import {
  assignReport,
  closeReport,
  fileReportFrom,
  reopenReport,
  reportFilter,
  updateReport,
} from '../rules/reports.ts'
import { audit } from '../rules/strikes.ts'
import { isExceeded, rateHeaders } from '../rules/throttles.ts'
import { type Answer, adminRead, adminWrite, type Call, idOf, permitted, type Route } from './call.ts'
import { linkHeader } from './links.ts'
import { think } from './pace.ts'

const read = adminRead('reports')
const write = adminWrite('reports')

function found(call: Call): ReportRecord {
  const report = call.sample.world.reports.get(idOf(call))
  if (report === undefined) throw notFound()
  return report
}

async function index(call: Call): Promise<Answer> {
  const { rows, fits } = reportFilter(call.sample, call.params)
  const page = pageOf(rows, pageRequest(call.params, 100, 200), fits)
  permitted(call, 'manage_reports')
  await think(call.site, page.rows.length)
  const text = listBytes(page.rows.map(report => adminReportText(call.view, report)))
  return { text, headers: linkHeader(call, page, ['resolved', 'unresolved', 'account_id', 'target_account_id']) }
}

/** A route that changes one report and answers it. */
function change(
  action: string,
  path: string,
  apply: (call: Call, report: ReportRecord, by: AccountRecord) => boolean,
): Route {
  return {
    method: 'POST',
    path: `/api/v1/admin/reports/:id/${path}`,
    access: write,
    run: call => {
      const report = found(call)
      const by = permitted(call, 'manage_reports')
      call.effect = apply(call, report, by)
      audit(call.sample, by, action, 'Report', report.id)
      return { text: adminReportText(call.view, report) }
    },
  }
}

function update(call: Call): Answer {
  const report = found(call)
  const by = permitted(call, 'manage_reports')
  call.effect = updateReport(call.sample, report, call.params)
  if (call.sample.release.has('4.3')) audit(call.sample, by, 'update', 'Report', report.id)
  return { text: adminReportText(call.view, report) }
}

function file(call: Call): Answer {
  const { account, sample, site } = call
  if (account === null) throw notFound()
  const count = site.throttles.checkReport(account.id, sample.clock.now())
  if (count !== null) Object.assign(call.headers, rateHeaders([count], sample.clock.now()))
  if (count !== null && isExceeded(count)) throw tooMany()
  return { text: reportText(call.view, fileReportFrom(sample, account, call.params)) }
}

/** Reports for moderators (contract E.2). */
export const reportRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/v1/admin/reports', access: read, run: index },
  {
    method: 'GET',
    path: '/api/v1/admin/reports/:id',
    access: read,
    run: async call => {
      const report = found(call)
      permitted(call, 'manage_reports')
      await think(call.site, 1)
      return { text: adminReportText(call.view, report) }
    },
  },
  { method: 'PUT', path: '/api/v1/admin/reports/:id', access: write, run: update },
  { method: 'PATCH', path: '/api/v1/admin/reports/:id', access: write, run: update },
  change('assigned_to_self', 'assign_to_self', (call, report, by) => assignReport(call.sample, report, by)),
  change('unassigned', 'unassign', (call, report) => assignReport(call.sample, report, null)),
  change('reopen', 'reopen', (call, report) => reopenReport(call.sample, report)),
  change('resolve', 'resolve', (call, report, by) => closeReport(call.sample, report, by)),
  { method: 'POST', path: '/api/v1/reports', access: { kind: 'user', scopes: ['write', 'write:reports'] }, run: file },
]
