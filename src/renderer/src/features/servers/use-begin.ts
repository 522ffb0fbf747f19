import { useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import { useEngine, useShell } from '../../client/engine.tsx'
import type { Input, Output } from '../../client/question.ts'
import { asFailure } from '../../client/use-live.ts'

/** A sign-in that waits for the person and their server. */
export type Begun = Output<'servers.beginSignIn'>
type Asked = Omit<Input<'servers.beginSignIn'>, 'redirect'>

/** Begins a sign-in by the browser, by the way back to this computer or by a code to copy; `onBegun` goes on from there. */
export const useBegin = (onBegun: (begun: Begun) => void) => {
  const engine = useEngine()
  const shell = useShell()
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const begin = async (asked: Asked, byCode: boolean): Promise<boolean> => {
    setBusy(true)
    setFailure(undefined)
    try {
      const redirect = byCode ? 'oob' : await shell.redirect()
      onBegun(await engine.call('servers.beginSignIn', { ...asked, redirect }, { timeoutMs: 120_000 }))
      return true
    } catch (error) {
      setFailure(asFailure(error))
      return false
    } finally {
      setBusy(false)
    }
  }
  return { begin, busy, failure }
}
