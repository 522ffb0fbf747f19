import { Failure } from '../../../../shared/contract/failure.ts'
import { PostVersionEntity, ShownPostEntity, ThreadPostEntity } from '../entities/post.ts'
import { jsonOf } from '../outcome.ts'
import { type Guard, PATIENCE_MS } from '../request.ts'
import type { Session } from '../session.ts'

/** Posts that one request may ask for by their ids (contract g), since 4.3. */
const AT_ONCE = 20
const MANY_SINCE = 403
/** Before 4.3 each is a request of its own; a person's own browser needs the rest of the budget. */
const MOST_ALONE = 5

const read = async (guard: Guard, session: Session, path: string, signal: AbortSignal): Promise<unknown> => {
  const limits = { cls: 'interactive' as const, signal, timeoutMs: PATIENCE_MS.single }
  return jsonOf(await guard.exchange(session, limits, () => fetch(new URL(path, session.origin)))).json
}

const pathOf = (post: string, part = '') => `/api/v1/statuses/${encodeURIComponent(post)}${part}`

/**
 * Which of these posts the server shows to the signed-in account (contract g): `asked` are those it was asked for, all of them since 4.3.
 * What is asked for and not shown is deleted or hidden from us; the server does not tell which (contract K.16).
 */
export const findShownPosts = async (
  guard: Guard,
  session: Session,
  posts: readonly string[],
  signal: AbortSignal,
): Promise<{ asked: readonly string[]; shown: ShownPostEntity[] }> => {
  if (session.release < MANY_SINCE) {
    const asked = posts.slice(0, MOST_ALONE)
    const found: ShownPostEntity[] = []
    for (const post of asked) {
      try {
        found.push(ShownPostEntity.parse(await read(guard, session, pathOf(post), signal)))
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== 'not-found') throw error
      }
    }
    return { asked, shown: found }
  }
  const shown: ShownPostEntity[] = []
  for (let from = 0; from < posts.length; from += AT_ONCE) {
    const query = posts.slice(from, from + AT_ONCE).map(post => `id[]=${encodeURIComponent(post)}`)
    const json = await read(guard, session, `/api/v1/statuses?${query.join('&')}`, signal)
    if (!Array.isArray(json)) throw new Failure('upstream', { reason: 'failure.not-a-list' })
    shown.push(...json.flatMap(item => ShownPostEntity.safeParse(item).data ?? []))
  }
  return { asked: posts, shown }
}

/** What stands before and after a post, in the server's order (contract g). `not-found` where it is deleted or hidden from us. */
export const fetchThread = async (
  guard: Guard,
  session: Session,
  post: string,
  signal: AbortSignal,
): Promise<{ before: ThreadPostEntity[]; after: ThreadPostEntity[] }> => {
  const json = await read(guard, session, pathOf(post, '/context'), signal)
  if (typeof json !== 'object' || json === null || !('ancestors' in json) || !('descendants' in json))
    throw new Failure('upstream', { reason: 'failure.not-an-entity' })
  const postsIn = (list: unknown) =>
    Array.isArray(list) ? list.flatMap(item => ThreadPostEntity.safeParse(item).data ?? []) : []
  return { before: postsIn(json.ancestors), after: postsIn(json.descendants) }
}

/** Every version of a post, oldest first (contract g); one where it was never edited. `not-found` where it is deleted or hidden from us. */
export const fetchVersions = async (
  guard: Guard,
  session: Session,
  post: string,
  signal: AbortSignal,
): Promise<PostVersionEntity[]> => {
  const json = await read(guard, session, pathOf(post, '/history'), signal)
  if (!Array.isArray(json)) throw new Failure('upstream', { reason: 'failure.not-a-list' })
  return json.flatMap(item => PostVersionEntity.safeParse(item).data ?? [])
}
