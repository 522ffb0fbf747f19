import { create } from 'zustand'
import type { BatchItem } from '../../../../shared/contract/batches.ts'
import type { DecisionKind, Fields, Subject } from '../../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import { type Place, shortName } from '../../client/drafts.ts'

/** A decision that goes along with a batch where the person says so: its own entry, with its own window. */
export type Along = {
  server: ServerKey
  subject: Subject
  kind: DecisionKind
  fields: Fields
  says: string
  explains: string
}

/** The words of a batch before any are written. `language`: of the template that the text began as, empty where it is not known. */
export const noWords = { text: '', language: '', note: '' }

/** Where the words of a batch are kept. No name of anybody stands in the key. */
export const placeOf = ({ kind, items, of }: Proposal): Place => {
  const servers = [...new Set(items.map(({ server }) => server))].sort()
  const each = items.map(({ server, subject }) => `${server} ${subject.of} ${subject.id}`).sort()
  return { of: 'batch', key: `${kind} ${shortName([...servers, ...(of === undefined ? each : [of])].join('\n'))}` }
}

/** What a batch is about to be armed on. `label` tells people later what it was: "campaign casino-win.example". */
export type Proposal = {
  kind: DecisionKind
  items: readonly BatchItem[]
  label: string
  /** What these items are, where that is more than a number of them: they may become more while one writes about them. */
  of?: string | undefined
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
