import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Cluster, ClusterRef, signups } from '../../../shared/contract/signups.ts'
import type { Context } from '../context.ts'
import { listServers } from '../servers/table.ts'
import { type Found, hasOwnReason, isMarked, timesOf, type Waiting } from './clusters.ts'
import { readRows } from './rows.ts'
import { countWaiting } from './table.ts'
import { makeView, type View } from './view.ts'

/** So many of what a cluster's people share besides are told. */
const MOST_SHARES = 6

/** Everything that people of a server share, then those who share nothing, and all. */
const allOf = ({ waiting, clusters, shared }: View): Found[] => {
  if (waiting.length === 0) return []
  const none = waiting.filter(({ id }) => !shared.has(id))
  return [
    ...clusters,
    ...(none.length > 0 && clusters.length > 0
      ? [{ pattern: 'none', value: '', says: '', members: none } as const]
      : []),
    { pattern: 'all', value: '', says: '', members: waiting },
  ]
}

const toCluster = (server: ServerKey, { pattern, value, says, members }: Found): Cluster => {
  const times = members.map(({ at }) => at)
  return {
    server,
    pattern,
    value,
    says,
    count: members.length,
    firstAt: Math.min(...times),
    lastAt: Math.max(...times),
    confirmed: members.filter(({ confirmed }) => confirmed).length,
  }
}

const wholeOf = (view: View, { pattern, value }: ClusterRef) => {
  const cluster = allOf(view).find(each => each.pattern === pattern && each.value === value)
  const members = cluster?.members ?? []
  const sharesOf = ({ id }: Waiting) => view.shared.get(id) ?? []
  const inside = new Set(members.map(({ id }) => id))
  const shares = view.clusters
    .map(({ pattern, says, members }) => ({ pattern, says, count: members.filter(({ id }) => inside.has(id)).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_SHARES)
  return {
    people: members.map(one => ({ id: one.id, marked: isMarked(one, sharesOf(one)) })),
    shares,
    against: {
      ownReason: members.filter(one => hasOwnReason(one, sharesOf(one))).length,
      invited: members.filter(({ invited }) => invited).length,
      alone: members.filter(one => sharesOf(one).length <= 1).length,
    },
    times: timesOf(members),
  }
}

/** Who waits for approval, and what they share. */
export const signupsHandlers = ({ gate }: Context): Handlers<typeof signups, unknown> => {
  const viewOf = makeView(gate)
  return {
    'signups.count': () => gate.read(db => ({ waiting: countWaiting(db) })),
    'signups.clusters': () =>
      gate.read(db => {
        const each = listServers(db).map(({ key, role }) => {
          const view = viewOf(db, key)
          const { waiting, shared } = view
          return {
            server: {
              server: key,
              waiting: waiting.length,
              shared: shared.size,
              oldestAt: waiting.length === 0 ? null : Math.min(...waiting.map(({ at }) => at)),
              maySee: role.manageUsers,
            },
            clusters: allOf(view).map(one => toCluster(key, one)),
          }
        })
        return { servers: each.map(({ server }) => server), clusters: each.flatMap(({ clusters }) => clusters) }
      }),
    'signups.cluster': asked => gate.read(db => wholeOf(viewOf(db, asked.server), asked)),
    'signups.rows': ({ server, ids }) => gate.read(db => ({ rows: readRows(db, viewOf(db, server), server, ids) })),
  }
}
