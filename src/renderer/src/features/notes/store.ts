import { create } from 'zustand'
import type { ServerKey } from '../../../../shared/contract/ids.ts'

type Writing = {
  /** The field that is open, by its slot. */
  open: string | null
  /** Whether it still has to be given the focus: once for each time it is asked for, not when it is only drawn again. */
  wanted: boolean
  /** What was typed and not kept yet, by slot, so that looking elsewhere loses nothing. */
  drafts: Readonly<Record<string, string>>
}

/** What someone is writing. */
export const useWriting = create<Writing>(() => ({ open: null, wanted: false, drafts: {} }))

/** The slot of a new note on an account; that of a change is the note's id. */
export const slotOf = (server: ServerKey, account: string) => `${server} ${account}`

export const openField = (slot: string) => useWriting.setState({ open: slot, wanted: true })

/** The open field has the focus now. */
export const fieldHasFocus = () => useWriting.setState({ wanted: false })

/** Closes a field; what stands in it is still there when it is opened again. */
export const leaveField = (slot: string) =>
  useWriting.setState(({ open, wanted }) => (open === slot ? { open: null, wanted: false } : { open, wanted }))

export const keepDraft = (slot: string, text: string) =>
  useWriting.setState(({ drafts }) => ({ drafts: { ...drafts, [slot]: text } }))

/** Brings back what was held elsewhere; what stands here is newer. */
export const restoreDrafts = (held: Writing['drafts']) =>
  useWriting.setState(({ drafts }) => ({ drafts: { ...held, ...drafts } }))

export const dropDraft = (slot: string) =>
  useWriting.setState(({ drafts }) => {
    const { [slot]: _, ...rest } = drafts
    return { drafts: rest }
  })
