import { useCallback } from 'react'
import type { LockState } from '../../../shared/contract/lock.ts'
import { say } from '../../../shared/messages/say.ts'
import { useLive } from '../client/use-live.ts'
import { LockScreen } from '../features/lock/LockScreen.tsx'
import { ProveAgain } from '../features/servers/ProveAgain.tsx'
import { announce } from '../ui/announce.tsx'
import { useNotify } from './use-notify.ts'
import { goTo } from './use-route.ts'

/** The desk while it is locked. That reports came is told all the same: a number, as always. */
export const Locked = ({ servers }: Pick<LockState, 'servers'>) => {
  const open = useLive('reports.counts', {}).data?.open
  useNotify(open)
  // What was forgotten is gone: another passphrase is chosen there.
  const proved = useCallback(() => {
    announce(say('lock.given-up'))
    goTo({ screen: 'settings' })
  }, [])
  return <LockScreen waiting={open} forgotten={<ProveAgain servers={servers} onDone={proved} />} />
}
