import { z } from 'zod'
import { FailureCode, FailureDetail } from './failure.ts'
import { RemoteId, ServerKey, Time } from './ids.ts'
import { command } from './method.ts'

/** Elements that a text may keep; everything else is dropped, its text stays. */
export const ContentTag = z.enum([
  'p',
  'br',
  'span',
  'strong',
  'em',
  'del',
  'u',
  'code',
  'pre',
  'blockquote',
  'ul',
  'ol',
  'li',
  'h',
  'mention',
  'hashtag',
])
export type ContentTag = z.infer<typeof ContentTag>

/**
 * Server HTML as a tree of known parts: text, an element, or a link. A link carries its address only when it may be opened
 * (http, https); `shown` says that the visible text names another place than the address does.
 */
export type ContentNode =
  | string
  | { tag: ContentTag; kids: ContentNode[] }
  | { tag: 'a'; href: string | null; misleads: boolean; kids: ContentNode[] }
export const ContentNode: z.ZodType<ContentNode> = z.lazy(() =>
  z.union([
    z.string(),
    z.object({ tag: ContentTag, kids: z.array(ContentNode) }),
    z.object({ tag: z.literal('a'), href: z.string().nullable(), misleads: z.boolean(), kids: z.array(ContentNode) }),
  ]),
)
/** `cut` is true when the text was longer, deeper or had more parts than is shown. */
export const Content = z.object({ nodes: z.array(ContentNode), cut: z.boolean() })
export type Content = z.infer<typeof Content>

/** What is known of an attachment without fetching it. */
export const Media = z.object({
  type: z.enum(['image', 'gifv', 'video', 'audio', 'unknown']),
  width: z.number().nullable(),
  height: z.number().nullable(),
  /** Seconds. */
  duration: z.number().nullable(),
  description: z.string().nullable(),
})
export type Media = z.infer<typeof Media>

/**
 * Whether a post is still on its server. `there`: it was shown to us. `hidden`: it was public and is not shown any more, so deleted or
 * hidden from us; the server does not tell which (contract K.16). `untold`: only some may see it, so it can't be known. `account-suspended`:
 * its account is, and nothing of it is shown. `out`: its report does not hold it any more: deleted for good, or taken out of the report.
 */
const PostStanding = z.enum(['there', 'hidden', 'untold', 'account-suspended', 'out', 'not-looked'])

const Poll = z.object({
  options: z.array(z.object({ title: z.string(), votes: z.number().nullable() })),
  multiple: z.boolean(),
})

/** A reported post, as kept when it was last seen. */
export const Post = z.object({
  id: RemoteId,
  createdAt: Time,
  editedAt: Time.nullable(),
  visibility: z.enum(['public', 'unlisted', 'private', 'direct', 'other']),
  /** BCP 47, as the author said. */
  language: z.string().nullable(),
  /** The content warning; empty when there is none. */
  warning: z.string(),
  sensitive: z.boolean(),
  content: Content,
  media: z.array(Media),
  /** Votes as last looked at. */
  poll: Poll.nullable(),
  isReply: z.boolean(),
  /** The post's own page, http or https only. */
  url: z.string().nullable(),
  /** When this copy was taken. */
  seenAt: Time,
  /** In how many of the reports of this case it stands. */
  reports: z.int(),
  standing: PostStanding,
  /** When the server was last asked for it. */
  lookedAt: Time.nullable(),
  /** How many different versions are kept here. */
  copies: z.int(),
  /** Its page in the server's web admin: only there it can be deleted. */
  webAdmin: z.string(),
})
export type Post = z.infer<typeof Post>

/**
 * The posts of a case, at most sixty at first. `postsLeft`: how many more were reported; `postsUnread`: how many beside these were told by
 * the server in a way that cannot be read.
 */
export const Reported = z.object({ posts: z.array(Post), postsLeft: z.int(), postsUnread: z.int() })

/** One version of a post that was edited. */
const PostVersion = z.object({
  at: Time,
  warning: z.string(),
  sensitive: z.boolean(),
  content: Content,
  media: z.array(Media),
  /** Titles of its poll's options. */
  options: z.array(z.string()),
})
export type PostVersion = z.infer<typeof PostVersion>

/** A post around a reported one, as its server shows it to the signed-in account. Nothing of it is kept. */
const ThreadPost = z.object({
  id: RemoteId,
  author: z.object({ id: RemoteId, acct: z.string(), displayName: z.string() }),
  /** Whom it answers, such as `ada@weide.example`, where that one stands in the thread too. */
  answers: z.string().nullable(),
  /** The post that it answers. */
  answersPost: RemoteId.nullable(),
  createdAt: Time,
  edited: z.boolean(),
  language: z.string().nullable(),
  warning: z.string(),
  content: Content,
  media: z.array(Media),
  poll: Poll.nullable(),
})
export type ThreadPost = z.infer<typeof ThreadPost>

/** The most posts of a thread that are shown on each side of a post. */
export const THREAD_LENGTH = 60

/** The reported posts that a case shows at first, and how many more of them at a time. */
export const REPORTED_LENGTH = 60

const OnePost = z.object({ server: ServerKey, post: RemoteId })

/** What may be asked about posts. */
export const posts = {
  /** Asks the server which of these posts, which are kept here, it still shows; the case then says so. */
  'posts.look': command(z.object({ server: ServerKey, posts: z.array(RemoteId).max(60) }), z.object({})),
  /**
   * Every version of a post, oldest first: the server's, or where it gives none those that are kept here, with the reason. `not-found`
   * when there are neither.
   */
  'posts.versions': command(
    OnePost,
    z.object({
      versions: z.array(PostVersion),
      from: z.enum(['server', 'here']),
      failure: z.object({ code: FailureCode, detail: FailureDetail }).nullable(),
    }),
  ),
  /**
   * What stands around a post, nearest the post where there is more than is shown (`left` counts those). `not-found` with reason
   * `failure.post-hidden` where the server shows it to us no more.
   */
  'posts.thread': command(
    OnePost,
    z.object({ before: z.array(ThreadPost), after: z.array(ThreadPost), left: z.int() }),
  ),
}
