import type { Server } from '../../../shared/contract/servers.ts'
import { say } from '../../../shared/messages/say.ts'
import { ServerPage } from '../features/servers/Limits.tsx'

/** What our role may not do, someone else can: where. */
export const RoleSays = ({ server, page }: { server: Server; page: string }) => (
  <>
    {say('cannot.role', { role: server.role.name })} <ServerPage url={page} />
  </>
)
