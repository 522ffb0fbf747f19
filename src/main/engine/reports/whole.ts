import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReportFilter } from '../../../shared/contract/reports.ts'
import type { ReadDb } from '../db/handle.ts'
import { type ListName, readCursor } from '../sync/cursor.ts'

const listOf: Readonly<Record<ReportFilter['state'], ListName>> = {
  open: 'reports-open',
  resolved: 'reports-resolved',
}

/** Whether all reports of a state were read of a server: not at first, nor after it was put back. What it refuses is not waited for. */
export const isWhole = (db: ReadDb, server: ServerKey, state: ReportFilter['state']): boolean => {
  const { complete, refused_at } = readCursor(db, server, listOf[state])
  return complete === 1 || refused_at !== null
}
