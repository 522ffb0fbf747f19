import type { ReactNode, RefObject } from 'react'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import type { Output } from '../client/question.ts'
import { EmptyQueue } from '../features/reports/EmptyQueue.tsx'
import { ListHead } from '../features/reports/ListHead.tsx'
import type { Queue } from '../features/reports/queue.ts'
import { ReportList } from '../features/reports/ReportList.tsx'
import { useDesk } from '../features/reports/store.ts'
import type { useOpenList } from '../features/reports/use-open-list.ts'
import { Why } from '../features/reports/Why.tsx'
import { FirstSync, isFirst } from '../features/sync/FirstSync.tsx'
import { ago } from '../ui/format.ts'
import { Hints } from '../ui/Hints.tsx'
import { HintOf } from '../ui/Keys.tsx'
import { ElseWaits } from './ElseWaits.tsx'
import styles from './ReportsScreen.module.css'
import { hrefOf } from './route.ts'
import { ServerStrips } from './ServerStrips.tsx'
import type { useMarking } from './use-marking.ts'

type Status = Output<'sync.status'> | undefined

const nextLook = (status: Status, server: ServerKey | null) => {
  const at = status?.servers
    .filter(each => server === null || each.server === server)
    .flatMap(each => each.lastAt ?? [])
  return at && at.length > 0
    ? say('reports.last-look', { ago: ago(Date.now() - Math.min(...at)) })
    : say('reports.not-yet')
}

/** Servers in the middle of their first reading, of those in view. */
export const firstsOf = (status: Status, server: ServerKey | null) =>
  status?.servers.filter(each => isFirst(each) && (server === null || each.server === server)) ?? []

type Shown = {
  queue: Queue
  server: ServerKey | null
  title: string
  status: Status
  opened: ReturnType<typeof useOpenList>
  marking: ReturnType<typeof useMarking>
  /** The place of the current row. */
  place: number | undefined
  /** The listbox and the search field, so that the desk can give them the focus. */
  box: RefObject<HTMLDivElement | null>
  field: RefObject<HTMLInputElement | null>
  onPick(index: number): void
  onFold(head: number, folded: boolean): void
  onOpen(): void
  onFocus(): void
  /** Brings what came since. */
  onNews(): void
  /** What can be done with what the queue is asked for, and with the campaign in view. */
  actions: ReactNode
  campaign: ReactNode
}

/** The queue: its head, its rows or why there are none, and why the current one stands where it does. */
export const QueuePane = (shown: Shown) => {
  const {
    queue,
    server,
    title,
    status,
    opened,
    marking,
    place,
    box,
    field,
    onPick,
    onFold,
    onOpen,
    onFocus,
    onNews,
    actions,
    campaign,
  } = shown
  const { list, isStale, added, older, failure } = opened
  const chosen = useDesk(desk => desk.chosen)
  const firsts = firstsOf(status, server)
  const isFilled = list !== undefined && list.lines > 0
  return (
    <section className={styles.list} aria-label={title}>
      <ServerStrips status={status} server={server} />
      <ListHead
        queue={queue}
        server={server}
        title={title}
        list={list}
        added={added}
        older={older}
        onReopen={onNews}
        field={field}
        onLeave={onFocus}
        actions={actions}
      />
      {failure && (
        <p className={styles.trouble} role="alert">
          {sayFailure(failure)}
        </p>
      )}
      {firsts.map(sync => (
        <FirstSync key={sync.server} sync={sync} />
      ))}
      {isFilled ? (
        <ReportList
          list={list}
          busy={isStale}
          current={place ?? null}
          onPick={onPick}
          onMark={marking.toggle}
          onMarkTo={marking.markTo}
          onMarkGroup={marking.markGroup}
          onFold={onFold}
          onOpen={onOpen}
          box={box}
        />
      ) : (
        list &&
        firsts.length === 0 && (
          <EmptyQueue
            queue={queue}
            chosen={chosen}
            next={queue === 'snoozed' || queue === 'closed' ? say(`reports.next.${queue}`) : nextLook(status, server)}
            elsewhere={<ElseWaits queue={queue} server={server} />}
            closed={hrefOf({ screen: 'reports', queue: 'closed', server })}
          />
        )
      )}
      {isFilled && place !== undefined && (
        <Why
          list={list}
          current={place}
          onMarkGroup={() => marking.markGroup(place)}
          onUnmark={marking.unmark}
          campaign={campaign}
        />
      )}
      <Hints>
        <HintOf command={['next', 'previous']}>{say('hint.move')}</HintOf>
        <HintOf command="mark">{say('hint.mark')}</HintOf>
        <HintOf command="mark-group">{say('hint.mark-group')}</HintOf>
        <HintOf command="open">{say('hint.open')}</HintOf>
      </Hints>
    </section>
  )
}
