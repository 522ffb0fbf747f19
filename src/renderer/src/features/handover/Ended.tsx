import { say } from '../../../../shared/messages/say.ts'
import type { Output } from '../../client/question.ts'
import { useServer } from '../../client/servers.tsx'
import { kindName } from '../../ui/decision-words.ts'
import { number } from '../../ui/format.ts'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import { StateMark } from '../../ui/State.tsx'
import styles from './Handover.module.css'

type Ends = Output<'handover.read'>['ended']

const End = ({ end }: { end: Ends[number] }) => {
  const server = useServer(end.server)
  return (
    <li className={styles.line}>
      {server && <Mark server={server} />}
      <span className={parts.num}>{number(end.count)}</span>
      <span>{kindName(end.kind)}</span>
      <StateMark state={end.state}>{say(`handover.ended.${end.state}`)}</StateMark>
    </li>
  )
}

/** How decisions ended that had been taken before one left. */
export const Ended = ({ ended }: { ended: Ends }) => {
  if (ended.length === 0) return null
  return (
    <section aria-labelledby="handover-ended">
      <h2 id="handover-ended">{say('handover.ended')}</h2>
      <ul>
        {ended.map(end => (
          <End key={`${end.server} ${end.kind} ${end.state}`} end={end} />
        ))}
      </ul>
    </section>
  )
}
