import { create } from 'zustand'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import type { Place } from '../../client/drafts.ts'

type Writing = {
  /** The field that is open, by its slot. */
  open: string | null
  /** Whether it still has to be given the focus: once for each time it is asked for, not when it is only drawn again. */
  wanted: boolean
}

/** Where someone is writing. */
export const useWriting = create<Writing>(() => ({ open: null, wanted: false }))

/** The slot of a new note on an account; that of a change is the note's id. */
export const slotOf = (server: ServerKey, account: string) => `${server} ${account}`

/** Where the draft of a slot is kept. */
export const placeOf = (slot: string): Place => ({ of: 'note', key: slot })

export const openField = (slot: string) => useWriting.setState({ open: slot, wanted: true })

/** The open field has the focus now. */
export const fieldHasFocus = () => useWriting.setState({ wanted: false })

/** Closes a field; what stands in it is still there when it is opened again. */
export const leaveField = (slot: string) =>
  useWriting.setState(({ open, wanted }) => (open === slot ? { open: null, wanted: false } : { open, wanted }))
