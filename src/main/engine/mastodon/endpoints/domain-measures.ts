import type { RequestClass } from '../budget.ts'
import { MeasuresEntity } from '../entities/measure.ts'
import { type Guard, PATIENCE_MS } from '../request.ts'
import type { Session } from '../session.ts'
import { entityIn } from './entity.ts'

const keys = [
  'instance_accounts',
  'instance_follows',
  'instance_followers',
  'instance_reports',
  'instance_statuses',
  'instance_media_attachments',
] as const
/** What is counted of a domain, by the server’s own key. */
export type DomainMeasureKey = (typeof keys)[number]

/**
 * What the server counts of a domain and its subdomains (contract E.9), by key; what it does not know is missing. The totals are of all
 * time, whatever the period. `not-allowed` without the right to its dashboard. masto knows no `include_subdomains`.
 */
export const fetchDomainMeasures = async (
  guard: Guard,
  session: Session,
  domain: string,
  now: number,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Partial<Record<DomainMeasureKey, number>>> => {
  const day = new Date(now).toISOString().slice(0, 10)
  const about = { domain, include_subdomains: true }
  const body = JSON.stringify({
    keys,
    start_at: day,
    end_at: day,
    ...Object.fromEntries(keys.map(key => [key, about])),
  })
  const exchange = await guard.exchange(session, { cls, signal, timeoutMs: PATIENCE_MS.page }, () =>
    fetch(new URL('/api/v1/admin/measures', session.origin), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    }),
  )
  const told = entityIn(exchange, MeasuresEntity)
  // Unknown keys are silently skipped: by name, not by place.
  return Object.fromEntries(
    keys.flatMap(key => {
      const found = told.find(one => one.key === key)
      return found ? [[key, found.total]] : []
    }),
  )
}
