import { z } from 'zod'
import { moment } from './moment.ts'

const size = z.object({ width: z.number().optional(), height: z.number().optional(), duration: z.number().optional() })

/** `MediaAttachment` (contract F.12), without its addresses: media is not fetched. */
const MediaEntity = z.object({
  type: z.enum(['image', 'gifv', 'video', 'audio', 'unknown']).catch('unknown'),
  description: z.string().nullish(),
  meta: z.object({ original: size.optional(), duration: z.number().optional() }).nullish().catch(null),
})

/** `Status` (contract F.11): what is kept as evidence. */
export const PostEntity = z.object({
  id: z.string().min(1).max(64),
  created_at: moment,
  edited_at: moment.nullish(),
  visibility: z.enum(['public', 'unlisted', 'private', 'direct']).or(z.string().transform(() => 'other' as const)),
  language: z.string().nullish(),
  spoiler_text: z.string(),
  sensitive: z.boolean(),
  content: z.string(),
  in_reply_to_id: z.string().nullish(),
  url: z.string().nullish(),
  media_attachments: z.array(MediaEntity).catch([]),
  poll: z
    .object({
      multiple: z.boolean(),
      options: z.array(z.object({ title: z.string(), votes_count: z.number().nullish() })),
    })
    .nullish()
    .catch(null),
})
export type PostEntity = z.infer<typeof PostEntity>

/** A post of a thread, with who wrote it (contract F.11). */
export const ThreadPostEntity = PostEntity.extend({
  account: z.object({ id: z.string(), acct: z.string(), display_name: z.string() }),
  in_reply_to_account_id: z.string().nullish(),
})
export type ThreadPostEntity = z.infer<typeof ThreadPostEntity>

/** Whether a post is to be seen there, and the votes of its poll (contract F.11, F.14). */
export const ShownPostEntity = z.object({
  id: z.string().min(1).max(64),
  poll: z
    .object({ options: z.array(z.object({ votes_count: z.number().int().nullish() })) })
    .nullish()
    .catch(null),
})
export type ShownPostEntity = z.infer<typeof ShownPostEntity>

/** One version of an edited post: `StatusEdit` (contract g), which has no id and no votes. */
export const PostVersionEntity = z.object({
  content: z.string(),
  spoiler_text: z.string(),
  sensitive: z.boolean(),
  created_at: moment,
  media_attachments: z.array(MediaEntity).catch([]),
  poll: z
    .object({ options: z.array(z.object({ title: z.string() })) })
    .nullish()
    .catch(null),
})
export type PostVersionEntity = z.infer<typeof PostVersionEntity>
