import { useCallback, useEffect, useRef, useState } from 'react'
import type { DecisionKind, Fields, Rung, Subject } from '../../../shared/contract/decisions.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import type { Target } from '../../../shared/contract/ids.ts'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import { asksFirst } from '../client/ask-first.ts'
import { dropDraft } from '../client/drafts.ts'
import { useEngine } from '../client/engine.tsx'
import { asFailure } from '../client/use-live.ts'
import type { Reasons } from '../features/decisions/SheetForm.tsx'
import { emptyHand, placeOf, useHand } from '../features/decisions/store.ts'
import { sameTarget } from '../features/reports/store.ts'
import { announce } from '../ui/announce.tsx'
import { kindName } from '../ui/decision-words.ts'
import { useRoute } from './use-route.ts'

type Given = Partial<Reasons> & { fields?: Fields }
/** An account as drafts and sheets are kept by: never the report of the same number. */
export const accountSlot = ({ server, id }: Target): Target => ({ server, id: `account ${id}` })
/** One who waits to be let in, likewise. */
export const signupSlot = ({ server, id }: Target): Target => ({ server, id: `signup ${id}` })

type Trouble = Pick<Failure, 'code' | 'detail'>

/** Finds where one goes from here by a decision that is being armed; what it answers goes there, and says whether there was anywhere to go. */
export type FindNext = (armed: Promise<unknown>) => Promise<() => boolean>

/** A warning must have been seen before the next press can mean it. */
const SEEN_MS = 400

/** What is armed within a blink is not told to be under way: drawing that would keep the answer waiting for a frame. */
const BLINK_MS = 100

/**
 * Arms decisions on one case or account, one at a time; `findNext` moves on. What went wrong stands until another is in view. `target` is
 * what drafts and sheets are kept by, `subject` what is decided about.
 */
export const useDecide = (
  target: Target | undefined,
  { of, id }: { of: Subject['of']; id: string | undefined },
  findNext: FindNext,
) => {
  const engine = useEngine()
  const route = useRoute()
  const view = route.screen === 'reports' || route.screen === 'accounts' ? route.server : null
  const [trouble, setTrouble] = useState<{ of: Target | undefined; says: Trouble }>()
  const [arming, setArming] = useState(false)
  const busy = useRef(false)
  /** What was said to be about oneself or a colleague: pressed again, it is meant. */
  const warned = useRef<{ kind: DecisionKind; at: number } | null>(null)
  const fail = useCallback(
    (says: Trouble) => {
      setTrouble({ of: target, says })
      announce(sayFailure(says))
    },
    [target],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: another case has its own troubles
  useEffect(() => {
    warned.current = null
    setTrouble(undefined)
  }, [target?.server, target?.id])

  const arm = useCallback(
    async (kind: DecisionKind, reasons: Given, moveOn: boolean, elsewhere = false): Promise<void> => {
      if (!target || id === undefined || busy.current) return
      busy.current = true
      const slow = setTimeout(setArming, BLINK_MS, true)
      const despite = warned.current?.kind === kind && Date.now() - warned.current.at >= SEEN_MS
      try {
        const subject = { of, id }
        const armed = engine.call('decisions.arm', {
          server: target.server,
          subject,
          kind,
          view,
          elsewhere,
          despite,
          ...reasons,
        })
        // Asked in the same breath; where it is not armed nobody goes there.
        const next = moveOn ? findNext(armed) : undefined
        next?.catch(() => {})
        await armed
        warned.current = null
        let go: (() => boolean) | undefined
        try {
          go = await next
        } finally {
          setTrouble(undefined)
          dropDraft(placeOf(target))
          emptyHand()
        }
        // In the same breath: the sheet goes and the next one comes in one drawing.
        if (go && !go()) announce(say('reports.no-more'))
      } catch (error) {
        const again = (meant: boolean) => void arm(kind, reasons, moveOn, meant)
        if (asksFirst(error, { what: kindName(kind), again, elsewhere })) return
        const failure = asFailure(error)
        if (failure.detail.reason === 'interest.again' && warned.current?.kind !== kind)
          warned.current = { kind, at: Date.now() }
        fail(failure)
      } finally {
        clearTimeout(slow)
        busy.current = false
        setArming(false)
      }
    },
    [engine, target, of, id, view, findNext, fail],
  )

  /** A rung that cannot be says why; one with a sheet opens it; the others are armed at once. */
  const pick = useCallback(
    (rung: Rung, reasons: Given, moveOn: boolean) => {
      if (!target) return
      if (rung.refusal !== null)
        return fail({ code: 'not-allowed', detail: { ...rung.does.values, reason: rung.refusal } })
      const asksWords = sameTarget(useHand.getState().withWords, target) && rung.kind.startsWith('account.')
      if (rung.sheet || asksWords) return useHand.setState({ sheet: { target, kind: rung.kind } })
      void arm(rung.kind, reasons, moveOn)
    },
    [target, arm, fail],
  )
  return { arm, pick, arming, trouble: trouble?.says ?? null }
}
