import type { ReportRecord } from '../../src/main/sample/rules/model.ts'
import { migrationWeek } from '../../src/main/sample/scenario/migration-week.ts'
import type { Engine } from '../../src/shared/contract/index.ts'
import { type Ground, NOON, openGround, signInAndSync } from './ground.ts'

/** The migration week with someone signed in, and its cases by what was reported. */
export const openCases = async (options: Parameters<typeof openGround>[0] = {}) => {
  const ground = await openGround({ world: migrationWeek({ now: NOON }), ...options })
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'moderator')
  return { ground, desk, key, [Symbol.asyncDispose]: () => ground[Symbol.asyncDispose]() }
}

/** The first report of the world that fits. */
export const reportWhere = (ground: Ground, fits: (report: ReportRecord) => boolean): ReportRecord => {
  const found = [...ground.server.world.reports.all()].find(fits)
  if (!found) throw new Error('no such report')
  return found
}

/** The open report about a handle that holds a post whose content warning or text has these words. */
export const reportAbout = (ground: Ground, words: string): { report: ReportRecord; post: string } => {
  const { world } = ground.server
  for (const report of world.reports.all())
    for (const id of report.statusIds) {
      const status = world.statuses.get(id)
      if (report.actionTakenAt === null && status && `${status.spoilerText} ${status.content}`.includes(words))
        return { report, post: id }
    }
  throw new Error(`no open report with ${words}`)
}

/** A case as the desk reads it. */
export const readCase = (desk: Engine, server: string, report: ReportRecord) =>
  desk.call('reports.case', { server, id: report.id })
