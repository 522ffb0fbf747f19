import { useEffect } from 'react'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { type View, ViewAsks } from '../../../shared/contract/views.ts'
import { useEngine } from '../client/engine.tsx'
import { useLive } from '../client/use-live.ts'
import { filterOf, isNarrowed, type Queue, queueOf } from '../features/reports/queue.ts'
import { enterView, leaveView, nameView, useDesk } from '../features/reports/store.ts'
import type { Route } from './route.ts'
import { goTo } from './use-route.ts'

/** The address of a view: its queue and server, and which view it is. */
export const routeOf = ({ id, asks }: View): Route => ({
  screen: 'reports',
  queue: queueOf(asks.filter).queue,
  server: asks.filter.server,
  view: id,
})

/** The lists that were given a name, the one that is open, and what can be done with what the queue is asked for. */
export const useViews = (queue: Queue, server: ServerKey | null, id: string | null) => {
  const engine = useEngine()
  const { group, sort, chosen, view: entered } = useDesk()
  const views = useLive('views.list', {}).data?.views
  const open = views?.find(view => view.id === id)
  const asks = { filter: filterOf(queue, server, chosen), group, sort }
  const isIn = open !== undefined && entered?.id === open.id
  useEffect(() => {
    if (id === null) return leaveView()
    if (!open || useDesk.getState().view?.id === open.id) return
    const { filter, group, sort } = open.asks
    enterView(open.id, { chosen: queueOf(filter).chosen, group, sort })
  }, [open, id])
  return {
    open,
    /** Something is asked for that no queue of the rail has. */
    canKeep: !open && isNarrowed(chosen),
    hasChanged: isIn && JSON.stringify(ViewAsks.parse(asks)) !== JSON.stringify(open.asks),
    keepAs: async (name: string) => {
      const { view } = await engine.call('views.save', { name, asks })
      nameView(view.id)
      goTo(routeOf(view))
    },
    keepChange: () => (open ? engine.call('views.change', { id: open.id, asks }) : undefined),
    rename: async (name: string) => open && engine.call('views.change', { id: open.id, name }),
    remove: async () => {
      if (!open) return
      await engine.call('views.remove', { id: open.id })
      goTo({ screen: 'reports', queue, server })
    },
  }
}
