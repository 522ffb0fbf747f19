import type { SyncedList } from '../../../../shared/contract/sync.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useShell } from '../../client/engine.tsx'
import { dayAndTime } from '../../ui/format.ts'
import { PageLink } from '../../ui/PageLink.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './Sync.module.css'

/** So many are named; a server that fails on more of them is in trouble that a list of numbers does not tell better. */
const MOST = 5

/** Where the web admin has a page for one item of a list. */
const pages: Partial<Record<SyncedList['list'], string>> = {
  'reports-open': 'reports',
  'reports-resolved': 'reports',
  signups: 'accounts',
}

/** What the server fails on, so that it is missing here: where it lies, that it is asked for again, and its page in the web admin. */
export const LeftOut = ({ lists, origin }: { lists: readonly SyncedList[]; origin: string }) => {
  const shell = useShell()
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
          {from === to && pages[list] !== undefined && (
            <PageLink url={`${origin}/admin/${pages[list]}/${from}`} onOpen={shell.openLink} />
          )}
        </li>
      ))}
      {more > 0 && <li>{say('sync.left-out-more', { count: more })}</li>}
    </ul>
  )
}
