import { Failure } from '../../../shared/contract/failure.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import { type PostVersion, type posts, THREAD_LENGTH } from '../../../shared/contract/posts.ts'
import { askServer } from '../ask-server.ts'
import type { Context } from '../context.ts'
import type { ReadDb } from '../db/handle.ts'
import { copiesOf } from '../evidence/table.ts'
import { fetchOwnAccount } from '../mastodon/endpoints/accounts.ts'
import { fetchThread, fetchVersions, findShownPosts } from '../mastodon/endpoints/posts.ts'
import type { Session } from '../mastodon/session.ts'
import { checkIdentity } from '../servers/standing.ts'
import { readContent } from './content.ts'
import { KeptPost, keptMedia } from './kept-post.ts'
import { noteLook } from './look.ts'
import { findKeptPost } from './table.ts'
import { threadPosts } from './thread.ts'

/** The versions of a post that are kept here, oldest first. */
const keptVersions = (db: ReadDb, server: string, post: string): PostVersion[] =>
  copiesOf(db, server, post).flatMap(copy => {
    const kept = KeptPost.safeParse(JSON.parse(copy.post))
    if (!kept.success) return []
    const { html, editedAt, createdAt, warning, sensitive, media, poll } = kept.data
    return {
      at: editedAt ?? createdAt,
      warning,
      sensitive,
      content: readContent(html),
      media,
      options: poll?.options.map(option => option.title) ?? [],
    }
  })

const isGone = (error: unknown) => error instanceof Failure && error.code === 'not-found'

/**
 * What a server does not show says something only where it knows who asks: a proxy that takes the token out of a request leaves a stranger
 * (security.md F26). Fails where it does not.
 */
const sureOfUs = async (context: Context, session: Session, signal: AbortSignal): Promise<void> => {
  const { id, acct } = await fetchOwnAccount(context.guard, session, signal)
  checkIdentity(context, session, { account: id, acct })
}

/** Asks for something of a post; `not-found` only from a server that knows who asks. */
const askOfPost = async <T>(
  context: Context,
  session: Session,
  signal: AbortSignal,
  ask: () => Promise<T>,
): Promise<T> => {
  try {
    return await ask()
  } catch (error) {
    if (isGone(error)) await sureOfUs(context, session, signal)
    throw error
  }
}

/** What is asked of a server about single posts: whether they are still there, their versions, what stands around them. Nothing of it is kept but that. */
export const postsHandlers = (context: Context): Handlers<typeof posts, unknown> => {
  const { gate, guard, clock } = context
  return {
    'posts.look': async ({ server, posts: wanted }, { signal }) => {
      const held = gate.read(db => wanted.filter(post => findKeptPost(db, server, post)))
      if (held.length === 0) return {}
      const { asked, shown } = await askServer(context, server, signal, async (session, until) => {
        const found = await findShownPosts(guard, session, held, until)
        if (found.shown.length < found.asked.length) await sureOfUs(context, session, until)
        return found
      })
      const byId = new Map(shown.map(post => [post.id, post]))
      gate.write(['posts'], db => {
        for (const post of asked) {
          const votes = byId.get(post)?.poll?.options.map(option => option.votes_count ?? null) ?? null
          noteLook(db, server, post, { shown: byId.has(post), votes }, clock.now())
        }
      })
      return {}
    },
    'posts.versions': async ({ server, post }, { signal }) => {
      try {
        const found = await askServer(context, server, signal, (session, until) =>
          askOfPost(context, session, until, () => fetchVersions(guard, session, post, until)),
        )
        const versions = found.map(version => ({
          at: version.created_at,
          warning: version.spoiler_text,
          sensitive: version.sensitive,
          content: readContent(version.content),
          media: keptMedia(version.media_attachments),
          options: version.poll?.options.map(option => option.title) ?? [],
        }))
        return { versions, from: 'server', failure: null }
      } catch (error) {
        if (!(error instanceof Failure) || error.code === 'cancelled') throw error
        const versions = gate.read(db => keptVersions(db, server, post))
        const { code, detail } = isGone(error) ? new Failure('not-found', { reason: 'failure.post-hidden' }) : error
        if (versions.length === 0) throw new Failure(code, detail)
        return { versions, from: 'here', failure: { code, detail } }
      }
    },
    'posts.thread': async ({ server, post }, { signal }) => {
      try {
        const { before, after } = await askServer(context, server, signal, (session, until) =>
          askOfPost(context, session, until, () => fetchThread(guard, session, post, until)),
        )
        const answering = new Map([...before, ...after].map(one => [one.account.id, one.account.acct]))
        const shown = { before: before.slice(-THREAD_LENGTH), after: after.slice(0, THREAD_LENGTH) }
        return {
          before: threadPosts(shown.before, answering),
          after: threadPosts(shown.after, answering),
          left: before.length + after.length - shown.before.length - shown.after.length,
        }
      } catch (error) {
        if (isGone(error)) throw new Failure('not-found', { reason: 'failure.post-hidden' })
        throw error
      }
    },
  }
}
