import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Server } from '../../../shared/contract/servers.ts'
import { useServers } from '../client/servers.tsx'
import { useDesk } from '../features/reports/store.ts'
import type { Route } from './route.ts'

/** The server that the title bar names: the chosen one, the only one, or that of the current report. */
export const serverInUse = (route: Route, servers: readonly Server[], current: ServerKey | undefined) => {
  const isOfOne = route.screen === 'reports' || route.screen === 'domains' || route.screen === 'accounts'
  const asked = isOfOne ? route.server : null
  const key = asked ?? (route.screen === 'reports' ? current : undefined) ?? servers[0]?.key
  return servers.length === 1 || isOfOne ? servers.find(server => server.key === key) : undefined
}

export const useServerInUse = (route: Route) => {
  const servers = useServers()
  const current = useDesk(desk => desk.current?.target.server)
  return serverInUse(route, servers, current)
}
