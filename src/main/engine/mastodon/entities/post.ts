import { z } from 'zod'
import { moment } from './moment.ts'
import { some } from './some.ts'
import { acct, address, content, id, name, words } from './text.ts'

const size = z.object({ width: z.number().optional(), height: z.number().optional(), duration: z.number().optional() })

/** `MediaAttachment` (contract F.12), without its addresses: media is not fetched. */
const MediaEntity = z.object({
  type: z.enum(['image', 'gifv', 'video', 'audio', 'unknown']).catch('unknown'),
  description: words.nullish(),
  meta: z.object({ original: size.optional(), duration: z.number().optional() }).nullish().catch(null),
})

/** What cannot be read of one still tells that it is there. */
const attachments = some(MediaEntity.or(z.unknown().transform(() => MediaEntity.parse({}))), 200)

/** `Status` (contract F.11): what is kept as evidence. */
export const PostEntity = z.object({
  id,
  created_at: moment,
  edited_at: moment.nullish(),
  visibility: z.enum(['public', 'unlisted', 'private', 'direct']).or(z.string().transform(() => 'other' as const)),
  language: z.string().max(64).nullish().catch(null),
  spoiler_text: words,
  sensitive: z.boolean(),
  content,
  in_reply_to_id: id.nullish(),
  url: address,
  media_attachments: attachments,
  poll: z
    .object({
      multiple: z.boolean(),
      options: some(z.object({ title: name, votes_count: z.number().nullish().catch(null) }), 500),
    })
    .nullish()
    .catch(null),
})
export type PostEntity = z.infer<typeof PostEntity>

/** A post of a thread, with who wrote it (contract F.11). */
export const ThreadPostEntity = PostEntity.extend({
  account: z.object({ id, acct, display_name: name }),
  in_reply_to_account_id: id.nullish(),
})
export type ThreadPostEntity = z.infer<typeof ThreadPostEntity>

/** Whether a post is to be seen there, and the votes of its poll (contract F.11, F.14). */
export const ShownPostEntity = z.object({
  id,
  poll: z
    .object({ options: z.array(z.object({ votes_count: z.int().nullish() })).max(500) })
    .nullish()
    .catch(null),
})
export type ShownPostEntity = z.infer<typeof ShownPostEntity>

/** One version of an edited post: `StatusEdit` (contract g), which has no id and no votes. */
export const PostVersionEntity = z.object({
  content,
  spoiler_text: words,
  sensitive: z.boolean(),
  created_at: moment,
  media_attachments: attachments,
  poll: z
    .object({ options: z.array(z.object({ title: name })).max(500) })
    .nullish()
    .catch(null),
})
export type PostVersionEntity = z.infer<typeof PostVersionEntity>
