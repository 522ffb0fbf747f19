/** What of a request decides whether it is heard. `headers` are as they came: name, value, name, value … */
export type Knock = { method: string; target: string; headers: readonly string[]; upgrade: boolean }

/** What the door says to a knock: turned away with a status, or the path (with its query) that may now be answered. */
export type Verdict = { refused: 421 | 405 | 403 | 404 } | { path: string; code: string | null }

/** Where the page's socket is. */
const SOCKET_PATH = '/wire'

const valuesOf = (headers: readonly string[], name: string): string[] =>
  headers.filter((_, index) => index % 2 === 1 && headers[index - 1]?.toLowerCase() === name)

/** Where a request may come from, in the browser's words. */
const welcomeSites = ({ upgrade, target, headers }: Knock): readonly string[] => {
  const says = (name: string, value: string) => valuesOf(headers, name).join() === value
  const isPage = says('sec-fetch-mode', 'navigate') && says('sec-fetch-dest', 'document')
  if (upgrade || !isPage) return ['same-origin']
  if (target.startsWith('/callback?')) return ['same-origin', 'none', 'same-site', 'cross-site']
  return target === '/' || target.startsWith('/?code=') ? ['same-origin', 'none'] : ['same-origin']
}

/**
 * The rule of the loopback door, in this order.
 * 421: exactly one `Host`, byte for byte ours, and no absolute address as target. A page of another name that resolves to this
 *      computer (DNS rebinding) ends here.
 * 405: nothing but GET.
 * 403: `Sec-Fetch-Site`, where a browser says it, is `same-origin`, or `none` for the page itself, which a person opens; `Origin`, where
 *      said, is exactly ours. A socket must say `Origin`. Alone the return of a sign-in (`/callback?…`) may come from another site,
 *      since a server sends the browser there. What comes from elsewhere than the page comes as a whole page, never into a frame.
 * 404: a socket elsewhere than at its place.
 */
export const judge = (knock: Knock, host: string): Verdict => {
  const hosts = valuesOf(knock.headers, 'host')
  if (hosts.length !== 1 || hosts[0] !== host || !knock.target.startsWith('/')) return { refused: 421 }
  if (knock.method !== 'GET') return { refused: 405 }
  const sites = valuesOf(knock.headers, 'sec-fetch-site')
  const origins = valuesOf(knock.headers, 'origin')
  const welcome = welcomeSites(knock)
  if (sites.length > 1 || sites.some(site => !welcome.includes(site))) return { refused: 403 }
  if (origins.length > 1 || origins.some(origin => origin !== `http://${host}`)) return { refused: 403 }
  if (knock.upgrade && origins.length === 0) return { refused: 403 }
  if (knock.upgrade && knock.target !== SOCKET_PATH) return { refused: 404 }
  const code = /^\/\?code=([A-Za-z0-9_-]{1,200})$/.exec(knock.target)?.[1] ?? null
  return { path: code === null ? knock.target : '/', code }
}

/** The values that a request's cookies give to a name: a browser may send several of one name, from other doors of this computer. */
export const cookiesOf = (headers: readonly string[], name: string): string[] =>
  valuesOf(headers, 'cookie')
    .flatMap(line => line.split(';'))
    .map(pair => pair.trim())
    .filter(pair => pair.startsWith(`${name}=`))
    .map(pair => pair.slice(name.length + 1))
