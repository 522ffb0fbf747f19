import type { WayBack } from '../../../shared/contract/decisions.ts'
import { sayFailure } from '../../../shared/messages/say.ts'
import { asksFirst } from '../client/ask-first.ts'
import { useEngine } from '../client/engine.tsx'
import { asFailure, useLive } from '../client/use-live.ts'
import { DecisionPanel } from '../features/decisions/DecisionPanel.tsx'
import { useHand } from '../features/decisions/store.ts'
import { announce } from '../ui/announce.tsx'
import { kindName } from '../ui/decision-words.ts'
import { openReport } from './open-report.ts'
import { useRoute } from './use-route.ts'

/** The decision whose steps are shown, from the bar or read by itself. */
export const OpenDecision = () => {
  const engine = useEngine()
  const route = useRoute()
  const id = useHand(hand => hand.panel)
  const decision = useLive('decisions.one', id === null ? null : { id }).data?.decision
  const report = decision?.state === 'stopped' && decision.report !== null ? decision.report : null
  const after = useLive('reports.case', decision && report !== null ? { server: decision.server, id: report } : null)
  if (!decision) return null
  const view = route.screen === 'reports' || route.screen === 'domains' ? route.server : null
  const giveBack = async (way: WayBack, typed: string, elsewhere = false): Promise<void> => {
    const { server } = decision
    const { kind, subject, fields } = way
    try {
      await engine.call('decisions.arm', { server, subject, kind, fields, typed, mail: false, view, elsewhere })
    } catch (error) {
      const again = (meant: boolean) =>
        void giveBack(way, typed, meant).catch((wrong: unknown) => announce(sayFailure(asFailure(wrong))))
      if (!asksFirst(error, { what: kindName(kind), again, elsewhere })) throw error
    }
  }
  return (
    <DecisionPanel
      decision={decision}
      closed={after.data?.report ?? null}
      onClose={() => useHand.setState({ panel: null })}
      onCase={report => openReport(report, true, route.screen === 'reports' ? route.server : null)}
      onWayBack={giveBack}
    />
  )
}
