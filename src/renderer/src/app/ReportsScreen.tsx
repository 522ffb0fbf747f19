import { useCallback, useEffect, useRef, useState } from 'react'
import type { ServerKey, Target } from '../../../shared/contract/ids.ts'
import { say } from '../../../shared/messages/say.ts'
import type { Output } from '../client/question.ts'
import { CampaignDialog } from '../features/campaigns/CampaignDialog.tsx'
import { useHand } from '../features/decisions/store.ts'
import { FoldedPane } from '../features/reports/FoldedPane.tsx'
import { useFolds } from '../features/reports/folds.ts'
import { MarkedLadder, markedRungs } from '../features/reports/MarkedLadder.tsx'
import { filterOf, type Queue } from '../features/reports/queue.ts'
import { SnoozeDialog } from '../features/reports/SnoozeDialog.tsx'
import { isAway } from '../features/reports/snooze-words.ts'
import { BEFORE_ALL, sameTarget, useDesk } from '../features/reports/store.ts'
import { useCurrent } from '../features/reports/use-current.ts'
import { useCampaignAt } from '../features/reports/use-group.ts'
import { useOpenList } from '../features/reports/use-open-list.ts'
import { ViewDialog } from '../features/views/ViewDialog.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/Button.tsx'
import { useShortcut } from '../ui/Keys.tsx'
import { still } from '../ui/still.ts'
import { backToRows, useBackFromSheet } from './back-to-rows.ts'
import { CasePane } from './CasePane.tsx'
import { firstsOf, QueuePane } from './QueuePane.tsx'
import styles from './ReportsScreen.module.css'
import { useCase } from './use-case.ts'
import { useFolding } from './use-folding.ts'
import { type Handlers, useKeys } from './use-keys.ts'
import { useLinks } from './use-links.tsx'
import { useMarking } from './use-marking.ts'
import { useCases, useReadAhead } from './use-read-case.ts'
import { useViews } from './use-views.ts'

type Shown = {
  queue: Queue
  server: ServerKey | null
  /** The view that is open. */
  view: string | null
  status: Output<'sync.status'> | undefined
  graceSeconds: number
}

/** What can be done with what the queue is asked for: a name for it, or another one. */
const ViewActions = ({ views, onDialog }: { views: ReturnType<typeof useViews>; onDialog(): void }) => {
  if (views.open)
    return (
      <>
        {views.hasChanged && (
          <Button look="bare" onClick={() => void views.keepChange()}>
            {say('view.keep-change')}
          </Button>
        )}
        <Button look="bare" onClick={onDialog}>
          {say('view.rename-or-remove')}
        </Button>
      </>
    )
  return views.canKeep ? (
    <Button look="bare" onClick={onDialog}>
      {say('view.keep-as')}
    </Button>
  ) : null
}

const CampaignButton = ({ onOpen }: { onOpen(): void }) => (
  <Button look="bare" aria-keyshortcuts={useShortcut('campaign')} onClick={onOpen}>
    {say('campaign.open')}
  </Button>
)

/** Queue and case, and the keys that act on them. */
export const ReportsScreen = still(({ queue, server, view: viewId, status, graceSeconds }: Shown) => {
  const { group, sort, chosen } = useDesk()
  const box = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const reading = useRef<HTMLElement>(null)
  const links = useLinks()
  const [dialog, setDialog] = useState<'view' | 'campaign' | { snooze: readonly Target[]; away: boolean } | null>(null)
  const folds = useFolds(`${queue} ${server} ${viewId} ${group}`)
  const opened = useOpenList({ filter: filterOf(queue, server, chosen), group, sort }, folds)
  const { list, reopen } = opened
  const cases = useCases()
  const { current, place, isSettled, isMoving, goTo, step, findNextOpen } = useCurrent(
    list,
    opened.asked,
    cases,
    folds.fold,
  )
  const folding = useFolding(list, place === undefined ? null : current, folds)
  useReadAhead(list, cases)
  const views = useViews(queue, server, viewId)
  // What was opened in the middle of a first reading is only the beginning of its list.
  const isFirstReading = firstsOf(status, server).length > 0
  const wasFirstReading = useRef(false)
  useEffect(() => {
    if (wasFirstReading.current && !isFirstReading) reopen()
    wasFirstReading.current = isFirstReading
  }, [isFirstReading, reopen])
  const focusList = useCallback(() => {
    // Where it is already, giving it again would only have the page laid out in between.
    if (document.activeElement !== box.current) box.current?.focus()
  }, [])
  // The button goes with what it brings.
  const bringNews = () => {
    reopen()
    focusList()
  }
  // The focus leaves the rung that was pressed: its next press would be meant for another case. It goes before that is drawn, while it costs nothing.
  const findNext = useCallback(
    async (command?: Promise<unknown>) => {
      const go = await findNextOpen(command)
      return () => {
        backToRows(focusList)
        go?.()
        return go !== null
      }
    },
    [focusList, findNextOpen],
  )
  const moveOn = async () => {
    const go = await findNext()
    go()
  }
  const isShown = !current?.folded && ((list && list.lines > 0) || current?.index === BEFORE_ALL)
  const inView = isShown ? current?.target : undefined
  const view = useCase(inView, cases, findNext)
  const marking = useMarking({ list, place, asked: opened.asked, isSettled, isMoving }, step, () => void moveOn())
  const sheetOpen = view.sheet !== undefined
  useBackFromSheet(sheetOpen, focusList)
  const campaign = useCampaignAt(list, place)
  const unlessSheet = (run: () => void) => () => sheetOpen || run()
  const snoozeCurrent = () => {
    const away = sameTarget(
      view.shown && { server: view.shown.report.server, id: view.shown.report.id },
      current?.target,
    )
    if (current) setDialog({ snooze: [current.target], away: away && isAway(view.shown?.report.snooze ?? null) })
  }
  const rungs: Handlers = Object.fromEntries(
    markedRungs.map(([kind, command], at) => [
      command,
      () =>
        marking.act(
          () => marking.propose(kind),
          () => (folding.folded ? folding.explain() : view.chooseRung(at + 1)),
        ),
    ]),
  )
  useKeys({
    next: unlessSheet(() => void step(1)),
    previous: unlessSheet(() => void step(-1)),
    first: unlessSheet(() => void goTo(0, 1)),
    last: unlessSheet(() => list && void goTo(list.lines - 1, -1)),
    ...(opened.added > 0 ? { news: unlessSheet(bringNews) } : {}),
    search: unlessSheet(() => field.current?.select()),
    mark: unlessSheet(marking.toggleCurrent),
    'mark-next': unlessSheet(() => marking.extend(1)),
    'mark-previous': unlessSheet(() => marking.extend(-1)),
    'mark-group': unlessSheet(marking.markCurrentGroup),
    snooze: unlessSheet(() =>
      marking.act(
        () => setDialog({ snooze: marking.targets(), away: false }),
        () => (folding.folded ? folding.explain() : snoozeCurrent()),
      ),
    ),
    ...Object.fromEntries(Object.entries(folding.keys).map(([name, run]) => [name, unlessSheet(run)])),
    ...(campaign ? { campaign: unlessSheet(() => setDialog('campaign')) } : {}),
    open: unlessSheet(() => (folding.folded ? folding.unfold() : reading.current?.focus())),
    ...(view.eyes.peek ? { peek: unlessSheet(view.eyes.peek) } : {}),
    ...(view.eyes.colour ? { colour: unlessSheet(view.eyes.colour) } : {}),
    categorise: unlessSheet(() => view.chooseAside('report.categorise')),
    ...(view.asides.some(aside => aside.kind === 'report.forward')
      ? { forward: unlessSheet(() => view.chooseAside('report.forward')) }
      : {}),
    ...(view.asides.some(aside => aside.kind === 'account.delete')
      ? { 'delete-data': unlessSheet(() => view.chooseAside('account.delete')) }
      : {}),
    thread: unlessSheet(view.eyes.thread),
    hide: view.eyes.toggleCover,
    assign: unlessSheet(() => marking.act(() => marking.propose('report.assign'), view.assign)),
    mail: unlessSheet(view.toggleMail),
    words: unlessSheet(view.toggleWords),
    note: unlessSheet(view.openNote),
    summary: unlessSheet(view.summary.copySummary),
    'second-opinion': unlessSheet(view.summary.askSecond),
    reveal: unlessSheet(view.toggleReveal),
    'web-admin': view.openWebAdmin,
    ...rungs,
    back: () => {
      if (sheetOpen) useHand.setState({ sheet: null })
      else if (view.eyes.veilMedia()) announce(say('media.told.veiled'))
      // From a field or the case the first press only comes back to the rows.
      else if (marking.count > 0 && document.activeElement === box.current) marking.unmark()
      focusList()
    },
  })
  const marked = marking.isActing ? <MarkedLadder onPick={marking.propose} /> : null
  const close = () => {
    setDialog(null)
    focusList()
  }
  return (
    <main className={styles.desk} data-covered={view.eyes.covered || undefined}>
      <QueuePane
        queue={queue}
        server={server}
        title={views.open?.name ?? say(`queue.${queue}`)}
        status={status}
        opened={opened}
        marking={marking}
        place={place}
        box={box}
        field={field}
        onPick={index => {
          void goTo(index, 1)
          focusList()
        }}
        onFold={folding.foldAt}
        onOpen={() => reading.current?.focus()}
        onFocus={focusList}
        onNews={bringNews}
        actions={<ViewActions views={views} onDialog={() => setDialog('view')} />}
        campaign={campaign && <CampaignButton onOpen={() => setDialog('campaign')} />}
      />
      {folding.folded ? (
        <FoldedPane
          group={folding.folded}
          onUnfold={() => {
            folding.unfold()
            focusList()
          }}
          onMark={marking.markCurrentGroup}
          marked={marked}
        />
      ) : (
        <CasePane
          view={view}
          graceSeconds={graceSeconds}
          onLink={links.follow}
          onLeave={focusList}
          reading={reading}
          marked={marked}
        />
      )}
      {links.asked}
      {dialog === 'view' && (
        <ViewDialog
          view={views.open}
          onName={views.open ? views.rename : views.keepAs}
          onRemove={views.open && views.remove}
          onClose={close}
        />
      )}
      {dialog !== null && typeof dialog === 'object' && (
        <SnoozeDialog
          reports={dialog.snooze}
          away={dialog.away}
          onClose={close}
          onDone={away => {
            setDialog(null)
            marking.clear()
            if (away) void moveOn()
            else focusList()
          }}
        />
      )}
      {dialog === 'campaign' && campaign && current && (
        <CampaignDialog campaign={campaign.key} shows={campaign.shows} server={current.target.server} onClose={close} />
      )}
    </main>
  )
})
