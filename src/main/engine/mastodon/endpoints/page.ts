import { z } from 'zod'
import { Failure } from '../../../../shared/contract/failure.ts'
import type { RequestClass } from '../budget.ts'
import { id } from '../entities/text.ts'
import { jsonOf } from '../outcome.ts'
import { type Guard, PATIENCE_MS } from '../request.ts'
import type { Session } from '../session.ts'
import { type Answered, type Entity, findOne } from './entity.ts'

/**
 * What is asked of a list (contract d): `min` for the items just above an id, `max` for those below, both for those between; `since` for
 * the newest above an id.
 */
export type Ask = { min?: string; max?: string; since?: string; limit: number; cls: RequestClass; signal: AbortSignal }

/**
 * A page of a list, newest first. `ids`: of all items, bad ones too. `bad`: items set aside; `nameless`: those of them without an id.
 * `full`: more may follow. `askedAt`: when the request left.
 */
export type Page = {
  rows: number
  ids: string[]
  bad: number
  nameless: number
  full: boolean
  askedAt: number
  ms: number
}

const Named = z.object({ id })

/** One page of a list of the admin API. Long lists bypass masto: it is six times slower. */
export const listPage = async <Item>(
  guard: Guard,
  session: Session,
  path: string,
  filters: Readonly<Record<string, string>>,
  entity: Entity<Item>,
  asked: Ask,
): Promise<Page & { items: Item[] }> => {
  const url = new URL(path, session.origin)
  for (const [name, value] of Object.entries(filters)) url.searchParams.set(name, value)
  url.searchParams.set('limit', String(asked.limit))
  if (asked.min !== undefined) url.searchParams.set('min_id', asked.min)
  if (asked.max !== undefined) url.searchParams.set('max_id', asked.max)
  if (asked.since !== undefined) url.searchParams.set('since_id', asked.since)
  const exchange = await guard.exchange(
    session,
    { cls: asked.cls, signal: asked.signal, timeoutMs: PATIENCE_MS.page, unread: true },
    () => fetch(url),
  )
  const { json, headers, askedAt, ms } = jsonOf(exchange)
  if (!Array.isArray(json)) throw new Failure('upstream', { reason: 'failure.not-a-list' })
  const ids = json.flatMap(item => Named.safeParse(item).data?.id ?? [])
  const items = json.flatMap(item => entity.safeParse(item).data ?? [])
  // A server may give fewer than asked for; then its Link header says that more follow (contract d).
  const follows = /;\s*rel="?next"?/i.test(headers.get('link') ?? '')
  const full = json.length >= asked.limit || follows
  // Nothing on the page that has a name, and yet more below it: the next page would be this one again, for ever.
  if (full && ids.length === 0) throw new Failure('upstream', { reason: 'failure.no-progress' })
  return {
    items,
    rows: items.length,
    ids,
    bad: json.length - items.length,
    nameless: json.length - ids.length,
    full,
    askedAt,
    ms,
  }
}

/** How a list of the admin API is read where all are alike (contract E.3 to E.7): a page of it, or the one that is there still. */
export const listOf = <Item>(path: string, entity: Entity<Item>) => ({
  list: async (guard: Guard, session: Session, asked: Ask): Promise<Page & { items: Item[] }> =>
    await listPage(guard, session, path, {}, entity, asked),
  find: async (
    guard: Guard,
    session: Session,
    id: string,
    cls: RequestClass,
    signal: AbortSignal,
  ): Promise<Answered<Item | undefined>> =>
    await findOne(guard, session, `${path}/${encodeURIComponent(id)}`, entity, cls, signal),
})
