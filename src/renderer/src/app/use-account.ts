import { useEffect } from 'react'
import type { DecisionKind, Rung } from '../../../shared/contract/decisions.ts'
import type { Target } from '../../../shared/contract/ids.ts'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import { useEngine, useShell } from '../client/engine.tsx'
import { useServer } from '../client/servers.tsx'
import { asFailure, useLive } from '../client/use-live.ts'
import { useReveal } from '../features/accounts/use-reveal.ts'
import { useBundle } from '../features/batches/store.ts'
import type { Reasons } from '../features/decisions/SheetForm.tsx'
import { useHand } from '../features/decisions/store.ts'
import { openField, slotOf } from '../features/notes/store.ts'
import { sameTarget } from '../features/reports/store.ts'
import { announce } from '../ui/announce.tsx'
import { handleText } from '../ui/handle-text.ts'
import { asidesOf } from './asides.ts'
import { backToRows } from './back-to-rows.ts'
import { accountSlot, useDecide } from './use-decide.ts'
import { useMarkClose } from './use-mark-close.ts'

/** How long an account must stay in view before it is read again from its server. */
const SETTLED = 600

/** The first rung has no account of its own to act on: here it closes every open report about it, as a batch that is seen before. */
const closeRung = (open: number): Rung => ({
  kind: 'report.close',
  refusal: open === 0 ? 'refusal.no-open-report' : null,
  does: { code: 'consequence.report.close-all.does', values: { open }, gone: false },
  brake: null,
  name: '',
  closes: open,
  mail: 'never',
  back: { code: 'consequence.report.close.back', values: {}, gone: false },
  sheet: true,
  effects: [],
})

/** The account in view with its ladder, and everything that can be done with it. */
export const useAccount = (target: Target | undefined, onArmed: () => void) => {
  const engine = useEngine()
  const shell = useShell()
  const live = useLive('accounts.show', target ?? null)
  const ladderLive = useLive(
    'decisions.ladder',
    target && live.data ? { server: target.server, subject: { of: 'account', id: target.id } } : null,
  )
  const page = target ? live.data : undefined
  const ladder = page && ladderLive.data
  const server = useServer(target?.server)
  const hand = useHand()
  const slot = target && accountSlot(target)
  const mailOff = slot !== undefined && sameTarget(hand.mailOff, slot)
  const withWords = slot !== undefined && sameTarget(hand.withWords, slot)
  const { arm, pick, arming, trouble } = useDecide(
    ladder ? slot : undefined,
    { of: 'account', id: target?.id },
    async () => () => {
      backToRows(onArmed)
      return true
    },
  )
  const [key, id] = [target?.server, target?.id]
  useEffect(() => {
    if (key === undefined || id === undefined) return
    const abort = new AbortController()
    // What cannot be read now is told by the strips of its server.
    const read = () =>
      void engine.call('accounts.refresh', { server: key, id }, { signal: abort.signal }).catch(() => {})
    const timer = setTimeout(read, SETTLED)
    window.addEventListener('focus', read)
    return () => {
      clearTimeout(timer)
      abort.abort()
      window.removeEventListener('focus', read)
    }
  }, [engine, key, id])
  const reveal = useReveal(
    page && target && `account ${target.server} ${target.id}`,
    target?.server,
    page?.account,
    page?.canAsk,
  )
  const closeReports = () => {
    if (!target || !page) return
    engine.call('accounts.openReports', target).then(
      ({ ids }) => {
        if (ids.length === 0) return announce(say('accounts.none-open'))
        const items = ids.map(each => ({ server: target.server, subject: { of: 'report' as const, id: each } }))
        useBundle.setState({
          proposal: {
            kind: 'report.close',
            items,
            label: handleText(page.account),
            of: `account ${target.id}`,
            onArmed,
          },
        })
      },
      error => announce(sayFailure(asFailure(error))),
    )
  }
  const rungs = ladder && page ? [closeRung(page.about.open), ...ladder.rungs] : []
  const asides = asidesOf(ladder?.asides ?? [])
  const sheet =
    slot && hand.sheet && sameTarget(hand.sheet.target, slot)
      ? [...rungs, ...(ladder?.ways ?? []), ...asides].find(rung => rung.kind === hand.sheet?.kind)
      : undefined
  const choose = (rung: Rung | undefined) => {
    if (!rung || !ladder) return
    if (rung.kind === 'report.close' && rung.refusal === null) return closeReports()
    pick(rung, { mail: rung.mail === 'yes' && !mailOff }, true)
  }
  const markClose = useMarkClose(target?.server, page?.account)
  return {
    page,
    markClose,
    failure: live.failure,
    server,
    slot,
    ready: ladder !== undefined && !arming,
    rungs,
    ways: ladder?.ways ?? [],
    asides,
    chooseAside: (kind: DecisionKind) => choose(asides.find(aside => aside.kind === kind)),
    mailOff,
    withWords,
    trouble,
    sheet,
    reveal,
    choose,
    chooseRung: (digit: number) => choose(rungs[digit - 1]),
    armSheet: (reasons: Reasons) => {
      if (sheet) void arm(sheet.kind, reasons, true)
    },
    closeSheet: () => useHand.setState({ sheet: null }),
    toggleMail: () => useHand.setState({ mailOff: mailOff ? null : (slot ?? null) }),
    toggleWords: () => useHand.setState({ withWords: withWords ? null : (slot ?? null) }),
    openNote: () => {
      if (target && page) openField(slotOf(target.server, target.id))
    },
    openWebAdmin: () => {
      if (target && server) shell.openLink(`${server.origin}/admin/accounts/${encodeURIComponent(target.id)}`)
    },
    /** Asks its server for an account that is not known here. */
    fetchIt: async () => {
      if (target) await engine.call('accounts.refresh', target)
    },
  }
}
export type AccountInView = ReturnType<typeof useAccount>
