import { useState } from 'react'
import type { Found } from '../../../shared/contract/finder.ts'
import { SEARCH_LENGTH } from '../../../shared/contract/reports.ts'
import type { Server } from '../../../shared/contract/servers.ts'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import { useShell } from '../client/engine.tsx'
import { useServers } from '../client/servers.tsx'
import { type Asked, useFound } from '../features/finder/use-found.ts'
import { accountWords, domainWords } from '../features/finder/words.ts'
import { nothingChosen } from '../features/reports/queue.ts'
import { useDesk } from '../features/reports/store.ts'
import { commands } from '../ui/commands.ts'
import { Domain } from '../ui/Domain.tsx'
import { capital, date } from '../ui/format.ts'
import { HandleInline } from '../ui/Handle.tsx'
import { Icon } from '../ui/Icon.tsx'
import { KeyOf } from '../ui/Keys.tsx'
import { Mark } from '../ui/Mark.tsx'
import { Palette as Drawn, type PaletteGroup, type PaletteOption } from '../ui/Palette.tsx'
import parts from '../ui/parts.module.css'
import { still } from '../ui/still.ts'
import { Words } from '../ui/Words.tsx'
import { openReport } from './open-report.ts'
import { matches, placesOf } from './palette-places.ts'
import { viewOf } from './route.ts'
import { answered, run } from './use-keys.ts'
import { goTo, useRoute } from './use-route.ts'

const WebAdmin = () => (
  <>
    <Icon name="out" small />
    <span className={parts.quiet}>{say('palette.in-web-admin')}</span>
  </>
)

/** Everything that was found, in the order of its exactness; what has no screen here opens in the web admin. */
const useFoundGroups = (found: Found | undefined): PaletteGroup[] => {
  const shell = useShell()
  const servers = useServers()
  const route = useRoute()
  if (!found) return []
  const view = viewOf(route)
  const mark = (key: string) => {
    const server = servers.find(each => each.key === key)
    return server && <Mark server={server} />
  }
  const page = (url: string) => ({ end: <WebAdmin />, run: () => shell.openLink(url) })
  const reports = found.reports.map(({ report, target, isOpen }) => ({
    key: `report-${report.server}-${report.id}`,
    icon: mark(report.server),
    says: <Words code="palette.report" values={{ id: report.id, who: <HandleInline who={target} /> }} />,
    note: say(isOpen ? 'palette.open' : 'palette.closed'),
    run: () => openReport(report, isOpen, view),
  }))
  const accounts = found.accounts.map(each => ({
    key: `account-${each.server}-${each.account.id}`,
    icon: mark(each.server),
    says: <HandleInline who={each.account} />,
    note: accountWords(each),
    run: () => goTo({ screen: 'accounts', server: view, account: { server: each.server, id: each.account.id } }),
  }))
  const posts = found.posts.flatMap(({ server, id, author, createdAt, report, webAdmin }): PaletteOption[] => {
    if (report === null && webAdmin === null) return []
    return [
      {
        key: `post-${server}-${id}`,
        icon: mark(server),
        says: author ? (
          <Words code="palette.post-by" values={{ on: date(createdAt), who: <HandleInline who={author} /> }} />
        ) : (
          say('palette.post', { on: date(createdAt) })
        ),
        ...(report === null ? page(webAdmin ?? '') : { run: () => openReport({ server, id: report }, true, view) }),
      },
    ]
  })
  const domains = found.domains.map(each => ({
    key: `domain-${each.server}-${each.domain}`,
    icon: mark(each.server) ?? <Icon name="domain" />,
    says: <Domain name={each.domain} />,
    note: domainWords(each),
    run: () => goTo({ screen: 'domains', server: each.server, domain: each.domain }),
  }))
  return [
    { key: 'reports', title: say('palette.reports'), options: reports },
    { key: 'posts', title: say('palette.posts'), options: posts },
    { key: 'accounts', title: say('palette.accounts'), options: accounts },
    { key: 'domains', title: say('palette.domains'), options: domains },
  ]
}

const askGroup = (askable: readonly Server[], asked: readonly Asked[], ask: (key: string) => void): PaletteGroup => ({
  key: 'ask',
  title: say('palette.ask'),
  options: askable
    .filter(({ key }) => !asked.some(each => each.server === key))
    .map(server => ({
      key: `ask-${server.key}`,
      icon: <Icon name="search" />,
      says: say('palette.ask-server', { server: server.domain }),
      stays: true,
      run: () => ask(server.key),
    })),
})

/** How it went with the servers that were asked, else how much there is. */
const statusOf = (asked: readonly Asked[], servers: readonly Server[], count: number, isReport: boolean) => {
  const last = asked.at(-1)
  const server = servers.find(({ key }) => key === last?.server)?.domain ?? ''
  if (last?.found === 'asking') return say('palette.asking', { server })
  if (typeof last?.found === 'number' && isReport)
    return say('palette.asked-report', { server, found: last.found > 0 ? 'yes' : 'no' })
  if (typeof last?.found === 'number') return say('palette.asked', { server, count: last.found })
  if (last) return sayFailure(last.found)
  return count === 0 ? say('palette.none') : say('palette.count', { count })
}

/** What finds and does everything, opened with its key: pasted handles, addresses and domains, places, and every command with its key. */
export const Palette = still(({ open, onClose }: { open: boolean; onClose(): void }) => {
  const [text, setText] = useState('')
  const servers = useServers()
  const route = useRoute()
  const { found, reading, asked, ask } = useFound(open ? text : '')
  const foundGroups = useFoundGroups(found)
  const close = () => {
    setText('')
    onClose()
  }
  const doing: PaletteGroup = {
    key: 'do',
    title: say('palette.do'),
    options: (open ? answered() : [])
      .filter(command => command !== 'palette' && command !== 'back' && matches(text, say(commands[command].says)))
      .map(command => ({
        key: `do-${command}`,
        icon: <Icon name={commands[command].icon} />,
        says: capital(say(commands[command].says)),
        end: <KeyOf command={command} />,
        run: () => run(command),
      })),
  }
  const places: PaletteGroup = {
    key: 'places',
    title: say('keys.go-to'),
    options: placesOf(servers)
      .filter(place => text.trim() !== '' && matches(text, place.says))
      .map(({ to, says, icon, server }) => ({
        key: `place-${says}`,
        icon: server ? <Mark server={server} /> : <Icon name={icon} />,
        says,
        run: () => goTo(to),
      })),
  }
  const isName = !found || found.as === 'name'
  const searching: PaletteGroup = {
    key: 'search',
    title: say('palette.search'),
    options:
      found?.as === 'name'
        ? (['reports', 'closed'] as const).map(queue => ({
            key: `search-${queue}`,
            icon: <Icon name="search" />,
            says: say(`palette.search-${queue}`),
            run: () => {
              useDesk.setState({ chosen: { ...nothingChosen, text: text.trim().slice(0, SEARCH_LENGTH) } })
              goTo({ screen: 'reports', queue, server: viewOf(route) })
            },
          }))
        : [],
  }
  const askable = servers.filter(({ key }) => found?.askable.includes(key))
  const groups = [
    ...(isName ? [doing, places, ...foundGroups] : [...foundGroups, doing, places]),
    searching,
    askGroup(askable, asked, ask),
  ].filter(({ options }) => options.length > 0)
  const count = groups.reduce(
    (sum, { key, options }) => sum + (key === 'ask' || key === 'search' ? 0 : options.length),
    0,
  )
  return (
    <Drawn
      open={open}
      onClose={close}
      text={text}
      onText={setText}
      groups={groups}
      reading={reading}
      status={reading ? '' : statusOf(asked, servers, count, found?.as === 'report')}
    />
  )
})
