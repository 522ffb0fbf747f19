import { z } from 'zod'
import { AdminAccountEntity } from './account.ts'
import { moment } from './moment.ts'
import { once } from './once.ts'
import { PostEntity } from './post.ts'
import { domain, id, username, words } from './text.ts'

/** Of the people around a report only what names them is kept. */
const Person = once(z.object({ id, username, domain: domain.nullable() }))

/** `Admin::Report` (contract F.3). A post that can't be read is dropped from the report, not the report from the page. */
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
  statuses: z.transform((told: unknown, at): PostEntity[] => {
    if (Array.isArray(told)) return told.flatMap(item => PostEntity.safeParse(item).data ?? [])
    at.addIssue({ code: 'custom', message: 'no list' })
    return z.NEVER
  }),
  rules: z
    .array(z.object({ id, text: words }))
    .max(1000)
    .catch([]),
})
export type ReportEntity = z.infer<typeof ReportEntity>
