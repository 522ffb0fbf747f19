import { create } from 'zustand'
import type { DecisionKind } from '../../../../shared/contract/decisions.ts'
import type { Target } from '../../../../shared/contract/ids.ts'

/** `language`: of the template that the text began as, empty where it is not known. `comment`: for the moderators of another server. */
export type Draft = { text: string; language: string; note: string; comment: string }
const nothing: Draft = { text: '', language: '', note: '', comment: '' }

type Hand = {
  /** The sheet that is open: for which case, before which decision. */
  sheet: { target: Target; kind: DecisionKind } | null
  /** What was typed into it, so that looking elsewhere loses nothing. */
  drafts: Readonly<Record<string, Draft>>
  /** The decision whose steps are shown. */
  panel: string | null
  /** Whether the list of all that waits and is being sent is open. */
  outbox: boolean
  /** Cases for which no mail shall go out. */
  mailOff: Target | null
  /** The case on which the next rung opens its sheet, to write a text first. */
  withWords: Target | null
}

/** What a hand holds before it decides: open panels and drafts. */
export const useHand = create<Hand>(() => ({
  sheet: null,
  drafts: {},
  panel: null,
  outbox: false,
  mailOff: null,
  withWords: null,
}))

export const draftKey = ({ server, id }: Target) => `${server} ${id}`

export const keepDraft = (target: Target, draft: Partial<Draft>) =>
  useHand.setState(({ drafts }) => {
    const key = draftKey(target)
    return { drafts: { ...drafts, [key]: { ...nothing, ...drafts[key], ...draft } } }
  })

/** Brings back what was held elsewhere; what stands here is newer. */
export const restoreDrafts = (held: Readonly<Record<string, Partial<Draft>>>) =>
  useHand.setState(({ drafts }) => ({
    drafts: {
      ...Object.fromEntries(Object.entries(held).map(([key, draft]) => [key, { ...nothing, ...draft }])),
      ...drafts,
    },
  }))

export const dropDraft = (target: Target) =>
  useHand.setState(hand => {
    const { [draftKey(target)]: dropped, ...drafts } = hand.drafts
    return dropped ? { drafts } : hand
  })

/** After a decision nothing of it is left in the hand; where nothing was, nothing is drawn again. */
export const emptyHand = () =>
  useHand.setState(hand =>
    hand.sheet || hand.mailOff || hand.withWords ? { sheet: null, mailOff: null, withWords: null } : hand,
  )
