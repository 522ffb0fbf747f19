/** Ids beyond 2^53 for what usually has small serials: a client that reads them as numbers mixes them up. */
import type { World } from './world.ts'

/** The first id that a double cannot tell from its neighbour. */
const beyond = 2n ** 53n

/** Gives reports and domain blocks ids beyond 2^53; new ones follow. */
export function enlargeIds(world: World): void {
  const large = (id: string): string => (BigInt(id) + beyond).toString()
  const reports = [...world.reports.all()]
  for (const report of reports.toReversed()) world.reports.remove(report.id)
  world.reportsByTarget.clear()
  world.reportsByReporter.clear()
  for (const report of reports) world.addReport({ ...report, id: large(report.id) })
  const blocks = [...world.domainBlocks.all()]
  for (const block of blocks.toReversed()) world.domainBlocks.remove(block.id)
  for (const block of blocks) world.domainBlocks.add({ ...block, id: large(block.id) })
  const notifications = [...world.notifications.all()]
  for (const notification of notifications) {
    if (notification.reportId === null) continue
    world.notifications.remove(notification.id)
    world.notifications.add({ ...notification, reportId: large(notification.reportId) })
  }
  world.background = world.background.map(event =>
    'reportId' in event.step && event.step.reportId !== null
      ? { ...event, step: { ...event.step, reportId: large(event.step.reportId) } }
      : event,
  )
}
