import { useId, useRef, useState } from 'react'
import type { Failure } from '../../../../shared/contract/failure.ts'
import { asFailure } from '../../client/use-live.ts'
import { announce } from '../../ui/announce.tsx'
import { Trouble } from '../../ui/Trouble.tsx'

/** What a form of the lock keeps while it is filled in. */
export const useForm = () => {
  const [passphrase, setPassphrase] = useState('')
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const whyId = useId()
  /** Tries it, and says what was done; with a failure the field has the focus again, and what is typed takes the place of what was wrong. */
  const attempt = async (run: () => Promise<unknown>, done?: string) => {
    if (busy) return
    setBusy(true)
    try {
      await run()
      setFailure(undefined)
      setPassphrase('')
      if (done !== undefined) announce(done)
    } catch (error) {
      setFailure(asFailure(error))
      field.current?.focus()
      field.current?.select()
    } finally {
      setBusy(false)
    }
  }
  const secret = {
    type: 'password',
    maxLength: 1024,
    'aria-invalid': failure !== undefined,
    ...(failure ? { 'aria-describedby': whyId } : {}),
  } as const
  const trouble = failure && (
    <div id={whyId}>
      <Trouble failure={failure} />
    </div>
  )
  return { passphrase, setPassphrase, attempt, secret, trouble, failure, busy, field }
}
