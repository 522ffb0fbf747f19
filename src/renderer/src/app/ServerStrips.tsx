import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Output } from '../client/question.ts'
import { useServers } from '../client/servers.tsx'
import { ServerPage } from '../features/servers/Limits.tsx'
import {
  ClockStrip,
  DiskStrip,
  isShut,
  OfflineStrip,
  RoleStrip,
  ShutStrip,
  SignedOutStrip,
  WaitStrip,
  WentBackStrip,
} from '../features/sync/Strips.tsx'
import { useNow } from '../ui/use-now.ts'
import { hrefOf } from './route.ts'

/** What troubles a server stands above what is shown of it; null: of all. */
export const ServerStrips = ({
  status,
  server,
}: {
  status: Output<'sync.status'> | undefined
  server: ServerKey | null
}) => {
  const now = useNow(1000)
  const servers = useServers().filter(each => server === null || each.key === server)
  const disk = status?.servers.find(({ failure }) => failure?.code === 'storage')
  const strips = servers.map(each => {
    const sync = status?.servers.find(one => one.server === each.key)
    if (!each.signedIn)
      return (
        <SignedOutStrip
          key={each.key}
          server={each}
          href={hrefOf({ screen: 'sign-in', url: each.origin, server: each.key })}
        />
      )
    if (sync && sync.offlineSince !== null) return <OfflineStrip key={each.key} server={each} sync={sync} />
    if (isShut(sync)) return <ShutStrip key={each.key} server={each} sync={sync} />
    const lost = each.cannot.find(({ ability, why }) => ability === 'reports.see' && why === 'cannot.role')
    if (lost) return <RoleStrip key={each.key} server={each} page={<ServerPage url={lost.page} />} />
    if (each.wentBack && !each.wentBack.told)
      return (
        <WentBackStrip
          key={each.key}
          server={each}
          lostFrom={each.wentBack.lostFrom}
          href={hrefOf({ screen: 'needs' })}
        />
      )
    if (each.waitsUntil !== null && each.waitsUntil > now)
      return <WaitStrip key={each.key} server={each} until={each.waitsUntil} />
    return each.clockAheadMs === 0 ? null : <ClockStrip key={each.key} server={each} />
  })
  return (
    <>
      {disk?.failure && <DiskStrip sync={disk} failure={disk.failure} />}
      {strips}
    </>
  )
}
