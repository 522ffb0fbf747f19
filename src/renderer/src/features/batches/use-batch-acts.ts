import { useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure } from '../../client/use-live.ts'
import { announce } from '../../ui/announce.tsx'

/** What can be done with a batch as a whole; what went wrong stays until the next try. */
export const useBatchActs = () => {
  const engine = useEngine()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const act = async (run: () => Promise<string>) => {
    setBusy(true)
    try {
      announce(await run())
      setFailure(null)
    } catch (error) {
      setFailure(asFailure(error))
    } finally {
      setBusy(false)
    }
  }
  return {
    failure,
    busy,
    pause: (id: string) => act(() => engine.call('batches.pause', { id }).then(() => say('batch.now-paused'))),
    resume: (id: string) => act(() => engine.call('batches.resume', { id }).then(() => say('batch.now-on'))),
    takeBack: (id: string) =>
      act(() => engine.call('batches.takeBack', { id }).then(({ taken }) => say('batch.now-back', { count: taken }))),
  }
}
