import { create } from 'zustand'
import type { BatchItem } from '../../../../shared/contract/batches.ts'
import type { DecisionKind, Fields, Subject } from '../../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../../shared/contract/ids.ts'

/** A decision that goes along with a batch where the person says so: its own entry, with its own window. */
export type Along = {
  server: ServerKey
  subject: Subject
  kind: DecisionKind
  fields: Fields
  says: string
  explains: string
}

/** What a batch is about to be armed on. `label` tells people later what it was: "campaign casino-win.example". */
export type Proposal = {
  kind: DecisionKind
  items: readonly BatchItem[]
  label: string
  fields?: Fields
  /** What may go along with it. */
  along?: readonly Along[]
  /** What cannot be given back, in a sentence. */
  warning?: string
  /** Once it is armed: what was marked is no longer, the focus goes back to the list. */
  onArmed(): void
}

type Bundle = {
  /** The batch that is looked at. */
  panel: string | null
  /** What the sheet asks about. */
  proposal: Proposal | null
}

/** Which batch is open, and which is being thought about. */
export const useBundle = create<Bundle>(() => ({ panel: null, proposal: null }))
