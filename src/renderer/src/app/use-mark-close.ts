import type { ServerKey } from '../../../shared/contract/ids.ts'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import { useEngine } from '../client/engine.tsx'
import { asFailure } from '../client/use-live.ts'
import { announce } from '../ui/announce.tsx'

/** Marks the account in view as close to oneself, or no longer. */
export const useMarkClose = (server: ServerKey | undefined, account: { id: string; close: boolean } | undefined) => {
  const engine = useEngine()
  return () => {
    if (!server || !account) return
    engine.call('interests.mark', { server, account: account.id, close: !account.close }).then(
      ({ close }) => announce(say(close ? 'interest.is-marked' : 'interest.is-unmarked')),
      error => announce(sayFailure(asFailure(error))),
    )
  }
}
