import { useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import { sayFailure } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure, type Input } from '../../client/use-live.ts'
import { announce } from '../../ui/announce.tsx'

/** Arms one decision; what went wrong stays until the next try. True when it is armed. */
export const useArm = () => {
  const engine = useEngine()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Failure>()
  const arm = async (input: Input<'decisions.arm'>): Promise<boolean> => {
    setBusy(true)
    try {
      await engine.call('decisions.arm', input)
      setTrouble(undefined)
      return true
    } catch (error) {
      const failure = asFailure(error)
      setTrouble(failure)
      announce(sayFailure(failure))
      return false
    } finally {
      setBusy(false)
    }
  }
  return { arm, busy, trouble }
}
