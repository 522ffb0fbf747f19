import { create } from 'zustand'
import type { DecisionKind } from '../../../../shared/contract/decisions.ts'
import type { Target } from '../../../../shared/contract/ids.ts'
import type { Place } from '../../client/drafts.ts'

/**
 * The words of a decision before any are written. `language`: of the template that the text began as, empty where it is not known.
 * `comment`: for the moderators of another server.
 */
export const noWords = { text: '', language: '', note: '', comment: '' }

type Hand = {
  /** The sheet that is open: for which case, before which decision. */
  sheet: { target: Target; kind: DecisionKind } | null
  /** The decision whose steps are shown. */
  panel: string | null
  /** Whether the list of all that waits and is being sent is open. */
  outbox: boolean
  /** Cases for which no mail shall go out. */
  mailOff: Target | null
  /** The case on which the next rung opens its sheet, to write a text first. */
  withWords: Target | null
}

/** What a hand holds before it decides. */
export const useHand = create<Hand>(() => ({
  sheet: null,
  panel: null,
  outbox: false,
  mailOff: null,
  withWords: null,
}))

/** Where the words of a decision are kept. */
export const placeOf = ({ server, id }: Target): Place => ({ of: 'decision', key: `${server} ${id}` })

/** After a decision nothing of it is left in the hand; where nothing was, nothing is drawn again. */
export const emptyHand = () =>
  useHand.setState(hand =>
    hand.sheet || hand.mailOff || hand.withWords ? { sheet: null, mailOff: null, withWords: null } : hand,
  )
