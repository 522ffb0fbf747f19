import { useDeferredValue, useState } from 'react'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useLive } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { number } from '../../ui/format.ts'
import parts from '../../ui/parts.module.css'
import { ScrollArea } from '../../ui/ScrollArea.tsx'
import { Entries } from './Entries.tsx'
import { ExportPart } from './ExportPart.tsx'
import styles from './Log.module.css'
import { VerifyPart } from './VerifyPart.tsx'

const PAGE = 100

/** The log, newest first, a page of 100 at a time. */
export const LogScreen = () => {
  const [typed, setTyped] = useState('')
  const text = useDeferredValue(typed.trim())
  /** Where each page begins; the first begins at the newest entry. */
  const [starts, setStarts] = useState<readonly number[]>([])
  const before = starts.at(-1)
  const live = useLive('log.page', {
    limit: PAGE,
    ...(text === '' ? {} : { text }),
    ...(before === undefined ? {} : { before }),
  })
  const page = live.data ?? live.before
  const last = page?.entries.at(-1)
  const older = page && last && page.entries.length === PAGE ? last.seq : undefined
  return (
    <main className={styles.page} aria-labelledby="log-h">
      <header className={styles.head}>
        <div className={parts.line}>
          <h1 id="log-h">{say('log.title')}</h1>
          {page && <span className={parts.quiet}>{say('log.sum', { total: page.total })}</span>}
          <span className={parts.push} />
          <input
            type="search"
            className={styles.search}
            aria-label={say('log.search')}
            placeholder={say('log.search')}
            maxLength={200}
            value={typed}
            onChange={event => {
              setTyped(event.target.value)
              setStarts([])
            }}
          />
        </div>
        <div className={styles.tools}>
          <VerifyPart />
          <ExportPart />
        </div>
      </header>
      {live.failure && (
        <p className={styles.trouble} role="alert">
          {sayFailure(live.failure)}
        </p>
      )}
      <ScrollArea className={styles.entries} label={say('log.entries')}>
        {page && <Entries entries={page.entries} />}
        {page?.entries.length === 0 && (
          <p className={styles.empty}>{say(text === '' ? 'log.empty' : 'log.none-found')}</p>
        )}
      </ScrollArea>
      <footer className={styles.foot}>
        <Button disabled={starts.length === 0} onClick={() => setStarts(starts.slice(0, -1))}>
          {say('log.newer')}
        </Button>
        <Button disabled={older === undefined} onClick={() => older !== undefined && setStarts([...starts, older])}>
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
    </main>
  )
}
