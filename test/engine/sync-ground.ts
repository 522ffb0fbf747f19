import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { ReportRecord } from '../../src/main/sample/rules/model.ts'
import { smallWorld } from '../../src/main/sample/rules/small-world.ts'
import type { World } from '../../src/main/sample/rules/world.ts'
import { type Ground, NOON } from './ground.ts'

/** The small world with this many more reports, of which every third is open, their ids from `first` on. */
export const worldOf = (reports: number, first?: bigint): World => {
  const world = smallWorld(NOON)
  const [model] = world.reports.all()
  if (!model) throw new Error('no report')
  for (let n = 0; n < reports; n++) {
    const id = first === undefined ? world.reports.serials.next() : String(first + BigInt(n) * 3n)
    const closed = n % 3 !== 0
    world.addReport({
      ...model,
      id,
      comment: `number ${n}`,
      createdAt: NOON - (reports - n) * 1_000,
      updatedAt: NOON - (reports - n) * 1_000,
      actionTakenAt: closed ? NOON - (reports - n) * 900 : null,
      actionTakenByAccountId: closed ? (world.accountsByHandle.get('moderator2')?.id ?? null) : null,
    })
  }
  return world
}

/** What colleagues and members do on the server, by hand. */
export const colleaguesOf = ({ server, clock }: Ground) => {
  const { world } = server
  const colleague = world.accountsByHandle.get('moderator2')?.id ?? ''
  const [first] = world.reports.all()
  /** What a new report is like: the first that is there, or, when all went with their accounts, the first that was, about who is left. */
  const likeness = (): ReportRecord => {
    const [model = first] = world.reports.all()
    if (!model) throw new Error('no report')
    if (world.account(model.targetAccountId)) return model
    const [target, filer] = world.accounts.all().filter(one => one.user?.approved !== false)
    return { ...model, statusIds: [], targetAccountId: target?.id ?? '', accountId: filer?.id ?? '' }
  }
  const touch = (report: ReportRecord, change: Partial<ReportRecord>) =>
    Object.assign(report, change, { updatedAt: clock.now() })
  return {
    resolve: (report: ReportRecord) => touch(report, { actionTakenAt: clock.now(), actionTakenByAccountId: colleague }),
    reopen: (report: ReportRecord) => touch(report, { actionTakenAt: null, actionTakenByAccountId: null }),
    assign: (report: ReportRecord) => touch(report, { assignedAccountId: colleague }),
    /** A member files a report about some account, or the one of `more`. */
    file: (comment = 'new', more: Partial<ReportRecord> = {}): ReportRecord => {
      const fresh = { id: world.reports.serials.next(), comment, createdAt: clock.now(), updatedAt: clock.now() }
      const none = { actionTakenAt: null, actionTakenByAccountId: null, assignedAccountId: null }
      return world.addReport({ ...likeness(), ...fresh, ...none, ...more })
    },
  }
}

/** What a folder's mirror holds of reports, as the server would tell it; sorted by id. */
export const mirrored = (folder: string): string[] => {
  const raw = new Database(join(folder, 'mirror.db'), { readonly: true })
  try {
    return raw
      .prepare<[], { id: string; resolved: number; by: string | null; assigned: string | null; comment: string }>(
        'SELECT id, resolved_at IS NOT NULL AS resolved, resolved_by_id AS by, assigned_id AS assigned, comment FROM report',
      )
      .all()
      .map(row => `${row.id} ${row.resolved} ${row.by} ${row.assigned} ${row.comment}`)
      .sort()
  } finally {
    raw.close()
  }
}

/** The same of the server's own records. */
export const served = ({ server }: Ground): string[] =>
  server.world.reports
    .all()
    .map(
      one =>
        `${one.id} ${one.actionTakenAt === null ? 0 : 1} ${one.actionTakenByAccountId} ${one.assignedAccountId} ${one.comment}`,
    )
    .sort()
