import { say, sayCode } from '../../../../shared/messages/say.ts'
import type { Output } from '../../client/question.ts'
import { useServer } from '../../client/servers.tsx'
import { Button } from '../../ui/Button.tsx'
import { timeOrDate } from '../../ui/format.ts'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import { useNow } from '../../ui/use-now.ts'
import styles from './Handover.module.css'
import type { Ways } from './ways.ts'

type Acts = Output<'handover.read'>['seen']
type Act = Acts[number]

/** Acts by who did them, those first who were here last; what nobody is named for stands at the end. */
const byPerson = (seen: Acts): [string, Acts][] => {
  const people = new Map<string, Act[]>()
  for (const act of seen) {
    const key = `${act.server} ${act.by ?? ''}`
    people.set(key, [...(people.get(key) ?? []), act])
  }
  return [...people].sort(([, [a]], [, [b]]) => Number(a?.by === null) - Number(b?.by === null))
}

const nameOf = ({ by, me }: Act) =>
  by === null ? say('handover.someone') : me ? say('handover.you', { name: by }) : by

const Person = ({ acts, ways }: { acts: Acts; ways: Ways }) => {
  const [first] = acts
  const server = useServer(first?.server)
  const now = useNow(60_000)
  if (!first) return null
  return (
    <li className={styles.person}>
      <h3 className={parts.line}>
        {server && <Mark server={server} />}
        <bdi>{nameOf(first)}</bdi>
      </h3>
      <ul>
        {acts.map(({ action, count, newestAt, server: key }) => (
          <li key={action} className={styles.line}>
            <span>{sayCode(`handover.did.${action}`, { count })}</span>
            <span className={parts.quiet}>{say('handover.last', { at: timeOrDate(newestAt, now) })}</span>
            <Button look="bare" onClick={() => ways.onLog(action, key)}>
              {say('handover.in-log')}
              <span className={parts.unseen}> {sayCode(`handover.did.${action}`, { count })}</span>
            </Button>
          </li>
        ))}
      </ul>
    </li>
  )
}

/** What others did, as far as it was seen, by whom. */
export const Seen = ({ seen, more, ways }: { seen: Acts; more: boolean; ways: Ways }) => {
  if (seen.length === 0) return null
  return (
    <section aria-labelledby="handover-seen">
      <h2 id="handover-seen">{say('handover.seen')}</h2>
      <ul>
        {byPerson(seen).map(([key, acts]) => (
          <Person key={key} acts={acts} ways={ways} />
        ))}
      </ul>
      <p className={parts.quiet}>{say(more ? 'handover.seen-more' : 'handover.seen-limits')}</p>
    </section>
  )
}
