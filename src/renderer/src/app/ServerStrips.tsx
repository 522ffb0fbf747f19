import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Server } from '../../../shared/contract/servers.ts'
import type { Output } from '../client/question.ts'
import { useServers } from '../client/servers.tsx'
import { useLive } from '../client/use-live.ts'
import { asksAboutBatch } from '../features/batches/words.ts'
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
import { asksPerson } from '../ui/decision-words.ts'
import { useNow } from '../ui/use-now.ts'
import { hrefOf } from './route.ts'

/** A server that was put back, once it is known whether something waits for it: then it is said in one go. */
const WentBack = ({ server, lostFrom }: { server: Server; lostFrom: number }) => {
  const page = useLive('decisions.page', { states: ['unknown', 'needs-person', 'held', 'ready'], limit: 200 }).data
  const batches = useLive('batches.list', {}).data?.batches
  if (!page || !batches) return null
  const asks =
    page.decisions.some(each => each.server === server.key && asksPerson(each)) ||
    batches.some(each => each.servers.includes(server.key) && asksAboutBatch(each))
  return <WentBackStrip server={server} lostFrom={lostFrom} href={asks ? hrefOf({ screen: 'needs' }) : null} />
}

/**
 * A try that failed is made once more within five seconds: no strip comes and goes for a line that was cut just then, and pushes aside what
 * one is about to press.
 */
const BLIP_MS = 6_000

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
    if (sync && sync.offlineSince !== null && now - sync.offlineSince > BLIP_MS)
      return <OfflineStrip key={each.key} server={each} sync={sync} />
    if (isShut(sync)) return <ShutStrip key={each.key} server={each} sync={sync} />
    const lost = each.cannot.find(({ ability, why }) => ability === 'reports.see' && why === 'cannot.role')
    if (lost) return <RoleStrip key={each.key} server={each} page={<ServerPage url={lost.page} />} />
    if (each.wentBack && !each.wentBack.told)
      return <WentBack key={each.key} server={each} lostFrom={each.wentBack.lostFrom} />
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
