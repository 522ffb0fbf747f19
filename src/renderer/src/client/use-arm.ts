import { useState } from 'react'
import type { Failure } from '../../../shared/contract/failure.ts'
import { sayFailure } from '../../../shared/messages/say.ts'
import { announce } from '../ui/announce.tsx'
import { kindName } from '../ui/decision-words.ts'
import { asksFirst } from './ask-first.ts'
import { useEngine } from './engine.tsx'
import type { Input } from './question.ts'
import { asFailure } from './use-live.ts'

/** Arms one decision; what went wrong stays until the next try, and what needs a right is asked for. `onArmed` comes then, too. */
export const useArm = () => {
  const engine = useEngine()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Failure>()
  const arm = async (input: Input<'decisions.arm'>, onArmed?: () => void): Promise<void> => {
    setBusy(true)
    try {
      await engine.call('decisions.arm', input)
      setTrouble(undefined)
      onArmed?.()
    } catch (error) {
      const again = (elsewhere: boolean) => void arm({ ...input, elsewhere }, onArmed)
      if (asksFirst(error, { what: kindName(input.kind), again, elsewhere: input.elsewhere ?? false })) return
      const failure = asFailure(error)
      setTrouble(failure)
      announce(sayFailure(failure))
    } finally {
      setBusy(false)
    }
  }
  return { arm, busy, trouble }
}
