import { z } from 'zod'
import { moment } from './moment.ts'
import { some } from './some.ts'
import { acct, address, cut, domain, id, name, username, words } from './text.ts'

/** `Account` as embedded (contract F.10): only what the desk shows. */
const AccountEntity = z.object({
  id,
  username,
  acct,
  display_name: name,
  note: words,
  url: address,
  bot: z.boolean().catch(false),
  followers_count: z.int(),
  following_count: z.int(),
  statuses_count: z.int(),
  last_status_at: z.string().max(64).nullish().catch(null),
  fields: some(z.object({ name, value: words }), 200),
})

/** `Role` (contract F.8); `permissions` is a decimal string. In accounts 4.0 sends its own record, with numbers (contract F.1). */
const text = z.string().max(64).or(z.int().transform(String))
const RoleEntity = z.object({ id: text, name: cut(200), permissions: text })

/** `Admin::Account` (contract F.1). Remote accounts have nulls where the server knows nothing (contract K.4). */
export const AdminAccountEntity = z.object({
  id,
  username,
  domain: domain.nullable(),
  created_at: moment.nullable(),
  email: cut(320).nullable(),
  ip: z.string().max(64).nullable().catch(null),
  role: RoleEntity.nullable().catch(null),
  confirmed: z.boolean().nullable().catch(null),
  approved: z.boolean().nullable().catch(null),
  disabled: z.boolean().nullable(),
  suspended: z.boolean(),
  silenced: z.boolean(),
  sensitized: z.boolean().default(false),
  locale: z.string().max(64).nullish().catch(null),
  invite_request: words.nullish(),
  created_by_application_id: id.nullish().catch(null),
  invited_by_account_id: id.nullish().catch(null),
  account: AccountEntity,
})
export type AdminAccountEntity = z.infer<typeof AdminAccountEntity>

/** `CredentialAccount` (contract F.10): who the token belongs to. */
export const CredentialEntity = z.object({
  id,
  username,
  acct,
  role: RoleEntity.nullish(),
})
export type CredentialEntity = z.infer<typeof CredentialEntity>
