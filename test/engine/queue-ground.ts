import type { z } from 'zod'
import { migrationWeek } from '../../src/main/sample/scenario/migration-week.ts'
import type { contract, Engine } from '../../src/shared/contract/index.ts'
import type { GroupHead } from '../../src/shared/contract/reports.ts'
import { NOON, openGround } from './ground.ts'

/** What a list is asked for. */
export type Input = z.input<(typeof contract)['reports.open']['input']>

/** A ground on the sample server's own week, with its engine open. */
export const week = async () => {
  const ground = await openGround({ world: migrationWeek({ now: NOON }) })
  await ground.openEngine()
  return ground
}

/** A list with all of its lines, and its rows alone. */
export const openQueue = async (desk: Engine, asked: Input) => {
  const opened = await desk.call('reports.open', asked)
  const lines = []
  for (let from = 0; from < opened.lines; from += 200)
    lines.push(
      ...(await desk.call('reports.lines', { list: opened.list, from, count: Math.min(200, opened.lines - from) }))
        .lines,
    )
  return { ...opened, lines, rows: lines.flatMap(line => (line.line === 'report' ? [line.row] : [])) }
}

/** The heads of a list's groups. */
export const headsIn = async (desk: Engine, asked: Input): Promise<GroupHead[]> =>
  (await openQueue(desk, asked)).lines.flatMap(line => (line.line === 'group' ? [line.group] : []))

/** The log's entries whose action begins so, newest first. */
export const readLog = async (desk: Engine, action: string) =>
  (await desk.call('log.page', { limit: 200 })).entries.filter(entry => entry.action.startsWith(action))
