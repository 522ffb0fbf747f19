import type { SyncedList } from '../../../../shared/contract/sync.ts'
import { say } from '../../../../shared/messages/say.ts'
import { dayAndTime } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './Sync.module.css'

/** So many are named; a server that fails on more of them is in trouble that a list of numbers does not tell better. */
const MOST = 5

/** What the server fails on, so that it is missing here: where it lies, and that it is asked for again. */
export const LeftOut = ({ lists }: { lists: readonly SyncedList[] }) => {
  const now = useNow(60_000)
  const all = lists.flatMap(({ list, leftOut }) => leftOut.map(one => ({ list, ...one })))
  if (all.length === 0) return null
  const more = all.length - MOST
  return (
    <ul className={styles.leftOut}>
      {all.slice(0, MOST).map(({ list, from, to, since }) => (
        <li key={`${list} ${from}`}>
          {say(from === to ? 'sync.left-out-one' : 'sync.left-out-some', {
            list: say(`list.${list}`),
            from,
            to,
            at: dayAndTime(since, now),
          })}
        </li>
      ))}
      {more > 0 && <li>{say('sync.left-out-more', { count: more })}</li>}
    </ul>
  )
}
