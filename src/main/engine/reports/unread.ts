import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReportFilter } from '../../../shared/contract/reports.ts'
import type { ReadDb } from '../db/handle.ts'
import { type ListName, readCursor } from '../sync/cursor.ts'

const listOf: Readonly<Record<ReportFilter['state'], ListName>> = {
  open: 'reports-open',
  resolved: 'reports-resolved',
}

/** The servers of whose reports of a state not all were read yet: at first, and after one was put back. What it refuses is not waited for. */
export const notWhole = (db: ReadDb, state: ReportFilter['state']): ReadonlySet<ServerKey> => {
  const isWhole = ({ key }: { key: ServerKey }) => {
    const { complete, refused_at } = readCursor(db, key, listOf[state])
    return complete === 1 || refused_at !== null
  }
  const servers = db.all<{ key: ServerKey }>('SELECT key FROM server')
  return new Set(servers.filter(server => !isWhole(server)).map(({ key }) => key))
}
