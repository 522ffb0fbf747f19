/** Rate limits: contract (c). Fixed windows aligned to 1970; the count includes the current request. */
import type { Release } from '../releases/release.ts'

/** A request as the throttles see it. */
export type Counted = {
  readonly now: number
  readonly method: string
  readonly path: string
  readonly ip: string
  readonly userId: string | null
  readonly tokenId: string | null
  /** A non-empty `page`, `min_id`, `max_id` or `since_id` was sent. */
  readonly paging: boolean
}

/** A throttle's state after a request. */
export type Count = { readonly limit: number; readonly count: number; readonly period: number }

type Throttle = {
  readonly name: string
  readonly limit: number
  readonly period: number
  readonly key: (request: Counted) => string | null
}

const minute = 60_000

/** IPv6 addresses count by their /64. */
function addressKey(ip: string): string {
  if (!ip.includes(':') || ip.includes('.')) return ip.replace('::ffff:', '')
  const [head = '', tail] = ip.split('::')
  const left = head.split(':')
  const groups = tail === undefined ? left : [...left, ...Array<string>(8).fill('0')]
  return groups.slice(0, 4).join(':')
}

function throttlesOf(release: Release): Throttle[] {
  const { perToken, appRegistration } = release.throttles
  const isApi = (request: Counted): boolean => request.path.startsWith('/api')
  const address = (request: Counted): string | null => (request.userId === null ? addressKey(request.ip) : null)
  const all: (Throttle | false)[] = [
    { name: 'authenticated', limit: perToken ? 1500 : 300, period: 5 * minute, key: r => (isApi(r) ? r.userId : null) },
    perToken && { name: 'token', limit: 300, period: 5 * minute, key: r => (isApi(r) ? r.tokenId : null) },
    { name: 'unauthenticated', limit: 300, period: 5 * minute, key: r => (isApi(r) ? address(r) : null) },
    {
      name: 'media',
      limit: 30,
      period: 30 * minute,
      key: r => (r.method === 'POST' && /^\/api\/v\d+\/media$/.test(r.path) ? r.userId : null),
    },
    {
      name: 'media-proxy',
      limit: 30,
      period: 10 * minute,
      key: r => (r.path.startsWith('/media_proxy') ? addressKey(r.ip) : null),
    },
    { name: 'paging', limit: 300, period: 15 * minute, key: r => (r.paging ? r.userId : null) },
    { name: 'unauthenticated-paging', limit: 300, period: 15 * minute, key: r => (r.paging ? address(r) : null) },
    {
      name: 'status-delete',
      limit: 30,
      period: 30 * minute,
      key: r =>
        (r.method === 'DELETE' && /^\/api\/v1\/statuses\/\d+$/.test(r.path)) ||
        (r.method === 'POST' && /^\/api\/v1\/statuses\/\d+\/unreblog$/.test(r.path))
          ? r.userId
          : null,
    },
    appRegistration && {
      name: 'applications',
      limit: 5,
      period: 10 * minute,
      key: r => (r.method === 'POST' && r.path === '/api/v1/apps' ? addressKey(r.ip) : null),
    },
    {
      name: 'sign-in',
      limit: 25,
      period: 5 * minute,
      key: r => (r.method === 'POST' && r.path === '/oauth/authorize' ? addressKey(r.ip) : null),
    },
  ]
  return all.filter(throttle => throttle !== false)
}

/** Counts requests. */
export class Throttles {
  private readonly throttles: readonly Throttle[]
  private readonly release: Release
  private readonly windows = new Map<string, { window: number; count: number }>()
  enabled: boolean

  constructor(release: Release, enabled: boolean) {
    this.release = release
    this.throttles = throttlesOf(release)
    this.enabled = enabled
  }

  private count(name: string, key: string, limit: number, period: number, now: number): Count {
    const window = Math.floor(now / period)
    const id = `${name} ${key}`
    const known = this.windows.get(id)
    const count = known?.window === window ? known.count + 1 : 1
    this.windows.set(id, { window, count })
    return { limit, count, period }
  }

  /** Counts a request: what it came to in each throttle that matched, up to the first that is exceeded. */
  check(request: Counted): readonly Count[] {
    if (!this.enabled) return []
    if (this.release.throttles.exemptLoopback && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip))
      return []
    const counts: Count[] = []
    for (const throttle of this.throttles) {
      const key = throttle.key(request)
      if (key === null) continue
      const count = this.count(throttle.name, key, throttle.limit, throttle.period, request.now)
      counts.push(count)
      if (isExceeded(count)) break
    }
    return counts
  }

  /** Counts a filed report: 400 in 24 hours an account; its numbers replace the others in the headers. */
  checkReport(accountId: string, now: number): Count | null {
    return this.enabled ? this.count('reports', accountId, 400, 24 * 60 * minute, now) : null
  }

  /** Starts all windows anew: for tests. */
  clear(): void {
    this.windows.clear()
  }
}

/** The request was one too many. */
export function isExceeded(count: Count): boolean {
  return count.count > count.limit
}

/** The three headers: of the throttle with the smallest remaining count. */
export function rateHeaders(counts: readonly Count[], now: number): Record<string, string> {
  const [nearest] = [...counts].sort((a, b) => a.limit - a.count - (b.limit - b.count))
  if (nearest === undefined) return {}
  const end = (Math.floor(now / nearest.period) + 1) * nearest.period
  // Six decimals, and the fraction is that of the current time: up to a second after the true boundary.
  const fraction = String(now % 1000).padStart(3, '0')
  return {
    'x-ratelimit-limit': String(nearest.limit),
    'x-ratelimit-remaining': String(Math.max(0, nearest.limit - nearest.count)),
    'x-ratelimit-reset': `${new Date(end).toISOString().slice(0, 19)}.${fraction}000Z`,
  }
}
