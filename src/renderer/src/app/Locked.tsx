import type { LockState } from '../../../shared/contract/lock.ts'
import { useLive } from '../client/use-live.ts'
import { LockScreen } from '../features/lock/LockScreen.tsx'
import { ProveAgain } from '../features/servers/ProveAgain.tsx'
import { useNotify } from './use-notify.ts'

/** The desk while it is locked. That reports came is told all the same: a number, as always. */
export const Locked = ({ servers }: Pick<LockState, 'servers'>) => {
  const counts = useLive('reports.counts', {}).data
  useNotify(counts)
  return <LockScreen waiting={counts?.open} forgotten={<ProveAgain servers={servers} />} />
}
