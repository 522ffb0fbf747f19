import { createContext, type ReactNode, useContext } from 'react'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Server } from '../../../shared/contract/servers.ts'

const ServersContext = createContext<readonly Server[]>([])

/** Gives every part the list of servers: their marks and names stand everywhere. */
export const ServersProvider = ({ servers, children }: { servers: readonly Server[]; children: ReactNode }) => (
  <ServersContext value={servers}>{children}</ServersContext>
)

export const useServers = () => useContext(ServersContext)

/** A server by its key; undefined for one that was removed. */
export const useServer = (key: ServerKey | null | undefined) => useServers().find(server => server.key === key)
