import { type ReactNode, useEffect, useRef } from 'react'
import type { Decision } from '../../../../shared/contract/decisions.ts'
import { say, sayCode, sayFailure } from '../../../../shared/messages/say.ts'
import { useServer } from '../../client/servers.tsx'
import { useLive } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { asksPerson, kindName } from '../../ui/decision-words.ts'
import { dayAndTime } from '../../ui/format.ts'
import { Mark } from '../../ui/Mark.tsx'
import page from '../../ui/page.module.css'
import parts from '../../ui/parts.module.css'
import { DecisionLine } from '../../ui/State.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Whom } from '../../ui/Whom.tsx'
import styles from './NeedsPerson.module.css'
import { useHand } from './store.ts'

const Row = ({ decision }: { decision: Decision }) => {
  const server = useServer(decision.server)
  const now = useNow(60_000)
  return (
    <li className={cx(page.row, styles.row)}>
      {server ? <Mark server={server} /> : <span />}
      <span className={styles.kind}>{kindName(decision.kind)}</span>
      <span className={parts.cut}>
        <Whom decision={decision} />
      </span>
      <span className={cx(parts.cut, styles.why)}>
        <DecisionLine decision={decision} />{' '}
        {decision.why?.startsWith('why.') && <span className={parts.quiet}>{sayCode(decision.why)}</span>}
      </span>
      <span className={parts.quiet}>{dayAndTime(decision.armedAt, now)}</span>
      <Button onClick={() => useHand.setState({ panel: decision.id })}>{say('needs.look')}</Button>
    </li>
  )
}

/**
 * Decisions that do not go on without a person: their outcome is not known, or something changed before they went out. `batches`: rows of the
 * batches of which that is so; null where there are none.
 */
export const NeedsPerson = ({ batches }: { batches: ReactNode }) => {
  const live = useLive('decisions.page', { states: ['unknown', 'needs-person', 'held', 'ready'], limit: 200 })
  const waiting = live.data?.decisions.filter(asksPerson) ?? []
  const heading = useRef<HTMLHeadingElement>(null)
  // The strip that led here is gone with its screen.
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus()
  }, [])
  return (
    <main className={page.page} aria-labelledby="needs-h">
      <header className={page.head}>
        <h1 id="needs-h" ref={heading} tabIndex={-1}>
          {say('needs.title')}
        </h1>
        <p className={parts.soft}>{say('needs.says')}</p>
      </header>
      {live.failure && (
        <p className={parts.error} role="alert">
          {sayFailure(live.failure)}
        </p>
      )}
      {live.data && waiting.length === 0 && batches === null && <p className={page.empty}>{say('needs.none')}</p>}
      {(waiting.length > 0 || batches !== null) && (
        <ul className={page.list}>
          {batches}
          {waiting.map(decision => (
            <Row key={decision.id} decision={decision} />
          ))}
        </ul>
      )}
    </main>
  )
}
