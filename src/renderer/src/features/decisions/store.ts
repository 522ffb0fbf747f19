import { create } from 'zustand'
import type { DecisionKind } from '../../../../shared/contract/decisions.ts'
import type { Target } from '../../../../shared/contract/ids.ts'

type Hand = {
  /** The sheet that is open: for which case, before which decision. */
  sheet: { target: Target; kind: DecisionKind } | null
  /** What was typed into it, so that looking elsewhere loses nothing. */
  drafts: Readonly<Record<string, { text: string; note: string }>>
  /** The decision whose steps are shown. */
  panel: string | null
  /** Cases for which no mail shall go out. */
  mailOff: Target | null
  /** The case on which the next rung opens its sheet, to write a text first. */
  withWords: Target | null
}

/** What a hand holds before it decides: open panels and drafts. */
export const useHand = create<Hand>(() => ({ sheet: null, drafts: {}, panel: null, mailOff: null, withWords: null }))

export const draftKey = ({ server, id }: Target) => `${server} ${id}`

export const keepDraft = (target: Target, draft: { text: string; note: string }) =>
  useHand.setState(({ drafts }) => ({ drafts: { ...drafts, [draftKey(target)]: draft } }))

export const dropDraft = (target: Target) =>
  useHand.setState(({ drafts }) => {
    const { [draftKey(target)]: _, ...rest } = drafts
    return { drafts: rest }
  })
