import { useEffect } from 'react'
import type { Rung } from '../../../shared/contract/decisions.ts'
import type { Target } from '../../../shared/contract/ids.ts'
import { useEngine, useShell } from '../client/engine.tsx'
import { useServer } from '../client/servers.tsx'
import { useLive } from '../client/use-live.ts'
import { useReveal } from '../features/accounts/use-reveal.ts'
import type { Reasons } from '../features/decisions/SheetForm.tsx'
import { useHand } from '../features/decisions/store.ts'
import { openField, slotOf } from '../features/notes/store.ts'
import { openNextWarning } from '../features/posts/store.ts'
import { sameTarget } from '../features/reports/store.ts'
import { useDecide } from './use-decide.ts'

/** How long a case must stay in view before it is read again from its server. */
const SETTLED = 600

/** Reads the case in view again from its server: when one stays on it, and when one comes back to the window. */
const useRefresh = (target: Target | undefined) => {
  const engine = useEngine()
  const [server, id] = [target?.server, target?.id]
  useEffect(() => {
    if (server === undefined || id === undefined) return
    const abort = new AbortController()
    // What cannot be read now is told by the strips of its server.
    const read = () => void engine.call('reports.refresh', { server, id }, { signal: abort.signal }).catch(() => {})
    const timer = setTimeout(read, SETTLED)
    window.addEventListener('focus', read)
    return () => {
      clearTimeout(timer)
      abort.abort()
      window.removeEventListener('focus', read)
    }
  }, [engine, server, id])
}

/** The case in view with its ladder, and everything that can be done with it. */
export const useCase = (target: Target | undefined, toNextOpen: () => Promise<boolean>) => {
  const shell = useShell()
  const live = useLive('reports.case', target ?? null)
  const ladderLive = useLive(
    'decisions.ladder',
    target ? { server: target.server, subject: { of: 'report', id: target.id } } : null,
  )
  const shown = target ? (live.data ?? live.before) : undefined
  const ladder = ladderLive.data ?? ladderLive.before
  const shownTarget = shown && { server: shown.report.server, id: shown.report.id }
  const server = useServer(shownTarget?.server)
  // Keys act on what one sees: not while the next case is still on its way.
  const ready = live.data !== undefined && ladderLive.data !== undefined && sameTarget(shownTarget, target)
  const hand = useHand()
  const mailOff = sameTarget(hand.mailOff, target) && hand.mailOff !== null
  const withWords = sameTarget(hand.withWords, target) && hand.withWords !== null
  const { arm, pick, arming, trouble } = useDecide(ready ? target : undefined, toNextOpen)
  useRefresh(target)

  const all = [...(ladder?.rungs ?? []), ...(ladder?.ways ?? [])]
  const sheet =
    hand.sheet && sameTarget(hand.sheet.target, target) ? all.find(rung => rung.kind === hand.sheet?.kind) : undefined
  const reasonsOf = (rung: Rung): Partial<Reasons> => ({
    mail: rung.mail === 'yes' && !mailOff,
    rules: rung.kind.startsWith('account.') ? (shown?.rules.filter(rule => rule.here).map(rule => rule.id) ?? []) : [],
  })
  const shownKey = shownTarget && `${shownTarget.server} ${shownTarget.id}`
  const reveal = useReveal(shownKey, shownTarget?.server, shown?.account)
  const warned = shown?.posts.filter(post => post.warning !== '').map(post => post.id) ?? []
  const isWay = (rung: Rung) => ladder?.ways.some(way => way.kind === rung.kind) ?? false
  const choose = (rung: Rung | undefined) => {
    if (rung && ready) pick(rung, reasonsOf(rung), !isWay(rung))
  }
  return {
    shown,
    shownKey,
    server,
    failure: live.failure,
    ladder,
    /** Whether a key pressed now would act: the case in view is the current one, and no decision on it is under way. */
    ready: ready && !arming,
    mailOff,
    withWords,
    trouble,
    sheet,
    choose,
    chooseRung: (digit: number) => choose(ladder?.rungs[digit - 1]),
    armSheet: (reasons: Reasons) => {
      if (sheet) void arm(sheet.kind, reasons, !isWay(sheet))
    },
    closeSheet: () => useHand.setState({ sheet: null }),
    toggleWords: () => useHand.setState({ withWords: withWords ? null : (target ?? null) }),
    toggleMail: () => useHand.setState({ mailOff: mailOff ? null : (target ?? null) }),
    assign: () => {
      if (ready && shown)
        void arm(shown.report.assignedTo?.me ? 'report.unassign' : 'report.assign', { mail: false }, false)
    },
    /** Personal data of the account in view; the key acts on what one sees. */
    reveal,
    toggleReveal: () => {
      if (ready) reveal.toggle()
    },
    openNote: () => {
      if (ready && shown) openField(slotOf(shown.report.server, shown.account.id))
    },
    openWebAdmin: () => {
      if (shown) shell.openLink(shown.webAdmin)
    },
    /** Opens the next content warning; null where there is none, so that Space scrolls. */
    peek: warned.length === 0 || !shownKey ? null : () => openNextWarning(shownKey, warned),
  }
}
export type CaseInView = ReturnType<typeof useCase>
