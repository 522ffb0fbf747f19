import { type Pile, STALE_DAYS } from '../../../../shared/contract/handover.ts'
import { say } from '../../../../shared/messages/say.ts'
import type { Output } from '../../client/question.ts'
import { useServer } from '../../client/servers.tsx'
import { buttonClass } from '../../ui/Button.tsx'
import { span } from '../../ui/format.ts'
import { HandleInline } from '../../ui/Handle.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import { CategoryMark } from '../../ui/State.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './Handover.module.css'
import type { Ways } from './ways.ts'

type Lying = Output<'handover.read'>['stale']
type Row = Pile['rows'][number]

const Report = ({ row, ways }: { row: Row; ways: Ways }) => {
  const server = useServer(row.server)
  const now = useNow(60_000)
  return (
    <li>
      <button type="button" className={styles.report} onClick={() => ways.onReport({ server: row.server, id: row.id })}>
        {server ? <Mark server={server} /> : <span />}
        <CategoryMark category={row.category} />
        <span className={parts.cut}>
          <HandleInline who={row.target} />
        </span>
        <span className={parts.quiet}>{say('reports.waiting', { span: span(now - row.createdAt) })}</span>
      </button>
    </li>
  )
}

/** What is left lying: each pile with its longest waiting reports. */
export const Stale = ({ stale, ways }: { stale: Lying; ways: Ways }) => {
  const piles = (['mine', 'back', 'old'] as const).filter(name => stale[name].count > 0)
  if (piles.length === 0 && stale.signups === 0) return null
  return (
    <section aria-labelledby="handover-stale">
      <h2 id="handover-stale">{say('handover.stale')}</h2>
      {piles.map(name => (
        <div key={name} className={styles.pile}>
          <h3>{say(`handover.stale.${name}`, { count: stale[name].count, days: STALE_DAYS })}</h3>
          <ul>
            {stale[name].rows.map(row => (
              <Report key={`${row.server} ${row.id}`} row={row} ways={ways} />
            ))}
          </ul>
        </div>
      ))}
      {stale.signups > 0 && (
        <p className={styles.line}>
          <Icon name="signup" small />
          <span>{say('handover.stale.signups', { count: stale.signups, days: STALE_DAYS })}</span>
          <a className={buttonClass('bare')} href={ways.signups}>
            {say('needs.look')}
          </a>
        </p>
      )}
    </section>
  )
}
