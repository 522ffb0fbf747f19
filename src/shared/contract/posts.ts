import { z } from 'zod'
import { RemoteId, Time } from './ids.ts'

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
  poll: z
    .object({ options: z.array(z.object({ title: z.string(), votes: z.number().nullable() })), multiple: z.boolean() })
    .nullable(),
  isReply: z.boolean(),
  /** The post's own page, http or https only. */
  url: z.string().nullable(),
  /** When this copy was taken. */
  seenAt: Time,
  /** In how many of the reports of this case it stands. */
  reports: z.number().int(),
})
export type Post = z.infer<typeof Post>
