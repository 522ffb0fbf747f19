import type { Decision } from '../../../../shared/contract/decisions.ts'
import { say } from '../../../../shared/messages/say.ts'
import { asksPerson, canTakeBack, decisionWords } from '../../ui/decision-words.ts'
import { whomText } from '../../ui/Whom.tsx'

/** What `z` would take back: the last armed decision of which nothing has left. */
export const lastHeld = (decisions: readonly Decision[]) =>
  decisions
    .filter(canTakeBack)
    .reduce<Decision | undefined>((last, each) => (last && last.armedAt >= each.armedAt ? last : each), undefined)

/** What is waiting comes first, the last armed before all, since that is what `z` takes back; what has ended makes room. */
export const inOrder = (decisions: readonly Decision[]) => {
  const rank = (decision: Decision) =>
    canTakeBack(decision) ? 0 : asksPerson(decision) ? 1 : decision.state === 'sending' ? 2 : 3
  return decisions
    .filter(({ state }) => state !== 'cancelled' && state !== 'superseded')
    .toSorted((a, b) => rank(a) - rank(b) || b.armedAt - a.armedAt)
}

/** A decision in one spoken sentence. */
export const spoken = (decision: Decision, now: number) =>
  say('decided.of', {
    what: decisionWords(decision, now),
    who: whomText(decision),
  })
