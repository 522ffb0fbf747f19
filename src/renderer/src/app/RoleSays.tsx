import type { Server } from '../../../shared/contract/servers.ts'
import { ServerPage } from '../features/servers/Limits.tsx'
import { cannotWords } from '../features/servers/role-words.ts'

/** What our role may not do, someone else can: where. */
export const RoleSays = ({ server, page }: { server: Server; page: string }) => (
  <>
    {cannotWords('cannot.role', server.role)} <ServerPage url={page} />
  </>
)
