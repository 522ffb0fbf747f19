import type { DecisionKind, Fields, Rung } from '../../../shared/contract/decisions.ts'
import type { Target } from '../../../shared/contract/ids.ts'
import { useShell } from '../client/engine.tsx'
import { useServer } from '../client/servers.tsx'
import { useReveal } from '../features/accounts/use-reveal.ts'
import type { Reasons } from '../features/decisions/SheetForm.tsx'
import { useHand } from '../features/decisions/store.ts'
import { openField, slotOf } from '../features/notes/store.ts'
import { sameTarget } from '../features/reports/store.ts'
import { asidesOf } from './asides.ts'
import type { Cases } from './ask-cases.ts'
import { type FindNext, useDecide } from './use-decide.ts'
import { useEyes } from './use-eyes.ts'
import { useMarkClose } from './use-mark-close.ts'
import { useReadCase } from './use-read-case.ts'
import { useRefresh } from './use-refresh.ts'
import { useSummary } from './use-summary.ts'

/** The case in view with its ladder, and everything that can be done with it. */
export const useCase = (target: Target | undefined, cases: Cases, findNext: FindNext) => {
  const shell = useShell()
  const live = useReadCase(target, cases)
  const [shown, ladder] = (target && (live.data ?? live.before)) ?? []
  const shownTarget = shown && { server: shown.report.server, id: shown.report.id }
  const server = useServer(shownTarget?.server)
  // Keys act on what one sees: not while the next case is still on its way.
  const ready = live.data !== undefined && sameTarget(shownTarget, target)
  const hand = useHand()
  const mailOff = sameTarget(hand.mailOff, target) && hand.mailOff !== null
  const withWords = sameTarget(hand.withWords, target) && hand.withWords !== null
  const { arm, pick, arming, trouble } = useDecide(
    ready ? target : undefined,
    { of: 'report', id: target?.id },
    findNext,
  )
  const refresh = useRefresh(target, shown)

  const asides = asidesOf(ladder?.asides ?? [])
  const all = [...(ladder?.rungs ?? []), ...(ladder?.ways ?? []), ...asides]
  const sheet =
    hand.sheet && sameTarget(hand.sheet.target, target) ? all.find(rung => rung.kind === hand.sheet?.kind) : undefined
  const reasonsOf = (rung: Rung): Partial<Reasons> => ({
    mail: rung.mail === 'yes' && !mailOff,
    rules: rung.kind.startsWith('account.') ? (shown?.rules.filter(rule => rule.here).map(rule => rule.id) ?? []) : [],
  })
  const shownKey = shownTarget && `${shownTarget.server} ${shownTarget.id}`
  const reveal = useReveal(shownKey, shownTarget?.server, shown?.account)
  const giveBack = () => void arm('report.unassign', { mail: false }, false)
  const summary = useSummary(ready ? shown : undefined, server, giveBack)
  const markClose = useMarkClose(shownTarget?.server, shown?.account)
  const eyes = useEyes(shown, shownTarget, reveal)
  /** What answers a report is followed by the next one; the others leave it where it is. */
  const answers = (rung: Rung) => ladder?.rungs.some(({ kind }) => kind === rung.kind) ?? false
  const choose = (rung: Rung | undefined) => {
    if (rung && ready) pick(rung, reasonsOf(rung), answers(rung))
  }
  const openThere = (address: string | undefined) => {
    if (address === undefined) return
    refresh.leave()
    shell.openLink(address)
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
    /** What stands beside the rungs. */
    asides,
    chooseAside: (kind: DecisionKind) => choose(asides.find(aside => aside.kind === kind)),
    armSheet: (reasons: Reasons & { fields?: Fields }) => {
      if (sheet) void arm(sheet.kind, reasons, answers(sheet))
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
    /** What was copied for the team's chat, and how it is. */
    summary,
    markClose,
    openNote: () => {
      if (ready && shown) openField(slotOf(shown.report.server, shown.account.id))
    },
    openWebAdmin: () => {
      openThere(shown?.webAdmin)
    },
    /** Opens a page of the server's web admin; on coming back, what was done there is told. */
    openThere,
    /** What was done in the web admin, where one came back from there. */
    back: refresh.back,
    dismissBack: refresh.dismiss,
    /** What lies open before one's eyes. */
    eyes,
  }
}
export type CaseInView = ReturnType<typeof useCase>
