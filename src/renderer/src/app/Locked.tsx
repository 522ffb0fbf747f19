import type { LockState } from '../../../shared/contract/lock.ts'
import { useLive } from '../client/use-live.ts'
import { LockScreen } from '../features/lock/LockScreen.tsx'
import { ProveAgain } from '../features/servers/ProveAgain.tsx'
import { useNotify } from './use-notify.ts'

/** The desk while it is locked. That reports came is told all the same: a number, as always. */
export const Locked = ({ servers }: Pick<LockState, 'servers'>) => {
  const open = useLive('reports.counts', {}).data?.open
  useNotify(open)
  return <LockScreen waiting={open} forgotten={<ProveAgain servers={servers} />} />
}
