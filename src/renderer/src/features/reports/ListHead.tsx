import { type ReactNode, type RefObject, useEffect } from 'react'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import type { Category, ReportGrouping, ReportSort } from '../../../../shared/contract/reports.ts'
import { say } from '../../../../shared/messages/say.ts'
import { announce } from '../../ui/announce.tsx'
import { Button } from '../../ui/Button.tsx'
import { Chip, Choice } from '../../ui/Choice.tsx'
import { span } from '../../ui/format.ts'
import { KeyOf, useShortcut } from '../../ui/Keys.tsx'
import listHead from '../../ui/list-head.module.css'
import parts from '../../ui/parts.module.css'
import { useNow } from '../../ui/use-now.ts'
import { FilterChips } from './FilterChips.tsx'
import { FilterPane } from './FilterPane.tsx'
import styles from './ListHead.module.css'
import type { Queue } from './queue.ts'
import { SearchField } from './SearchField.tsx'
import { choose, useDesk } from './store.ts'
import type { OpenList } from './use-open-list.ts'

const groupings: readonly ReportGrouping[] = ['campaign', 'target', 'origin', 'none']
const sorts: readonly ReportSort[] = ['severest', 'most', 'oldest', 'newest']
const categories: readonly (Category | 'any')[] = ['any', 'legal', 'violation', 'spam', 'other']

const Sum = ({ list, queue }: { list: OpenList; queue: Queue }) => {
  const now = useNow(30_000)
  const values = { reports: list.reports, accounts: list.accounts }
  return (
    <span className={listHead.sum}>
      {say(queue === 'closed' ? 'reports.sum-closed' : 'reports.sum', values)}
      {list.oldestAt !== null && queue !== 'closed' && say('reports.sum-oldest', { age: span(now - list.oldestAt) })}
    </span>
  )
}

/**
 * What came since waits behind it. It says so once; how many more there are by now is read when one comes to it. What was only read since
 * waits there too, but is no news.
 */
const News = ({ added, older, onReopen }: Pick<Shown, 'added' | 'older' | 'onReopen'>) => {
  const came = added - older
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first number is the news, not each one after it
  useEffect(() => {
    if (came > 0) announce(say('reports.news', { added: came }))
  }, [came > 0])
  return (
    <Button look="primary" className={styles.news} aria-keyshortcuts={useShortcut('news')} onClick={onReopen}>
      <span className={parts.cut}>
        {older === 0 ? say('reports.news', { added }) : say('reports.more', { added, came })}
      </span>
      <KeyOf command="news" />
    </Button>
  )
}

type Shown = {
  queue: Queue
  server: ServerKey | null
  /** The name of the view that is open; else the queue's own. */
  title: string
  list: OpenList | undefined
  added: number
  /** How many of them were there already, and were only read since. */
  older: number
  onReopen(): void
  field: RefObject<HTMLInputElement | null>
  /** The focus goes from the search to the rows. */
  onLeave(): void
  /** What can be done with the list as it is asked for. */
  actions: ReactNode
}

/** The head of the queue: what it is and how much, what is searched for in it, in which order; and what has come since. */
export const ListHead = ({ queue, server, title, list, added, older, onReopen, field, onLeave, actions }: Shown) => {
  const { group, sort, chosen } = useDesk()
  return (
    <div className={listHead.head}>
      <div className={parts.line}>
        <h1 className={listHead.title}>{title}</h1>
        {list && list.lines > 0 && <Sum list={list} queue={queue} />}
        <span className={parts.push} />
        {added > 0 && list && list.lines > 0 && <News added={added} older={older} onReopen={onReopen} />}
      </div>
      <div className={parts.line}>
        <SearchField field={field} onLeave={onLeave} />
        <FilterPane queue={queue} server={server} />
      </div>
      <div className={styles.second}>
        {queue !== 'closed' && (
          <Choice
            label={say('reports.group-by')}
            value={group}
            options={groupings.map(value => ({ value, says: say(`reports.group-by.${value}`) }))}
            onPick={value => useDesk.setState({ group: value })}
          />
        )}
        <div className={styles.chips}>
          {queue !== 'closed' && (
            <Chip
              label={say('reports.sort')}
              explains={say(`reports.order.${sort}`)}
              value={sort}
              options={sorts.map(value => ({ value, says: say(`reports.sort.${value}`) }))}
              onPick={value => useDesk.setState({ sort: value })}
            />
          )}
          {queue !== 'legal' && (
            <Chip
              label={say('reports.category')}
              value={chosen.category ?? 'any'}
              options={categories.map(value => ({ value, says: say(`category.${value}`) }))}
              onPick={value => choose({ category: value === 'any' ? null : value })}
            />
          )}
        </div>
      </div>
      <FilterChips list={list} actions={actions} />
    </div>
  )
}
