import { type RefObject, useEffect } from 'react'
import type { Server } from '../../../shared/contract/servers.ts'
import type { Cluster } from '../../../shared/contract/signups.ts'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import { useLive } from '../client/use-live.ts'
import { Personal } from '../features/accounts/Personal.tsx'
import { useReveal } from '../features/accounts/use-reveal.ts'
import { Sheet } from '../features/decisions/Sheet.tsx'
import caseHead from '../features/reports/Case.module.css'
import { ClusterFacts } from '../features/signups/ClusterFacts.tsx'
import { ClusterName } from '../features/signups/ClusterList.tsx'
import { PersonPart } from '../features/signups/PersonPart.tsx'
import { StepPart } from '../features/signups/StepPart.tsx'
import type { People } from '../features/signups/use-people.ts'
import { cx } from '../ui/cx.ts'
import { ago, number } from '../ui/format.ts'
import { edgeOf, Mark } from '../ui/Mark.tsx'
import pane from '../ui/pane.module.css'
import parts from '../ui/parts.module.css'
import { ScrollArea } from '../ui/ScrollArea.tsx'
import { useNow } from '../ui/use-now.ts'
import { Covered } from './Covered.tsx'
import { toggleCover, useCover } from './cover.ts'
import type { useAnswer } from './use-answer.ts'
import { signupSlot } from './use-decide.ts'
import { useKeys } from './use-keys.ts'

const Head = ({ cluster, server }: { cluster: Cluster; server: Server | undefined }) => {
  const now = useNow(30_000)
  return (
    <header className={pane.head}>
      <div className={parts.line}>
        {server && <Mark server={server} />}
        <h1 id="case-h" className={pane.name}>
          {number(cluster.count)} · <ClusterName cluster={cluster} />
        </h1>
      </div>
      <ul className={caseHead.facts}>
        <li>{say('signups.first', { ago: ago(now - cluster.firstAt) })}</li>
        <li>{say('signups.last', { ago: ago(now - cluster.lastAt) })}</li>
        <li>{say('signups.confirmed', { count: cluster.confirmed })}</li>
      </ul>
    </header>
  )
}

type Shown = {
  cluster: Cluster | undefined
  server: Server | undefined
  /** Whether our role may see on any server who waits. */
  maySee: boolean
  of: People
  others: number
  isOnMarked: boolean
  answer: ReturnType<typeof useAnswer>
  graceSeconds: number
  reading: RefObject<HTMLElement | null>
  /** What the key for personal data does. */
  revealKey: RefObject<() => void>
  onApprove(): void
  onReject(): void
  onRejectMarked(): void
  onApproveMarked: (() => void) | null
  onApproveOthers(): void
  onLeave(): void
}

/** The cluster in view, the person that keys act on, and the one step on all who are marked. */
export const SignupPane = (shown: Shown) => {
  const { cluster, server, of, answer, reading, revealKey } = shown
  const id = of.currentId
  const row = useLive('signups.rows', cluster && id !== undefined ? { server: cluster.server, ids: [id] } : null).data
    ?.rows[0]
  const reveal = useReveal(
    row && `signup ${row.server} ${row.account.id}`,
    row?.server,
    row && { id: row.account.id, email: row.email, address: row.address, inviteLetters: null },
  )
  useEffect(() => {
    revealKey.current = reveal.toggle
  })
  const { covered } = useCover()
  const hide = () => {
    reveal.cover()
    toggleCover()
  }
  useKeys({ hide })
  if (!cluster)
    return (
      <section className={cx(pane.pane, pane.empty)} aria-label={say('signups.cluster')}>
        <p>{say(shown.maySee ? 'signups.none-chosen' : 'signups.none-seen')}</p>
      </section>
    )
  const { sheet } = answer
  return (
    <section
      className={cx(pane.pane, server && edgeOf(server))}
      aria-labelledby="case-h"
      aria-busy={id !== undefined && row?.account.id !== id}
    >
      <Head cluster={cluster} server={server} />
      {covered ? (
        <Covered label={say('signups.cluster')} onUncover={hide} reading={reading} />
      ) : (
        <ScrollArea className={pane.scroll} label={say('signups.cluster')} ref={reading}>
          {of.whole && <ClusterFacts cluster={cluster} whole={of.whole} />}
          {row && (
            <PersonPart
              row={row}
              personal={
                <Personal account={{ email: row.email, address: row.address, inviteLetters: null }} reveal={reveal} />
              }
              onApprove={shown.onApprove}
              onReject={shown.onReject}
            />
          )}
        </ScrollArea>
      )}
      {answer.trouble && sheet === null && (
        <p className={pane.trouble} role="alert">
          {sayFailure(answer.trouble)}
        </p>
      )}
      {sheet && row ? (
        <Sheet
          rung={sheet.rung}
          target={signupSlot(sheet.person)}
          account={row.account}
          server={server}
          rules={[]}
          letter={null}
          templates={() => null}
          graceSeconds={shown.graceSeconds}
          mailOff
          trouble={answer.trouble}
          onArm={answer.reject}
          onBack={() => {
            answer.closeSheet()
            shown.onLeave()
          }}
        />
      ) : (
        <StepPart
          server={server}
          marked={of.marked.length}
          others={shown.others}
          isKey={shown.isOnMarked}
          onReject={shown.onRejectMarked}
          onApproveMarked={shown.onApproveMarked}
          onApprove={shown.onApproveOthers}
        />
      )}
    </section>
  )
}
