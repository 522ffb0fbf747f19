import { useEffect, useRef, useState } from 'react'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import type { Output } from '../client/question.ts'
import { useServers } from '../client/servers.tsx'
import { useHand } from '../features/decisions/store.ts'
import { DomainList } from '../features/domains/DomainList.tsx'
import { DomainPage } from '../features/domains/DomainPage.tsx'
import { DomainsHead } from '../features/domains/DomainsHead.tsx'
import { useTable } from '../features/domains/store.ts'
import { useDomainRows } from '../features/domains/use-domain-rows.ts'
import { ServerPage } from '../features/servers/Limits.tsx'
import { roleWords } from '../features/servers/role-words.ts'
import { Domain } from '../ui/Domain.tsx'
import { Hints } from '../ui/Hints.tsx'
import { HintOf } from '../ui/Keys.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import page from '../ui/page.module.css'
import { Words } from '../ui/Words.tsx'
import styles from './ReportsScreen.module.css'
import type { Route } from './route.ts'
import { ServerStrips } from './ServerStrips.tsx'
import { useDomainDecide } from './use-domain-decide.ts'
import { useKeys } from './use-keys.ts'
import { goTo } from './use-route.ts'

type Shown = {
  route: Extract<Route, { screen: 'domains' }>
  status: Output<'sync.status'> | undefined
  graceSeconds: number
}

/** The blocks of one server, and the page of a domain. */
export const DomainsScreen = ({ route, status, graceSeconds }: Shown) => {
  const servers = useServers()
  const server =
    servers.find(each => each.key === route.server) ?? servers.find(each => each.role.manageFederation) ?? servers[0]
  const { search, severity, also, sort } = useTable()
  const box = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const reading = useRef<HTMLElement>(null)
  const [at, setAt] = useState<number | null>(null)
  const rows = useDomainRows({
    server: server?.key ?? null,
    search,
    severity: severity === 'any' ? null : severity,
    also: also === 'any' ? null : also,
    sort,
  })
  const { total } = rows
  const focusList = () => (box.current ?? field.current)?.focus()
  const open = (domain: string | null) => goTo({ screen: 'domains', server: server?.key ?? null, domain })
  const { deciding, closeReports } = useDomainDecide(server?.key, route.domain, focusList)
  const asked = `${server?.key} ${search} ${severity} ${also} ${sort}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list has other places
  useEffect(() => setAt(null), [asked])
  const goAt = (index: number) => {
    if (total === undefined || total === 0) return
    const next = Math.max(0, Math.min(total - 1, index))
    setAt(next)
    const row = rows.rowAt(next)
    if (row) open(row.block.domain)
  }
  // A row that was not read yet when it became the current one.
  const current = at === null ? undefined : rows.rowAt(at)?.block.domain
  useKeys({
    next: () => goAt(at === null ? 0 : at + 1),
    previous: () => goAt(at === null ? 0 : at - 1),
    first: () => goAt(0),
    last: () => total !== undefined && goAt(total - 1),
    search: () => field.current?.select(),
    open: () => reading.current?.focus(),
    back: focusList,
  })
  if (!server) return null
  if (!server.role.manageFederation)
    return (
      <main className={page.page} aria-labelledby="no-right-h">
        <PageHead
          id="no-right-h"
          title={say('domains.title')}
          servers={servers}
          server={server}
          onServer={key => goTo({ screen: 'domains', server: key, domain: null })}
        />
        <ServerStrips status={status} server={server.key} />
        <p className={page.empty}>
          <Words
            code="domains.no-right"
            values={{
              server: <Domain name={server.domain} />,
              role: roleWords(server.role),
              page: <ServerPage url={`${server.origin}/admin/instances`} />,
            }}
          />
        </p>
      </main>
    )
  const synced = status?.servers
    .find(each => each.server === server.key)
    ?.lists.find(each => each.list === 'domain-blocks')
  return (
    <main className={styles.desk}>
      <section className={styles.list} aria-label={say('domains.title')}>
        <ServerStrips status={status} server={server.key} />
        <DomainsHead server={server} total={total} onDomain={open} field={field} />
        {rows.failure && (
          <p className={styles.trouble} role="alert">
            {sayFailure(rows.failure)}
          </p>
        )}
        {total !== undefined && total > 0 ? (
          <DomainList
            rows={rows}
            total={total}
            current={at !== null && current !== undefined && current !== route.domain ? null : at}
            onPick={index => {
              goAt(index)
              focusList()
            }}
            onOpen={() => reading.current?.focus()}
            box={box}
          />
        ) : (
          total === 0 && (
            <p className={styles.nothing} role="status">
              {say(
                search !== '' || severity !== 'any' || also !== 'any'
                  ? 'domains.none-found'
                  : synced && synced.state !== 'complete'
                    ? 'domains.being-read'
                    : 'domains.none',
              )}
            </p>
          )
        )}
        <Hints>
          <HintOf command={['next', 'previous']}>{say('hint.move')}</HintOf>
          <HintOf command="open">{say('hint.open')}</HintOf>
          <HintOf command="search">{say('keys.search')}</HintOf>
        </Hints>
      </section>
      {route.domain === null ? (
        <section className={styles.nothingOpen} aria-label={say('domains.page')}>
          <p>{say('domains.choose')}</p>
        </section>
      ) : (
        <DomainPage
          key={`${server.key} ${route.domain}`}
          server={server}
          domain={route.domain}
          asked={route.severity}
          graceSeconds={graceSeconds}
          deciding={deciding}
          onDecision={panel => useHand.setState({ panel })}
          onCloseReports={closeReports}
          reading={reading}
        />
      )}
    </main>
  )
}
