import type { MessageCode } from '../../../../shared/messages/say.ts'
import { say } from '../../../../shared/messages/say.ts'
import { sayEntry } from '../../../../shared/messages/say-log.ts'
import { Button } from '../../ui/Button.tsx'
import { ago, moment, timeOrDate } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import parts from '../../ui/parts.module.css'
import { useNow } from '../../ui/use-now.ts'
import styles from './Case.module.css'
import type { Case } from './CaseHead.tsx'

type Entry = Case['since'][number]

const sentences: Readonly<Record<string, MessageCode>> = {
  'report.seen-resolved': 'since.resolved',
  'report.seen-reopened': 'since.reopened',
  'report.seen-assigned': 'since.assigned',
  'report.seen-changed': 'since.changed',
  'report.seen-rules': 'since.rules',
}

/** What someone else did to this report: shorter than in the log, since the case says which report it is. */
const wordsOf = (entry: Entry): string => {
  const code = sentences[entry.action]
  if (code === undefined) return sayEntry(entry)
  const values: Record<string, string> = { ...entry.personal }
  for (const name of ['before', 'after', 'again']) {
    const value = entry.facts[name]
    if (typeof value === 'string') values[name] = value
  }
  return say(code, values)
}

/** When it was done, where the server says so; else when it was seen. */
const timeOf = ({ at, facts }: Entry) => (typeof facts.resolvedAt === 'number' ? facts.resolvedAt : at)

/** The newest of what colleagues did, at the head of the case: a reason not to decide yet. Leads to the rest. */
export const SinceLine = ({ shown }: { shown: Case }) => {
  const now = useNow(30_000)
  const [newest] = shown.since
  if (!newest) return null
  const at = timeOf(newest)
  return (
    <div className={styles.back} role="note">
      <Icon name="mine" />
      <span title={moment(at)}>{say('since.newest', { what: wordsOf(newest), ago: ago(now - at) })}</span>
      <span className={parts.push} />
      <Button look="bare" onClick={() => document.getElementById('since-h')?.focus()}>
        {say('since.all', { count: shown.since.length })}
      </Button>
    </div>
  )
}

/** What colleagues did to this report, as seen between two looks. */
export const Since = ({ shown }: { shown: Case }) => {
  const now = useNow(60_000)
  const { since } = shown
  if (since.length === 0) return null
  return (
    <section aria-labelledby="since-h" className={styles.before}>
      <div className={parts.partHead}>
        <h2 id="since-h" tabIndex={-1}>
          {say('since.title')}
        </h2>
      </div>
      <table className={styles.past}>
        <tbody>
          {since.map(entry => (
            <tr key={entry.seq}>
              <td title={moment(timeOf(entry))}>{timeOrDate(timeOf(entry), now)}</td>
              <td>{wordsOf(entry)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
