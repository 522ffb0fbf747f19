import { useCallback, useEffect, useRef, useState } from 'react'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import type { Output } from '../client/use-live.ts'
import { useHand } from '../features/decisions/store.ts'
import { EmptyQueue } from '../features/reports/EmptyQueue.tsx'
import { ListHead } from '../features/reports/ListHead.tsx'
import { filterOf, type Queue } from '../features/reports/queue.ts'
import { ReportList } from '../features/reports/ReportList.tsx'
import { useDesk } from '../features/reports/store.ts'
import { BEFORE_ALL, useCurrent } from '../features/reports/use-current.ts'
import { useOpenList } from '../features/reports/use-open-list.ts'
import { FirstSync, isFirst } from '../features/sync/FirstSync.tsx'
import { announce } from '../ui/announce.tsx'
import { ago } from '../ui/format.ts'
import { HintOf } from '../ui/Keys.tsx'
import parts from '../ui/parts.module.css'
import { CasePane } from './CasePane.tsx'
import { LinkDialog } from './LinkDialog.tsx'
import styles from './ReportsScreen.module.css'
import { ServerStrips } from './ServerStrips.tsx'
import { useCase } from './use-case.ts'
import { useKeys } from './use-keys.ts'

type Shown = {
  queue: Queue
  server: ServerKey | null
  status: Output<'sync.status'> | undefined
  graceSeconds: number
}

const Hints = () => (
  <div className={styles.hints}>
    <HintOf command={['next', 'previous']}>{say('hint.move')}</HintOf>
    <HintOf command="open">{say('hint.open')}</HintOf>
    <HintOf command="take-back">{say('hint.take-back')}</HintOf>
    <HintOf command="palette">{say('hint.palette')}</HintOf>
    <span className={parts.push} />
    <HintOf command="keys">{say('hint.keys')}</HintOf>
  </div>
)

const nextLook = (status: Shown['status'], server: ServerKey | null) => {
  const at = status?.servers
    .filter(each => server === null || each.server === server)
    .flatMap(each => each.lastAt ?? [])
  return at && at.length > 0
    ? say('reports.last-look', { ago: ago(Date.now() - Math.min(...at)) })
    : say('reports.not-yet')
}

/** Queue and case, and the keys that act on them. */
export const ReportsScreen = ({ queue, server, status, graceSeconds }: Shown) => {
  const { group, sort, category } = useDesk()
  const box = useRef<HTMLDivElement>(null)
  const reading = useRef<HTMLElement>(null)
  const [link, setLink] = useState<string>()
  const { list, added, failure, reopen, isCurrent } = useOpenList({
    filter: filterOf(queue, server, category),
    group,
    sort,
  })
  const { current, goTo, step, toNextOpen } = useCurrent(list, isCurrent)
  const firsts = status?.servers.filter(each => isFirst(each) && (server === null || each.server === server)) ?? []
  // What was opened in the middle of a first reading is only the beginning of its list.
  const isFirstReading = firsts.length > 0
  const wasFirstReading = useRef(false)
  useEffect(() => {
    if (wasFirstReading.current && !isFirstReading) reopen()
    wasFirstReading.current = isFirstReading
  }, [isFirstReading, reopen])
  const focusList = () => box.current?.focus()
  // The focus leaves the rung that was pressed: its next press would be meant for another case.
  const moveOn = useCallback(() => {
    box.current?.focus()
    return toNextOpen()
  }, [toNextOpen])
  const view = useCase((list && list.lines > 0) || current?.index === BEFORE_ALL ? current?.target : undefined, moveOn)
  const sheetOpen = view.sheet !== undefined
  const wasOpen = useRef(false)
  useEffect(() => {
    if (wasOpen.current && !sheetOpen) box.current?.focus()
    wasOpen.current = sheetOpen
  }, [sheetOpen])
  const unlessSheet = (run: () => void) => () => sheetOpen || run()
  useKeys({
    next: unlessSheet(() => void step(1)),
    previous: unlessSheet(() => void step(-1)),
    first: unlessSheet(() => void goTo(0, 1)),
    last: unlessSheet(() => list && void goTo(list.lines - 1, -1)),
    open: unlessSheet(() => reading.current?.focus()),
    ...(view.eyes.peek ? { peek: unlessSheet(view.eyes.peek) } : {}),
    ...(view.eyes.colour ? { colour: unlessSheet(view.eyes.colour) } : {}),
    thread: unlessSheet(view.eyes.thread),
    hide: view.eyes.toggleCover,
    assign: unlessSheet(view.assign),
    mail: unlessSheet(view.toggleMail),
    words: unlessSheet(view.toggleWords),
    note: unlessSheet(view.openNote),
    reveal: unlessSheet(view.toggleReveal),
    'web-admin': view.openWebAdmin,
    'rung-1': () => view.chooseRung(1),
    'rung-2': () => view.chooseRung(2),
    'rung-3': () => view.chooseRung(3),
    'rung-4': () => view.chooseRung(4),
    'rung-5': () => view.chooseRung(5),
    'rung-6': () => view.chooseRung(6),
    back: () => {
      if (sheetOpen) useHand.setState({ sheet: null })
      else if (view.eyes.veilMedia()) announce(say('media.told.veiled'))
      focusList()
    },
  })
  return (
    <main className={styles.desk} data-covered={view.eyes.covered || undefined}>
      <section className={styles.list} aria-label={say(`queue.${queue}`)}>
        <ServerStrips status={status} server={server} />
        <ListHead queue={queue} list={list} added={added} onReopen={reopen} />
        {failure && (
          <p className={styles.trouble} role="alert">
            {sayFailure(failure)}
          </p>
        )}
        {firsts.map(sync => (
          <FirstSync key={sync.server} sync={sync} />
        ))}
        {list && list.lines > 0 ? (
          <ReportList
            list={list}
            current={current && current.index !== BEFORE_ALL ? current.index : null}
            onPick={index => {
              void goTo(index, 1)
              focusList()
            }}
            onOpen={() => reading.current?.focus()}
            box={box}
          />
        ) : (
          list &&
          firsts.length === 0 && (
            <EmptyQueue
              queue={queue}
              filtered={category !== null && queue !== 'legal'}
              next={nextLook(status, server)}
            />
          )
        )}
        <Hints />
      </section>
      <CasePane view={view} graceSeconds={graceSeconds} onLink={setLink} onLeave={focusList} reading={reading} />
      <LinkDialog href={link} onClose={() => setLink(undefined)} />
    </main>
  )
}
