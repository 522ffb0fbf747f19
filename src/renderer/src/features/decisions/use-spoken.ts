import { useEffect, useRef } from 'react'
import type { DecisionState } from '../../../../shared/contract/decisions.ts'
import type { Output } from '../../client/question.ts'
import { announce } from '../../ui/announce.tsx'
import { spoken } from './held.ts'

/** Ends and troubles are worth a word; the steps between are not. */
const worth: readonly DecisionState[] = ['held', 'done', 'failed', 'stopped', 'unknown', 'needs-person', 'not-done']

/** Has each decision's state spoken when it becomes so, not those that were there when the page opened. */
export const useSpokenDecisions = (bar: Output<'decisions.bar'> | undefined) => {
  const known = useRef<Map<string, DecisionState>>(undefined)
  useEffect(() => {
    if (!bar) return
    const before = known.current
    known.current = new Map(bar.decisions.map(decision => [decision.id, decision.state]))
    if (!before) return
    const fresh = bar.decisions.filter(({ id, state }) => before.get(id) !== state && worth.includes(state))
    if (fresh.length > 0) announce(fresh.map(decision => spoken(decision, Date.now())).join('. '))
  }, [bar])
}
