import { useCallback, useRef } from 'react'
import type { Cluster } from '../../../shared/contract/signups.ts'
import { domainText } from '../../../shared/domain-name.ts'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import { useShell } from '../client/engine.tsx'
import type { Output } from '../client/question.ts'
import { useServer, useServers } from '../client/servers.tsx'
import { useLive } from '../client/use-live.ts'
import { type Along, useBundle } from '../features/batches/store.ts'
import empty from '../features/reports/EmptyQueue.module.css'
import { ServerPage } from '../features/servers/Limits.tsx'
import { ClusterList } from '../features/signups/ClusterList.tsx'
import { PeopleList } from '../features/signups/PeopleList.tsx'
import lists from '../features/signups/Signups.module.css'
import { clusterKey, isSuggested, sameCluster, toggleMark, useSignups } from '../features/signups/store.ts'
import { type People, usePeople } from '../features/signups/use-people.ts'
import { clusterLabel } from '../features/signups/words.ts'
import { announce } from '../ui/announce.tsx'
import { cx } from '../ui/cx.ts'
import { Domain } from '../ui/Domain.tsx'
import { span } from '../ui/format.ts'
import { Hints } from '../ui/Hints.tsx'
import { HintOf } from '../ui/Keys.tsx'
import parts from '../ui/parts.module.css'
import { Words } from '../ui/Words.tsx'
import { backToRows, useBackFromSheet } from './back-to-rows.ts'
import { useCover } from './cover.ts'
import styles from './ReportsScreen.module.css'
import { ServerStrips } from './ServerStrips.tsx'
import { SignupPane } from './SignupPane.tsx'
import { useAnswer } from './use-answer.ts'
import { useKeys } from './use-keys.ts'

type Whole = Output<'signups.clusters'>

const Head = ({ servers }: { servers: Whole['servers'] }) => {
  const waiting = servers.reduce((sum, each) => sum + each.waiting, 0)
  const shared = servers.reduce((sum, each) => sum + each.shared, 0)
  const oldest = servers.flatMap(each => each.oldestAt ?? [])
  return (
    <div className={lists.head}>
      <div className={parts.line}>
        <h1>{say('signups.title')}</h1>
        {waiting > 0 && (
          <span className={cx(parts.quiet, parts.cut, lists.sum)}>
            {say('signups.sum', { waiting, shared, oldest: span(Date.now() - Math.min(...oldest)) })}
          </span>
        )}
      </div>
    </div>
  )
}

/** Servers whose sign-ups our role may not see: said, with the page where someone else can. */
const NoRight = ({ servers }: { servers: Whole['servers'] }) => {
  const known = useServers()
  return servers
    .filter(each => !each.maySee)
    .flatMap(each => known.find(one => one.key === each.server) ?? [])
    .map(({ key, domain, origin }) => (
      <p key={key} className={styles.elsewhere}>
        <Words
          code="signups.no-right"
          values={{
            server: <Domain name={domain} />,
            page: <ServerPage url={`${origin}/admin/accounts?status=pending`} />,
          }}
        />
      </p>
    ))
}

/** How long a range is shut: people behind it change. */
const RANGE_SHUT_S = 14 * 86_400

/** The mail domain and the range that most of a cluster share: they may be blocked along with rejecting. */
const alongOf = (cluster: Cluster, whole: People['whole']): Along[] => {
  const sharedBy = (pattern: 'mail' | 'range') =>
    cluster.pattern === pattern ? cluster.value : whole?.shares.find(each => each.pattern === pattern)?.says
  const [mail, range] = [sharedBy('mail'), sharedBy('range')]
  const { server } = cluster
  return [
    ...(mail === undefined
      ? []
      : [
          {
            server,
            subject: { of: 'email-domain' as const, id: mail },
            kind: 'email-domain.block' as const,
            fields: {},
            says: say('signups.along.mail', { what: domainText(mail) }),
            explains: say('signups.along.mail-does'),
          },
        ]),
    ...(range === undefined
      ? []
      : [
          {
            server,
            subject: { of: 'address' as const, id: range },
            kind: 'address.block' as const,
            fields: { severity: 'sign_up_block', expiresIn: RANGE_SHUT_S },
            says: say('signups.along.range', { what: range }),
            explains: say('signups.along.range-does'),
          },
        ]),
  ]
}

/** Nobody waits, or nothing was read yet. */
const Nobody = ({ says, next }: { says: string; next?: string | undefined }) => (
  <div className={empty.empty} role="status">
    <p className={empty.lede}>{says}</p>
    {next !== undefined && <p className={empty.next}>{next}</p>}
  </div>
)

type Shown = { status: Output<'sync.status'> | undefined; graceSeconds: number }

/** Those who wait for approval: what they share, who they are, and both answers, for one or for many. */
export const SignupsScreen = ({ status, graceSeconds }: Shown) => {
  const shell = useShell()
  const live = useLive('signups.clusters', {})
  const chosen = useSignups(signups => signups.cluster)
  const clusterBox = useRef<HTMLDivElement>(null)
  const peopleBox = useRef<HTMLDivElement>(null)
  const reading = useRef<HTMLElement>(null)
  const clusters = live.data?.clusters ?? []
  const cluster: Cluster | undefined =
    clusters.find(each => chosen !== null && sameCluster(each, chosen)) ?? clusters[0]
  const of = usePeople(cluster && { server: cluster.server, pattern: cluster.pattern, value: cluster.value })
  const server = useServer(cluster?.server)
  const { index, currentId, marked } = of
  const focusList = useCallback(() => peopleBox.current?.focus(), [])
  const answer = useAnswer(() => {
    backToRows(focusList)
    if (index + 1 < of.people.length) of.step(1)
  })
  const { sheet } = answer
  useBackFromSheet(sheet !== null, focusList)

  const pickCluster = (next: Cluster | undefined) => {
    if (next)
      useSignups.setState({ cluster: { server: next.server, pattern: next.pattern, value: next.value }, current: null })
  }
  const inClusters = () => document.activeElement === clusterBox.current
  const stepCluster = (by: 1 | -1) => {
    const at = clusters.findIndex(each => cluster && sameCluster(each, cluster))
    pickCluster(clusters[at + by])
  }
  const person = cluster && currentId !== undefined ? { server: cluster.server, id: currentId } : undefined
  const propose = (kind: 'signup.approve' | 'signup.reject', ids: readonly string[]) => {
    if (!cluster || ids.length === 0) return
    useBundle.setState({
      proposal: {
        kind,
        items: ids.map(id => ({ server: cluster.server, subject: { of: 'signup', id } })),
        label: clusterLabel(cluster),
        of: `${cluster.pattern} ${cluster.value}`,
        ...(kind === 'signup.reject'
          ? { warning: say('effect.signup.reject.batch'), along: alongOf(cluster, of.whole) }
          : {}),
        onArmed: focusList,
      },
    })
  }
  const others = of.people.flatMap(({ id }) => (of.isMarked(id) ? [] : [id]))
  const isOnMarked = currentId !== undefined && of.isMarked(currentId) && marked.length > 1
  // Marks that Howdah made are for rejecting: approving means them only where a person made them.
  const suggested = cluster !== undefined && isSuggested(cluster)
  const unlessSheet = (run: () => void) => () => sheet !== null || run()
  const reveal = useRef<() => void>(() => {})
  useKeys({
    next: unlessSheet(() => (inClusters() ? stepCluster(1) : of.step(1))),
    previous: unlessSheet(() => (inClusters() ? stepCluster(-1) : of.step(-1))),
    first: unlessSheet(() => (inClusters() ? pickCluster(clusters[0]) : of.goTo(0))),
    last: unlessSheet(() => (inClusters() ? pickCluster(clusters.at(-1)) : of.goTo(of.people.length - 1))),
    open: unlessSheet(() => (inClusters() ? focusList() : reading.current?.focus())),
    back: () => {
      answer.closeSheet()
      focusList()
    },
    mark: unlessSheet(() => {
      if (currentId === undefined) return
      toggleMark(of.key, currentId)
      announce(say(of.isMarked(currentId) ? 'signups.unmarked-one' : 'signups.marked-one'))
      of.step(1)
    }),
    approve: unlessSheet(() =>
      isOnMarked && !suggested ? propose('signup.approve', marked) : person && answer.approve(person),
    ),
    reject: unlessSheet(() => (isOnMarked ? propose('signup.reject', marked) : person && answer.openReject(person))),
    reveal: () => reveal.current(),
    'web-admin': () => {
      if (!server) return
      const page = currentId === undefined ? 'accounts?status=pending' : `accounts/${currentId}`
      shell.openLink(`${server.origin}/admin/${page}`)
    },
  })

  return (
    <main className={styles.desk} data-covered={useCover().covered || undefined}>
      <section className={styles.list} aria-label={say('signups.title')}>
        <ServerStrips status={status} server={null} />
        {live.data && <Head servers={live.data.servers} />}
        {live.failure && (
          <p className={styles.trouble} role="alert">
            {sayFailure(live.failure)}
          </p>
        )}
        {live.data && <NoRight servers={live.data.servers} />}
        {!live.data && !live.failure && <Nobody says={say('signups.reading')} />}
        {live.data?.servers.some(each => each.maySee) && !cluster && (
          <Nobody says={say('signups.empty')} next={say('signups.empty-next')} />
        )}
        {cluster && (
          <>
            <ClusterList clusters={clusters} current={cluster} onPick={pickCluster} box={clusterBox} />
            <div className={lists.sub}>
              <h2>{say('signups.in-cluster')}</h2>
              <span className={parts.quiet}>
                {say('signups.marked', { marked: marked.length, count: of.people.length })}
              </span>
            </div>
            {of.failure && (
              <p className={styles.trouble} role="alert">
                {sayFailure(of.failure)}
              </p>
            )}
            <PeopleList
              key={clusterKey(cluster)}
              server={cluster.server}
              of={of}
              onOpen={() => reading.current?.focus()}
              box={peopleBox}
            />
          </>
        )}
        {cluster && (
          <Hints>
            <HintOf command={['next', 'previous']}>{say('hint.move')}</HintOf>
            <HintOf command="mark">{say('keys.mark')}</HintOf>
            <HintOf command="approve">{say('log.kind.signup.approve')}</HintOf>
            <HintOf command="reject">{say('log.kind.signup.reject')}</HintOf>
          </Hints>
        )}
      </section>
      <SignupPane
        cluster={cluster}
        maySee={live.data?.servers.some(each => each.maySee) ?? true}
        server={server}
        of={of}
        others={others.length}
        isOnMarked={isOnMarked}
        answer={answer}
        graceSeconds={graceSeconds}
        reading={reading}
        revealKey={reveal}
        onApprove={() => person && answer.approve(person)}
        onReject={() => person && answer.openReject(person)}
        onRejectMarked={() => propose('signup.reject', marked)}
        onApproveMarked={suggested ? null : () => propose('signup.approve', marked)}
        onApproveOthers={() => propose('signup.approve', others)}
        onLeave={focusList}
      />
    </main>
  )
}
