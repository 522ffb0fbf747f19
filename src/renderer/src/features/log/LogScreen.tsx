import { type RefObject, useDeferredValue, useState } from 'react'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useLive } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { number } from '../../ui/format.ts'
import pageLook from '../../ui/page.module.css'
import parts from '../../ui/parts.module.css'
import { ScrollArea } from '../../ui/ScrollArea.tsx'
import { Entries } from './Entries.tsx'
import { EraseDialog } from './EraseDialog.tsx'
import { ExportPart } from './ExportPart.tsx'
import { FilterPart } from './Filters.tsx'
import styles from './Log.module.css'
import { askedBy, noFilters, setFilter, useLogFilters } from './store.ts'
import { VerifyPart } from './VerifyPart.tsx'

const PAGE = 100

/** The log, newest first, a page of 100 at a time. */
export const LogScreen = ({ field }: { field: RefObject<HTMLInputElement | null> }) => {
  const { filters, starts } = useLogFilters()
  const [erasing, setErasing] = useState(false)
  const sought = useDeferredValue(filters)
  const before = starts.at(-1)
  const live = useLive('log.page', {
    ...askedBy(sought),
    limit: PAGE,
    ...(before === undefined ? {} : { before }),
  })
  const goTo = (next: readonly number[]) => useLogFilters.setState({ starts: next })
  const page = live.data ?? live.before
  const last = page?.entries.at(-1)
  const older = page && last && page.entries.length === PAGE ? last.seq : undefined
  return (
    <main className={pageLook.page} aria-labelledby="log-h">
      <header className={pageLook.head}>
        <div className={parts.line}>
          <h1 id="log-h">{say('log.title')}</h1>
          {page && (
            <span className={parts.quiet} role="status">
              {say(page.more ? 'log.sum-more' : 'log.sum', { total: page.total })}
            </span>
          )}
          <span className={parts.push} />
          <input
            ref={field}
            type="search"
            className={pageLook.search}
            aria-label={say('log.search')}
            placeholder={say('log.search')}
            maxLength={200}
            value={filters.text}
            onChange={event => setFilter('text', event.target.value)}
          />
        </div>
        <FilterPart />
        <div className={styles.tools}>
          <VerifyPart />
          <ExportPart />
          <span className={parts.push} />
          <Button onClick={() => setErasing(true)}>{say('erase.open')}</Button>
        </div>
      </header>
      {live.failure && (
        <p className={styles.trouble} role="alert">
          {sayFailure(live.failure)}
        </p>
      )}
      {typeof page?.searchedFrom === 'number' && (
        <p className={styles.trouble} role="status">
          {say('log.searched-from', { from: page.searchedFrom })}
        </p>
      )}
      <ScrollArea className={styles.entries} label={say('log.entries')}>
        {page && <Entries entries={page.entries} />}
        {!page && !live.failure && (
          <p className={styles.empty} role="status">
            {say('log.reading')}
          </p>
        )}
        {page?.entries.length === 0 && (
          <p className={styles.empty}>{say(sought === noFilters ? 'log.empty' : 'log.none-found')}</p>
        )}
      </ScrollArea>
      <footer className={styles.foot}>
        <Button disabled={starts.length === 0} onClick={() => goTo(starts.slice(0, -1))}>
          {say('log.newer')}
        </Button>
        <Button disabled={older === undefined} onClick={() => older !== undefined && goTo([...starts, older])}>
          {say('log.older')}
        </Button>
        {page && last && (
          <span className={parts.quiet}>
            {say('log.range', { from: number(last.seq), to: number(page.entries[0]?.seq ?? last.seq) })}
          </span>
        )}
        <span className={parts.push} />
        <span className={parts.quiet}>{say('log.limits')}</span>
      </footer>
      {erasing && <EraseDialog onClose={() => setErasing(false)} />}
    </main>
  )
}
