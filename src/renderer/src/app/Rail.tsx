import type { ReactNode } from 'react'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { say } from '../../../shared/messages/say.ts'
import type { Output } from '../client/question.ts'
import { useServers } from '../client/servers.tsx'
import { useLive } from '../client/use-live.ts'
import { type Queue, queues } from '../features/reports/queue.ts'
import { SyncBlock } from '../features/sync/SyncBlock.tsx'
import { cx } from '../ui/cx.ts'
import { number, shortNumber } from '../ui/format.ts'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { Mark } from '../ui/Mark.tsx'
import { still } from '../ui/still.ts'
import styles from './Rail.module.css'
import { hrefOf, type Route } from './route.ts'
import { routeOf } from './use-views.ts'

type Counts = Output<'reports.counts'>

const queueIcons: Readonly<Record<Queue, IconName>> = {
  reports: 'report',
  campaigns: 'spam',
  snoozed: 'due',
  mine: 'mine',
  unclaimed: 'unclaimed',
  legal: 'legal',
  closed: 'done',
}

type Place = {
  to: Route
  icon: ReactNode
  says: string
  count?: number | undefined
  here: 'page' | 'true' | undefined
  look?: string | undefined
}

const Item = ({ to, icon, says, count, here, look }: Place) => (
  <li>
    <a href={hrefOf(to)} aria-current={here} className={cx(styles.item, look)} title={says}>
      {icon}
      <span className={styles.label}>{says}</span>
      {count !== undefined && <span className={styles.count}>{number(count)}</span>}
      {count !== undefined && count > 0 && (
        <span className={styles.short} aria-hidden="true">
          {shortNumber(count)}
        </span>
      )}
    </a>
  </li>
)

/** Screens of one server or of all. */
const isOfServers = (route: Route) =>
  route.screen === 'reports' || route.screen === 'domains' || route.screen === 'accounts'

const Servers = ({ route, counts }: { route: Route; counts: Counts | undefined }) => {
  const servers = useServers()
  const queue = route.screen === 'reports' ? route.queue : 'reports'
  // Domains are those of one server, also where none was chosen.
  const one = route.screen === 'domains' ? (servers[0]?.key ?? null) : null
  const chosen = isOfServers(route) ? (route.server ?? one) : undefined
  const place = (server: ServerKey | null): Route => {
    if (route.screen === 'accounts') return { screen: 'accounts', server, account: route.account }
    if (route.screen === 'domains' && server !== null) return { screen: 'domains', server, domain: null }
    return { screen: 'reports', queue, server }
  }
  const here = (server: ServerKey | null) => (chosen === server ? 'true' : undefined)
  return (
    <ul>
      <Item to={place(null)} icon={<Icon name="all" />} says={say('rail.all')} count={counts?.open} here={here(null)} />
      {servers.map(server => (
        <Item
          key={server.key}
          to={place(server.key)}
          icon={<Mark server={server} />}
          says={server.domain}
          count={counts?.byServer.find(each => each.server === server.key)?.open ?? (counts && 0)}
          here={here(server.key)}
          look={styles.host}
        />
      ))}
    </ul>
  )
}

/** Lists that were given a name. */
const Views = ({ open }: { open: string | undefined }) => {
  const views = useLive('views.list', {}).data?.views ?? []
  if (views.length === 0) return null
  return (
    <>
      <h2>{say('rail.views')}</h2>
      <ul>
        {views.map(each => (
          <Item
            key={each.id}
            to={routeOf(each)}
            icon={<Icon name="view" />}
            says={each.name}
            here={each.id === open ? 'page' : undefined}
          />
        ))}
      </ul>
    </>
  )
}

const countOf = (queue: Queue, counts: Counts | undefined) =>
  counts &&
  {
    reports: counts.open,
    mine: counts.mine,
    unclaimed: counts.unclaimed,
    campaigns: counts.campaigns,
    legal: counts.legal,
    snoozed: counts.snoozed,
    closed: undefined,
  }[queue]

type Shown = {
  route: Route
  /** Of all servers. */
  counts: Counts | undefined
  /** How many wait for approval. */
  waiting: number | undefined
  needsPerson: number
  status: Output<'sync.status'> | undefined
}

/** Servers and queues with counts; at its foot how fresh they are. */
export const Rail = still(({ route, counts, waiting, needsPerson, status }: Shown) => {
  const server = isOfServers(route) ? route.server : null
  const ofOne = useLive('reports.counts', server === null ? null : { server })
  const inView = server === null ? counts : (ofOne.data ?? ofOne.before)
  // Nought would say that nobody waits, where nobody here may see who does.
  const seesWaiting = useServers().some(({ role }) => role.manageUsers)
  const view = route.screen === 'reports' ? route.view : undefined
  const queue = route.screen === 'reports' && view === undefined ? route.queue : undefined
  const [main, ...subs] = queues
  const item = (each: Queue, look?: string) => (
    <Item
      key={each}
      to={{ screen: 'reports', queue: each, server }}
      icon={<Icon name={queueIcons[each]} />}
      says={say(`queue.${each}`)}
      count={countOf(each, inView)}
      here={queue === each ? 'page' : undefined}
      look={look}
    />
  )
  const screen = (
    to: 'signups' | 'log' | 'settings' | 'needs' | 'blocks' | 'trends' | 'handover',
    icon: IconName,
    says: string,
    count?: number,
  ) => (
    <Item
      to={{ screen: to }}
      icon={<Icon name={icon} />}
      says={says}
      count={count}
      here={route.screen === to ? 'page' : undefined}
      look={to === 'needs' ? styles.needs : undefined}
    />
  )
  return (
    <nav className={styles.rail} aria-label={say('rail.label')}>
      <h2>{say('rail.servers')}</h2>
      <Servers route={route} counts={counts} />
      <h2>{say('rail.queues')}</h2>
      <ul>
        {item(main)}
        {subs.map(each => item(each, styles.sub))}
        {screen('signups', 'signup', say('signups.title'), seesWaiting ? waiting : undefined)}
        <Item
          to={{ screen: 'accounts', server, account: null }}
          icon={<Icon name="mine" />}
          says={say('accounts.all')}
          here={route.screen === 'accounts' ? 'page' : undefined}
        />
        <Item
          to={{ screen: 'domains', server, domain: null }}
          icon={<Icon name="domain" />}
          says={say('domains.title')}
          here={route.screen === 'domains' ? 'page' : undefined}
        />
        {needsPerson > 0 && screen('needs', 'unknown', say('needs.title'), needsPerson)}
      </ul>
      <Views open={view} />
      <h2>{say('rail.more')}</h2>
      <ul>
        {screen('handover', 'handover', say('handover.short'))}
        {screen('log', 'log', say('log.title'))}
        {screen('blocks', 'gate', say('blocks.title'))}
        {screen('trends', 'trend', say('trends.title'))}
        {screen('settings', 'settings', say('settings.title'))}
      </ul>
      {status && status.servers.length > 0 && (
        <div className={styles.sync}>
          <SyncBlock status={status} />
        </div>
      )}
    </nav>
  )
})
