import { z } from 'zod'
import { AdminAccountEntity } from './account.ts'
import { moment } from './moment.ts'
import { once } from './once.ts'
import { PostEntity } from './post.ts'
import { some } from './some.ts'
import { domain, id, username, words } from './text.ts'

/** Of the people around a report only what names them is kept. */
const Person = once(z.object({ id, username, domain: domain.nullable() }))

const NamedPost = z.object({ id })

/** The posts of a report: `read`, and the ids of all that have one, for what cannot be read was reported all the same. */
export type ReportedPosts = { read: PostEntity[]; ids: string[] }

/** `Admin::Report` (contract F.3). A post that can't be read takes neither the report nor its other posts with it. */
export const ReportEntity = z.object({
  id,
  action_taken: z.boolean(),
  action_taken_at: moment.nullish(),
  category: z.enum(['legal', 'violation', 'spam', 'other']).catch('other'),
  comment: words,
  forwarded: z.boolean().nullish(),
  created_at: moment,
  updated_at: moment,
  account: Person.nullable(),
  target_account: once(AdminAccountEntity),
  assigned_account: Person.nullish(),
  action_taken_by_account: Person.nullish(),
  statuses: z.transform((told: unknown, at): ReportedPosts => {
    if (Array.isArray(told)) {
      const read = told.flatMap(item => PostEntity.safeParse(item).data ?? [])
      const all = read.length === told.length
      return {
        read,
        ids: all ? read.map(post => post.id) : told.flatMap(item => NamedPost.safeParse(item).data?.id ?? []),
      }
    }
    at.addIssue({ code: 'custom', message: 'no list' })
    return z.NEVER
  }),
  rules: some(z.object({ id, text: words }), 1000),
})
export type ReportEntity = z.infer<typeof ReportEntity>
