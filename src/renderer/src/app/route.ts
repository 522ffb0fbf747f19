import { Severity } from '../../../shared/contract/domains.ts'
import { RemoteId, ServerKey, type Target } from '../../../shared/contract/ids.ts'
import { type Queue, queues } from '../features/reports/queue.ts'

/** Where one is. It stands in the address after `#`, so that reload, back and forward keep their meaning. */
export type Route =
  | { screen: 'reports'; queue: Queue; server: ServerKey | null; view?: string | undefined }
  | { screen: 'signups' | 'log' | 'settings' | 'needs' | 'blocks' | 'trends' | 'handover' }
  | { screen: 'domains'; server: ServerKey | null; domain: string | null; severity?: Severity | undefined }
  | { screen: 'accounts'; server: ServerKey | null; account: Target | null }
  | { screen: 'sign-in'; url: string; server?: ServerKey | undefined }

const plain = ['signups', 'log', 'settings', 'needs', 'blocks', 'trends', 'handover'] as const

/** The place that an address names; the reports where it names none. */
export const readRoute = (hash: string): Route => {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?')
  const query = new URLSearchParams(search)
  const [screen, queue] = path.split('/')
  const server = ServerKey.safeParse(query.get('server'))
  if (screen === 'sign-in') return { screen, url: query.get('url') ?? '', server: server.data }
  if (screen === 'domains')
    return {
      screen,
      server: server.data ?? null,
      domain: query.get('domain'),
      severity: Severity.safeParse(query.get('severity')).data,
    }
  if (screen === 'accounts') {
    const [on, id] = [ServerKey.safeParse(query.get('on')), RemoteId.safeParse(query.get('account'))]
    const account = on.success && id.success ? { server: on.data, id: id.data } : null
    return { screen, server: server.data ?? null, account }
  }
  const other = plain.find(each => each === screen)
  if (other) return { screen: other }
  return {
    screen: 'reports',
    queue: queues.find(each => each === queue) ?? 'reports',
    server: server.success ? server.data : null,
    ...(query.get('view') ? { view: query.get('view') ?? undefined } : {}),
  }
}

/** The address of a place. */
export const hrefOf = (route: Route): string => {
  if (route.screen === 'sign-in') {
    const again = { ...(route.url === '' ? {} : { url: route.url }), ...(route.server ? { server: route.server } : {}) }
    return `#/sign-in${route.url === '' ? '' : `?${new URLSearchParams(again)}`}`
  }
  if (route.screen === 'domains') {
    const asked = {
      ...(route.server === null ? {} : { server: route.server }),
      ...(route.domain === null ? {} : { domain: route.domain }),
      ...(route.severity ? { severity: route.severity } : {}),
    }
    return Object.keys(asked).length === 0 ? '#/domains' : `#/domains?${new URLSearchParams(asked)}`
  }
  if (route.screen === 'accounts') {
    const asked = new URLSearchParams({
      ...(route.server === null ? {} : { server: route.server }),
      ...(route.account === null ? {} : { on: route.account.server, account: route.account.id }),
    })
    return asked.size === 0 ? '#/accounts' : `#/accounts?${asked}`
  }
  if (route.screen !== 'reports') return `#/${route.screen}`
  const path = route.queue === 'reports' ? '#/reports' : `#/reports/${route.queue}`
  const { server, view } = route
  const asked = new URLSearchParams({ ...(server === null ? {} : { server }), ...(view ? { view } : {}) })
  return asked.size === 0 ? path : `${path}?${asked}`
}

/** The one server in view, where it is one. */
export const viewOf = (route: Route): ServerKey | null =>
  route.screen === 'reports' || route.screen === 'accounts' ? route.server : null
