import { type ReactNode, useCallback, useEffect, useState } from 'react'
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
import { cx } from '../../ui/cx.ts'
import { isUnderway, kindName } from '../../ui/decision-words.ts'
import { moment } from '../../ui/format.ts'
import { PageHead } from '../../ui/PageHead.tsx'
import { PageLink } from '../../ui/PageLink.tsx'
import page from '../../ui/page.module.css'
import parts from '../../ui/parts.module.css'
import { ScrollArea } from '../../ui/ScrollArea.tsx'
import { DecisionLine } from '../../ui/State.tsx'
import { Words } from '../../ui/Words.tsx'
import styles from './Trends.module.css'

const families: readonly TrendFamily[] = ['links', 'statuses', 'tags', 'publishers']
const verdicts: readonly DecisionKind[] = ['trend.approve', 'trend.reject']

const standing = ({ requiresReview, trendable }: Trend) =>
  say(
    requiresReview ? 'trends.unseen' : trendable === null ? 'trends.seen' : trendable ? 'trends.may' : 'trends.may-not',
  )

const Row = ({ trend }: { trend: Trend }) => {
  const { arm, busy, trouble } = useArm()
  const subject = { of: 'trend', id: trend.subject } as const
  return (
    <li className={cx(page.row, styles.row)}>
      <span className={styles.what}>
        <bdi className={parts.cut} dir="auto">
          {trend.title === '' ? domainText(trend.subject) : trend.title}
        </bdi>
        {trend.by !== '' && <bdi className={parts.quiet}>{domainText(trend.by)}</bdi>}
      </span>
      <span className={trend.requiresReview ? parts.strong : parts.soft}>{standing(trend)}</span>
      <span className={parts.quiet}>{trend.uses === null ? '' : say('trends.uses', { count: trend.uses })}</span>
      {trouble ? (
        <span role="alert" className={parts.error}>
          {sayFailure(trouble)}
        </span>
      ) : trend.decision ? (
        <DecisionLine decision={trend.decision} />
      ) : (
        <span />
      )}
      <span className={parts.line}>
        {verdicts.map(kind => (
          <Button
            key={kind}
            disabled={busy || isUnderway(trend.decision)}
            aria-label={say('trends.verdict-of', { what: kindName(kind), name: trend.title })}
            onClick={() => void arm({ server: trend.server, subject, kind })}
          >
            {kindName(kind)}
          </Button>
        ))}
      </span>
    </li>
  )
}

const List = ({ server, family }: { server: Server; family: TrendFamily }) => {
  const engine = useEngine()
  const shell = useShell()
  const live = useLive('trends.list', { server: server.key, family })
  const [reading, setReading] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const may = server.role.manageTaxonomies
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
    if (may) read()
  }, [may, read])
  if (!may)
    return (
      <p className={page.empty}>
        <Words
          code="trends.no-right"
          values={{ page: <PageLink url={`${server.origin}/admin/trends/links`} onOpen={shell.openLink} /> }}
        />
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
      <ScrollArea className={page.list} label={say(`trends.family.${family}`)}>
        {data?.trends.length === 0 && data.readAt !== null && <p className={page.empty}>{say('trends.none')}</p>}
        <ul>
          {data?.trends.map(trend => (
            <Row key={trend.subject} trend={trend} />
          ))}
        </ul>
      </ScrollArea>
    </>
  )
}

/** What trends, or wants to: read when one looks, approved or rejected one by one. `strips`: what troubles a server. */
export const TrendsScreen = ({ strips }: { strips(server: ServerKey): ReactNode }) => {
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
      {server && <List key={`${server.key} ${family}`} server={server} family={family} />}
    </main>
  )
}
