import { useState } from 'react'
import type { Decision, WayBack } from '../../../../shared/contract/decisions.ts'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { Target } from '../../../../shared/contract/ids.ts'
import type { ReportRow } from '../../../../shared/contract/reports.ts'
import { type MessageCode, say, sayCode } from '../../../../shared/messages/say.ts'
import { visibleControls } from '../../../../shared/visible-text.ts'
import { useEngine } from '../../client/engine.tsx'
import { useServer } from '../../client/servers.tsx'
import { asFailure, useLive } from '../../client/use-live.ts'
import { BackButton } from '../../ui/BackButton.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Domain } from '../../ui/Domain.tsx'
import { asksPerson, canTakeBack, decisionWords, drawnAs, kindName } from '../../ui/decision-words.ts'
import { dayAndTime, exactTime } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import { StateMark } from '../../ui/State.tsx'
import { Trouble } from '../../ui/Trouble.tsx'
import { TypeName } from '../../ui/TypeName.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Whom } from '../../ui/Whom.tsx'
import { Words } from '../../ui/Words.tsx'
import { BackPart } from './BackPart.tsx'
import styles from './DecisionPanel.module.css'

const stepWords = ({ state, why, status }: Decision['steps'][number]) => {
  const base = why === null ? say(`step.${state}`) : sayCode(why)
  return status === null ? base : say('step.with-status', { what: base, status })
}

const Steps = ({ decision }: { decision: Decision }) => (
  <table className={styles.trail}>
    <caption className={parts.unseen}>{say('panel.steps')}</caption>
    <tbody>
      {decision.steps.map(step => (
        <tr key={`${step.at} ${step.state} ${step.why}`}>
          <td>{exactTime(step.at)}</td>
          <td>{stepWords(step)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** The brake that came up since it was armed, where that is what it waits for. */
const brakeOf = ({ state, waitingFor, why }: Decision): string | null =>
  state === 'ready' && waitingFor === 'confirm' && why?.startsWith('brake.') ? why : null

/** What the server takes on at once and does bit by bit. */
const isWorkedThrough = ({ kind, state, fields }: Decision) =>
  state === 'done' &&
  (kind === 'account.delete' ||
    kind === 'domain.disallow' ||
    ((kind === 'domain.block' || kind === 'domain.change') && fields.severity === 'suspend'))

/** Whether it may be about something else by now, so that its case is looked at before it is sent. */
const looksFirst = (decision: Decision) => decision.why === 'why.went-back' && decision.report !== null

/** What is said of a decision that waits for a person because of us; it is of no age. */
const whyConfirm: Readonly<Record<string, MessageCode>> = {
  'why.role-changed': 'panel.why-confirm.role-changed',
  'why.login-closed': 'panel.why-confirm.login-closed',
  'why.went-back': 'panel.why-confirm.went-back',
}

/** Does one thing with a decision; what went wrong stays in the panel. */
const useAct = (onDone: () => void) => {
  const engine = useEngine()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const act = (run: (of: typeof engine) => Promise<unknown>, closes: boolean) => {
    setBusy(true)
    run(engine)
      .then(
        () => {
          setFailure(null)
          if (closes) onDone()
        },
        error => setFailure(asFailure(error)),
      )
      .finally(() => setBusy(false))
  }
  return { act, failure, busy }
}

const Acts = ({
  decision,
  typed,
  act,
  busy,
}: {
  decision: Decision
  /** The name, where a brake asks for it. */
  typed: string
  act: ReturnType<typeof useAct>['act']
  busy: boolean
}) => {
  const { id } = decision
  if (canTakeBack(decision) && decision.waitingFor === 'confirm')
    return (
      <>
        <Button
          look={looksFirst(decision) ? 'plain' : 'primary'}
          disabled={busy || (brakeOf(decision) !== null && typed.trim() !== decision.name)}
          onClick={() => act(e => e.call('decisions.confirm', { id, send: true, typed }), true)}
        >
          {say('panel.send')}
        </Button>
        <Button disabled={busy} onClick={() => act(e => e.call('decisions.confirm', { id, send: false }), true)}>
          {say('panel.drop')}
        </Button>
      </>
    )
  if (canTakeBack(decision))
    return (
      <Button disabled={busy} onClick={() => act(e => e.call('decisions.takeBack', { id }), true)}>
        <Icon name="undo" small />
        {say('panel.take-back')}
      </Button>
    )
  if (!asksPerson(decision)) return null
  return (
    <>
      <Button look="primary" disabled={busy} onClick={() => act(e => e.call('decisions.readAgain', { id }), false)}>
        {say('panel.read-again')}
      </Button>
      <Button disabled={busy} onClick={() => act(e => e.call('decisions.settle', { id, done: true }), true)}>
        {say('panel.happened')}
      </Button>
      <Button disabled={busy} onClick={() => act(e => e.call('decisions.settle', { id, done: false }), true)}>
        {say('panel.not-happened')}
      </Button>
    </>
  )
}

type Shown = {
  decision: Decision
  /** What became of its report meanwhile, where that stopped it. */
  closed: Pick<ReportRow, 'resolvedAt' | 'resolvedBy'> | null
  onClose(): void
  onCase(report: Target): void
  /** Arms the way back. */
  onWayBack(way: WayBack, typed: string): Promise<void>
}

/** What did not come about is decided anew, on the case as it is now; what may have come about is looked at there. */
const Anew = ({ decision, onClose, onCase }: Omit<Shown, 'onWayBack' | 'closed'>) => {
  const { server, report, state } = decision
  const looks = asksPerson(decision)
  if (report === null || !(looks || ['stopped', 'failed', 'not-done'].includes(state))) return null
  return (
    <Button
      look={looks && !looksFirst(decision) ? 'plain' : 'primary'}
      onClick={() => {
        onClose()
        onCase({ server, id: report })
      }}
    >
      {say(looks ? 'panel.see-case' : 'panel.case')}
    </Button>
  )
}

/** One decision with all its steps, and what a person can do about it; `onCase` opens its report. */
export const DecisionPanel = (shown: Shown) => {
  const { decision, closed, onClose } = shown
  const [typed, setTyped] = useState('')
  const way = useLive('decisions.wayBack', decision.state === 'done' ? { id: decision.id } : null).data?.way
  const brake = brakeOf(decision)
  const now = useNow(1000)
  const server = useServer(decision.server)
  const { act, failure, busy } = useAct(onClose)
  const asks = asksPerson(decision)
  return (
    <Dialog
      open
      onClose={onClose}
      title={kindName(decision.kind)}
      aside={server && <Mark server={server} />}
      foot={
        <>
          {asks && looksFirst(decision) && <Anew {...shown} />}
          <Acts decision={decision} typed={typed} act={act} busy={busy} />
          {!(asks && looksFirst(decision)) && <Anew {...shown} />}
          <span className={parts.push} />
          <BackButton look="bare" onClick={onClose} />
        </>
      }
    >
      <div className={asks ? styles.box : styles.plain}>
        <p>
          <StateMark state={drawnAs(decision)}>{decisionWords(decision, now, server?.waitsUntil)}</StateMark>
        </p>
        <p>
          <Words
            code="panel.what"
            values={{
              what: kindName(decision.kind),
              who: <Whom decision={decision} />,
              server: <Domain name={server?.domain ?? decision.server} className={styles.host} />,
            }}
          />
        </p>
      </div>
      <Steps decision={decision} />
      {closed?.resolvedBy && closed.resolvedAt !== null && (
        <p>
          <Words
            code="panel.closed-by"
            values={{ who: <bdi>@{visibleControls(closed.resolvedBy)}</bdi>, at: dayAndTime(closed.resolvedAt, now) }}
          />
        </p>
      )}
      {decision.state === 'done' && decision.why === 'why.colleague-too' && (
        <p className={parts.gone}>{say('panel.colleague-too')}</p>
      )}
      {isWorkedThrough(decision) && <p className={parts.soft}>{say('panel.accepted')}</p>}
      {decision.state === 'stopped' && <p className={parts.soft}>{say('panel.why-stopped')}</p>}
      {asks && brake === null && (
        <p className={parts.soft}>
          {say(
            canTakeBack(decision)
              ? (whyConfirm[decision.why ?? ''] ?? 'panel.why-confirm')
              : decision.state === 'unknown'
                ? 'panel.why-unknown'
                : 'panel.why-needs-person',
          )}
        </p>
      )}
      {brake !== null && (
        <TypeName says={sayCode(brake, { name: decision.name })} name={decision.name} typed={typed} onType={setTyped} />
      )}
      {way && <BackPart way={way} onArm={name => shown.onWayBack(way, name)} onDone={onClose} />}
      {failure && <Trouble failure={failure} />}
    </Dialog>
  )
}
