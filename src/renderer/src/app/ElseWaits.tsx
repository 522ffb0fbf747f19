import type { ServerKey } from '../../../shared/contract/ids.ts'
import { say } from '../../../shared/messages/say.ts'
import { useLive } from '../client/use-live.ts'
import { asksAboutBatch } from '../features/batches/words.ts'
import { useHand } from '../features/decisions/store.ts'
import type { Queue } from '../features/reports/queue.ts'
import { Button } from '../ui/Button.tsx'
import type { Command } from '../ui/commands.ts'
import { asksPerson, isUnderway } from '../ui/decision-words.ts'
import { KeyOf, useShortcut } from '../ui/Keys.tsx'
import styles from './ElseWaits.module.css'
import { hrefOf, type Route } from './route.ts'

const Way = ({ says, to, command }: { says: string; to: Route; command: Command }) => (
  <li>
    <a href={hrefOf(to)} aria-keyshortcuts={useShortcut(command)}>
      {says}
    </a>
    <KeyOf command={command} />
  </li>
)

const Held = ({ says }: { says: string }) => (
  <li>
    <Button look="bare" aria-keyshortcuts={useShortcut('outbox')} onClick={() => useHand.setState({ outbox: true })}>
      {says}
      <KeyOf command="outbox" />
    </Button>
  </li>
)

/** What waits beside a queue that is empty, each with the key that leads there; nothing where nothing does. */
export const ElseWaits = ({ queue, server }: { queue: Queue; server: ServerKey | null }) => {
  const open = useLive('reports.counts', {}).data?.open ?? 0
  const signups = useLive('signups.count', {}).data?.waiting ?? 0
  const bar = useLive('decisions.bar', {}).data
  const held = bar?.decisions.filter(each => isUnderway(each) && !asksPerson(each)).length ?? 0
  const batches = useLive('batches.list', {}).data?.batches ?? []
  const needs = (bar?.needsPerson ?? 0) + batches.filter(asksAboutBatch).length
  const isAll = queue === 'reports' && server === null
  if (held + needs + signups === 0 && (isAll || open === 0)) return null
  return (
    <section className={styles.waits} aria-labelledby="else-waits-h">
      <h2 id="else-waits-h">{say('waits.title')}</h2>
      <ul>
        {needs > 0 && <Way says={say('waits.needs', { count: needs })} to={{ screen: 'needs' }} command="go-needs" />}
        {held > 0 && <Held says={say('waits.held', { count: held })} />}
        {!isAll && open > 0 && (
          <Way
            says={say('waits.reports', { count: open })}
            to={{ screen: 'reports', queue: 'reports', server: null }}
            command="go-reports"
          />
        )}
        {signups > 0 && (
          <Way says={say('waits.signups', { count: signups })} to={{ screen: 'signups' }} command="go-signups" />
        )}
      </ul>
    </section>
  )
}
