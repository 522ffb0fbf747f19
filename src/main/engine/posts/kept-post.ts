import { z } from 'zod'
import type { PostEntity } from '../mastodon/entities/post.ts'

/** A post as it is stored, in evidence and mirror alike: what was said, never where its media lies. */
export const KeptPost = z.object({
  createdAt: z.number(),
  editedAt: z.number().nullable(),
  visibility: z.enum(['public', 'unlisted', 'private', 'direct', 'other']),
  language: z.string().nullable(),
  warning: z.string(),
  sensitive: z.boolean(),
  html: z.string(),
  media: z.array(
    z.object({
      type: z.enum(['image', 'gifv', 'video', 'audio', 'unknown']),
      width: z.number().nullable(),
      height: z.number().nullable(),
      duration: z.number().nullable(),
      description: z.string().nullable(),
    }),
  ),
  poll: z
    .object({ multiple: z.boolean(), options: z.array(z.object({ title: z.string(), votes: z.number().nullable() })) })
    .nullable(),
  isReply: z.boolean(),
  url: z.string().nullable(),
})
export type KeptPost = z.infer<typeof KeptPost>

/** The address when a browser may open it, else nothing. */
export const webAddress = (address: string | null | undefined): string | null => {
  const url = URL.parse(address ?? '')
  return url && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' ? url.href : null
}

/** What is known of attachments without fetching them. */
export const keptMedia = (media: PostEntity['media_attachments']): KeptPost['media'] =>
  media.map(({ type, description, meta }) => ({
    type,
    width: meta?.original?.width ?? null,
    height: meta?.original?.height ?? null,
    duration: meta?.original?.duration ?? meta?.duration ?? null,
    description: description ?? null,
  }))

/** Theirs to ours. Votes are left out: they move, and would make a new copy of the evidence each time. */
export const keptPost = (post: PostEntity): KeptPost => ({
  createdAt: post.created_at,
  editedAt: post.edited_at ?? null,
  visibility: post.visibility,
  language: post.language ?? null,
  warning: post.spoiler_text,
  sensitive: post.sensitive,
  html: post.content,
  media: keptMedia(post.media_attachments),
  poll: post.poll
    ? { multiple: post.poll.multiple, options: post.poll.options.map(({ title }) => ({ title, votes: null })) }
    : null,
  isReply: (post.in_reply_to_id ?? null) !== null,
  url: webAddress(post.url),
})
