import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { Engine } from '../../../shared/contract/index.ts'
import type { LinkState } from '../../../shared/contract/method.ts'
import type { Shell } from './shell.ts'

type Client = { engine: Engine; shell: Shell }
const ClientContext = createContext<Client | null>(null)

export const ClientProvider = ({ client, children }: { client: Client; children: ReactNode }) => (
  <ClientContext value={client}>{children}</ClientContext>
)

const useClient = () => {
  const client = useContext(ClientContext)
  if (!client) throw new Error('outside of ClientProvider')
  return client
}
export const useEngine = () => useClient().engine
export const useShell = () => useClient().shell

/** Whether the engine can be reached. */
export const useLinkState = () => {
  const engine = useEngine()
  const [state, setState] = useState<LinkState>('connecting')
  useEffect(() => engine.onState(setState), [engine])
  return state
}
