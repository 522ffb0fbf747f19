import { Failure } from '../../../../shared/contract/failure.ts'
import type { RequestClass } from '../budget.ts'
import { jsonOf } from '../outcome.ts'
import { type Exchange, type Guard, PATIENCE_MS } from '../request.ts'
import type { Session } from '../session.ts'

/** What reads the fields we use of something a server answered: a zod schema. */
export type Entity<Item> = { safeParse(item: unknown): { data?: Item } }

/** The entity that an answer holds. Fails as the answer says; with `upstream` where it is none. */
export const entityIn = <Item>(exchange: Exchange, entity: Entity<Item>): Item => {
  const { data } = entity.safeParse(jsonOf(exchange).json)
  if (data === undefined) throw new Failure('upstream', { reason: 'failure.not-an-entity' })
  return data
}

/** What an answer is that is none of use, though it came. */
const unreadable = ['failure.not-an-entity', 'failure.not-a-list', 'failure.no-progress', 'failure.too-large']

/** True where the server answers, but not with this: it cannot be read, or the server itself fails on it. All else there may be well. */
export const isOfOne = ({ detail }: Failure): boolean =>
  detail.status === 500 || unreadable.includes(String(detail.reason))

/** What a server answered, and when it was asked, in ms: when the request left, however long it had waited for its turn. */
export type Answered<Item> = { item: Item; askedAt: number }

/** The entity that an answer holds, as of then. Fails like `entityIn`. */
export const answeredBy = <Item>(exchange: Exchange, entity: Entity<Item>): Answered<Item> => {
  const item = entityIn(exchange, entity)
  return { item, askedAt: jsonOf(exchange).askedAt }
}

/** The same, or nothing when the server no longer has it. */
export const answeredOrGone = <Item>(exchange: Exchange, entity: Entity<Item>): Answered<Item | undefined> =>
  exchange.fate === 'answered' && exchange.status === 404 && exchange.json !== undefined
    ? { item: undefined, askedAt: exchange.askedAt }
    : answeredBy(exchange, entity)

/** One entity by its address, or nothing when the server no longer has it. */
export const findOne = async <Item>(
  guard: Guard,
  session: Session,
  path: string,
  entity: Entity<Item>,
  cls: RequestClass,
  signal: AbortSignal,
): Promise<Answered<Item | undefined>> => {
  const url = new URL(path, session.origin)
  const exchange = await guard.exchange(session, { cls, signal, timeoutMs: PATIENCE_MS.single }, () => fetch(url))
  return answeredOrGone(exchange, entity)
}
