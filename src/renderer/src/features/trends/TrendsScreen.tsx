import { type ReactNode, type Ref, useCallback, useEffect, useState } from 'react'
import type { DecisionKind } from '../../../../shared/contract/decisions.ts'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import type { Trend, TrendFamily } from '../../../../shared/contract/trends.ts'
import { domainText } from '../../../../shared/domain-name.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useEngine, useShell } from '../../client/engine.tsx'
import { useServers } from '../../client/servers.tsx'
import { useArm } from '../../client/use-arm.ts'
import { asFailure, useLive } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import type { Command } from '../../ui/commands.ts'
import { cx } from '../../ui/cx.ts'
import { isUnderway, kindName } from '../../ui/decision-words.ts'
import { moment } from '../../ui/format.ts'
import { KeyOf, useShortcut } from '../../ui/Keys.tsx'
import { PageHead } from '../../ui/PageHead.tsx'
import { PageLink } from '../../ui/PageLink.tsx'
import page from '../../ui/page.module.css'
import parts from '../../ui/parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { DecisionLine } from '../../ui/State.tsx'
import { useWalk, type Walk } from '../../ui/use-walk.ts'
import { WalkedList } from '../../ui/WalkedList.tsx'
import { Words } from '../../ui/Words.tsx'
import styles from './Trends.module.css'

const families: readonly TrendFamily[] = ['links', 'statuses', 'tags', 'publishers']
const verdicts = { 'trend.approve': 'approve', 'trend.reject': 'reject' } as const satisfies Partial<
  Record<DecisionKind, Command>
>
type Verdict = keyof typeof verdicts
/** The id of what is decided about, which describes the buttons beside it. */
const CHOSEN = 'trend-chosen'
/** Where the web admin has each family. */
const pages: Record<TrendFamily, string> = {
  links: 'trends/links',
  statuses: 'trends/statuses',
  tags: 'trends/tags',
  publishers: 'trends/links/publishers',
}
const kinds = ['trend.approve', 'trend.reject'] as const satisfies readonly Verdict[]

const nameOf = ({ title, subject }: Trend) => (title === '' ? domainText(subject) : title)

const standing = ({ requiresReview, trendable }: Trend) =>
  say(
    requiresReview ? 'trends.unseen' : trendable === null ? 'trends.seen' : trendable ? 'trends.may' : 'trends.may-not',
  )

const Row = ({ trend }: { trend: Trend }) => (
  <div className={styles.row}>
    <span className={styles.what}>
      <bdi className={parts.cut} dir="auto">
        {nameOf(trend)}
      </bdi>
      {trend.by !== '' && <bdi className={parts.quiet}>{domainText(trend.by)}</bdi>}
    </span>
    <span className={trend.requiresReview ? parts.strong : parts.soft}>{standing(trend)}</span>
    <span className={cx(parts.quiet, styles.uses)}>
      {trend.uses === null ? '' : say('trends.uses', { count: trend.uses })}
    </span>
    <span className={styles.state}>{trend.decision && <DecisionLine decision={trend.decision} />}</span>
  </div>
)

const VerdictButton = ({
  kind,
  trend,
  busy,
  onPick,
}: {
  kind: Verdict
  trend: Trend
  busy: boolean
  onPick(): void
}) => (
  <Button
    disabled={busy || isUnderway(trend.decision)}
    aria-describedby={CHOSEN}
    aria-keyshortcuts={useShortcut(verdicts[kind])}
    onClick={onPick}
  >
    {kindName(kind)}
    <KeyOf command={verdicts[kind]} />
  </Button>
)

type Listed = { trends: readonly Trend[]; family: TrendFamily; walk: Ref<Walk>; elsewhere: ReactNode }

/** What was read of a family, and under it what can be decided about the current one, or where else it is (`elsewhere`). */
const Rows = ({ trends, family, walk, elsewhere }: Listed) => {
  const { arm, busy, trouble } = useArm()
  // Why the last press did nothing, while that row is the current one.
  const [about, setAbout] = useState<string>()
  const decide = (kind: Verdict) => () => {
    if (!trend || elsewhere || busy || isUnderway(trend.decision)) return
    setAbout(trend.subject)
    void arm({ server: trend.server, subject: { of: 'trend', id: trend.subject }, kind }, toRows)
  }
  const { current, goAt, toRows, box, acts } = useWalk(walk, trends.length, index => trends[index]?.subject, {
    approve: () => decide('trend.approve')(),
    reject: () => decide('trend.reject')(),
  })
  const trend = current === null ? undefined : trends[current]
  return (
    <WalkedList
      acts={acts}
      label={say('trends.acts')}
      list={
        <RowList
          name="trend"
          label={say(`trends.family.${family}`)}
          total={trends.length}
          current={current}
          row={index => {
            const known = trends[index]
            return known ? <Row trend={known} /> : null
          }}
          show={() => {}}
          onPick={goAt}
          onOpen={() => {}}
          box={box}
        />
      }
    >
      {trend && (
        <>
          <p className={page.chosen} id={CHOSEN}>
            <bdi className={parts.strong} dir="auto">
              {nameOf(trend)}
            </bdi>
            {trend.by !== '' && <bdi className={parts.soft}>{domainText(trend.by)}</bdi>}
          </p>
          {trouble && about === trend.subject && (
            <p role="alert" className={parts.error}>
              {sayFailure(trouble)}
            </p>
          )}
          {elsewhere ??
            kinds.map(kind => <VerdictButton key={kind} kind={kind} trend={trend} busy={busy} onPick={decide(kind)} />)}
        </>
      )}
    </WalkedList>
  )
}

const List = ({ server, family, walk }: { server: Server; family: TrendFamily; walk: Ref<Walk> }) => {
  const engine = useEngine()
  const shell = useShell()
  const live = useLive('trends.list', { server: server.key, family })
  const [reading, setReading] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const tooOld = server.cannot.some(({ ability, why }) => ability === 'trends.change' && why === 'cannot.release')
  const not = !server.role.manageTaxonomies
    ? 'trends.no-right'
    : tooOld && family === 'publishers'
      ? 'trends.no-publishers'
      : undefined
  const there = { page: <PageLink url={`${server.origin}/admin/${pages[family]}`} onOpen={shell.openLink} /> }
  const read = useCallback(() => {
    setReading(true)
    engine
      .call('trends.read', { server: server.key, family })
      .then(
        () => setFailure(undefined),
        error => setFailure(asFailure(error)),
      )
      .finally(() => setReading(false))
  }, [engine, server.key, family])
  useEffect(() => {
    if (not === undefined) read()
  }, [not, read])
  if (not !== undefined)
    return (
      <p className={page.empty}>
        <Words code={not} values={there} />
      </p>
    )
  const { data } = live
  // What was read shows a moment later.
  const isRead = reading || (failure === undefined && (data?.readAt ?? null) === null)
  return (
    <>
      <p className={page.sum} role="status">
        {data && data.readAt !== null && say('trends.read-at', { at: moment(data.readAt), count: data.trends.length })}
        <Button look="bare" disabled={isRead} onClick={read}>
          {say(isRead ? 'trends.reading' : 'trends.read')}
        </Button>
      </p>
      {failure && (
        <p className={page.empty} role="alert">
          {sayFailure(failure)}
        </p>
      )}
      {data?.trends.length === 0 && data.readAt !== null && <p className={page.empty}>{say('trends.none')}</p>}
      {data && data.trends.length > 0 && (
        <Rows
          trends={data.trends}
          family={family}
          walk={walk}
          elsewhere={
            tooOld ? (
              <p className={parts.soft}>
                <Words code="trends.too-old" values={there} />
              </p>
            ) : undefined
          }
        />
      )}
    </>
  )
}

type Shown = {
  /** Told what keys can ask of the list. */
  walk: Ref<Walk>
  /** What troubles a server. */
  strips(server: ServerKey): ReactNode
}

/** What trends, or wants to: read when one looks, approved or rejected one by one. */
export const TrendsScreen = ({ walk, strips }: Shown) => {
  const servers = useServers()
  const [chosen, setChosen] = useState<string>()
  const [family, setFamily] = useState<TrendFamily>('links')
  const server =
    servers.find(each => each.key === chosen) ?? servers.find(each => each.role.manageTaxonomies) ?? servers[0]
  return (
    <main className={page.page} aria-labelledby="trends-h">
      <PageHead
        id="trends-h"
        title={say('trends.title')}
        says={say('trends.says')}
        servers={servers}
        server={server}
        onServer={setChosen}
        lists={{
          label: say('trends.families'),
          value: family,
          options: families.map(each => ({ value: each, says: say(`trends.family.${each}`) })),
          onPick: picked => setFamily(picked),
        }}
      />
      {server && strips(server.key)}
      {server && <List key={`${server.key} ${family}`} server={server} family={family} walk={walk} />}
    </main>
  )
}
