import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Gate } from '../db/gate.ts'
import type { ReadDb } from '../db/handle.ts'
import { clustersOf, type Found, sharedBy, type Waiting } from './clusters.ts'
import { readWaiting } from './table.ts'

/** Who waits on a server, by id too, and what they share. */
export type View = {
  waiting: readonly Waiting[]
  byId: ReadonlyMap<string, Waiting>
  clusters: readonly Found[]
  shared: ReadonlyMap<string, readonly Found[]>
}

/** Reads who waits on a server; the same for as long as nobody comes or goes. A thousand rows are some ten milliseconds. */
export const makeView = (gate: Gate): ((db: ReadDb, server: ServerKey) => View) => {
  const views = new Map<ServerKey, View>()
  gate.onChange(topics => topics.has('signups') && views.clear())
  return (db, server) => {
    const known = views.get(server)
    if (known) return known
    const waiting = readWaiting(db, server)
    const clusters = clustersOf(waiting)
    const view = { waiting, byId: new Map(waiting.map(one => [one.id, one])), clusters, shared: sharedBy(clusters) }
    views.set(server, view)
    return view
  }
}
