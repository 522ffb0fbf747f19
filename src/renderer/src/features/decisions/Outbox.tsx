import { useEffect, useRef, useState } from 'react'
import type { Decision } from '../../../../shared/contract/decisions.ts'
import type { Failure } from '../../../../shared/contract/failure.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import type { Output } from '../../client/question.ts'
import { useServer } from '../../client/servers.tsx'
import { asFailure } from '../../client/use-live.ts'
import { announce } from '../../ui/announce.tsx'
import { BackButton } from '../../ui/BackButton.tsx'
import { Button } from '../../ui/Button.tsx'
import { DecisionRow, DecisionRows } from '../../ui/DecisionRows.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { canTakeBack } from '../../ui/decision-words.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import { Trouble } from '../../ui/Trouble.tsx'
import { inOrder, spoken } from './held.ts'
import { useHand } from './store.ts'

const close = () => useHand.setState({ outbox: false })

const Row = ({ decision, onTakeBack }: { decision: Decision; onTakeBack(row: Element | null): void }) => {
  const server = useServer(decision.server)
  return (
    <DecisionRow decision={decision} mark={server && <Mark server={server} />} until={server?.waitsUntil ?? null}>
      {canTakeBack(decision) && decision.waitingFor !== 'confirm' ? (
        <Button
          onClick={event => onTakeBack(event.currentTarget.closest('li'))}
          // The next one gets the focus: an Enter that is held down must not take back that, too.
          onKeyDown={event => event.repeat && event.preventDefault()}
        >
          <Icon name="undo" small />
          {say('panel.take-back')}
        </Button>
      ) : (
        <Button
          onClick={() => {
            close()
            useHand.setState({ panel: decision.id })
          }}
        >
          {say('needs.look')}
        </Button>
      )}
    </DecisionRow>
  )
}

const Open = ({ bar }: { bar: Output<'decisions.bar'> }) => {
  const engine = useEngine()
  const [failure, setFailure] = useState<Failure>()
  const list = useRef<HTMLUListElement>(null)
  const back = useRef<HTMLButtonElement>(null)
  const decisions = inOrder(bar.decisions)
  // A row that goes by itself takes its button with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands there tells where the focus may be
  useEffect(() => {
    const at = document.activeElement
    if (at === null || at.contains(list.current)) (list.current?.querySelector('button') ?? back.current)?.focus()
  }, [bar.decisions])
  const takeBack = ({ id }: Decision, row: Element | null) => {
    const beside = row?.nextElementSibling ?? row?.previousElementSibling
    ;(beside?.querySelector('button') ?? back.current)?.focus()
    engine.call('decisions.takeBack', { id }).then(
      ({ decision }) => {
        setFailure(undefined)
        announce(spoken(decision, Date.now()))
      },
      error => setFailure(asFailure(error)),
    )
  }
  return (
    <Dialog
      open
      onClose={close}
      title={say('outbox.title')}
      foot={
        <>
          <span className={parts.push} />
          <BackButton look="bare" ref={back} onClick={close} />
        </>
      }
    >
      <p className={parts.soft}>{say('outbox.says', { count: decisions.length })}</p>
      <DecisionRows ref={list} label={say('outbox.title')}>
        {decisions.map(decision => (
          <Row key={decision.id} decision={decision} onTakeBack={row => takeBack(decision, row)} />
        ))}
      </DecisionRows>
      {failure && <Trouble failure={failure} />}
    </Dialog>
  )
}

/** Everything that the held bar has no room for: each decision that waits, is being sent, needs a person or just ended, to be taken back or looked at. */
export const Outbox = ({ bar }: { bar: Output<'decisions.bar'> | undefined }) => {
  const open = useHand(hand => hand.outbox)
  return open && bar ? <Open bar={bar} /> : null
}
