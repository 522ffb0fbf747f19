import { create } from 'zustand'
import { Failure } from '../../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../../shared/contract/ids.ts'

/** A decision that waits for the right to decide on its server: in the person's words, and how it is armed again. */
export type Wanted = { server: ServerKey; what: string; again(): void }

/** What asks for more rights, where something does. */
export const useMoreRights = create<{ wanted: Wanted | null }>(() => ({ wanted: null }))

/** Whether a decision failed because its token is for reading only; then the person is asked for more, and it waits. */
export const wantsMoreRights = (error: unknown, wanted: Wanted): boolean => {
  if (!(error instanceof Failure) || error.detail.reason !== 'refusal.no-write-scope') return false
  useMoreRights.setState({ wanted })
  return true
}
