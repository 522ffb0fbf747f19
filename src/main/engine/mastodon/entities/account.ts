import { z } from 'zod'
import { moment } from './moment.ts'

/** `Account` as embedded (contract F.10): only what the desk shows. */
const AccountEntity = z.object({
  id: z.string(),
  username: z.string(),
  acct: z.string(),
  display_name: z.string(),
  note: z.string(),
  url: z.string().nullish(),
  bot: z.boolean().catch(false),
  followers_count: z.number().int(),
  following_count: z.number().int(),
  statuses_count: z.number().int(),
  last_status_at: z.string().nullish(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })).catch([]),
})

/** `Role` (contract F.8); `permissions` is a decimal string. In accounts 4.0 sends its own record, with numbers (contract F.1). */
const text = z.string().or(z.number().int().transform(String))
const RoleEntity = z.object({ id: text, name: z.string(), permissions: text })

/** `Admin::Account` (contract F.1). Remote accounts have nulls where the server knows nothing (contract K.4). */
export const AdminAccountEntity = z.object({
  id: z.string().min(1).max(64),
  username: z.string(),
  domain: z.string().nullable(),
  created_at: moment.nullable(),
  email: z.string().nullable(),
  ip: z.string().nullable().catch(null),
  role: RoleEntity.nullable().catch(null),
  confirmed: z.boolean().nullable().catch(null),
  approved: z.boolean().nullable().catch(null),
  disabled: z.boolean().nullable(),
  suspended: z.boolean(),
  silenced: z.boolean(),
  sensitized: z.boolean().default(false),
  locale: z.string().nullish().catch(null),
  invite_request: z.string().nullish(),
  created_by_application_id: z.string().nullish().catch(null),
  invited_by_account_id: z.string().nullish().catch(null),
  account: AccountEntity,
})
export type AdminAccountEntity = z.infer<typeof AdminAccountEntity>

/** `CredentialAccount` (contract F.10): who the token belongs to. */
export const CredentialEntity = z.object({
  id: z.string(),
  username: z.string(),
  acct: z.string(),
  role: RoleEntity.nullish(),
})
export type CredentialEntity = z.infer<typeof CredentialEntity>
