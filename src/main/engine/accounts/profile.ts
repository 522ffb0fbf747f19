import { z } from 'zod'
import type { KeptProfile } from '../../../shared/contract/accounts.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import { profilesOf } from '../evidence/table.ts'
import type { AdminAccountEntity } from '../mastodon/entities/account.ts'
import { readContent } from '../posts/content.ts'

/** A profile as evidence stores it: what it said, never where its pictures lie. */
const Stored = z.object({
  displayName: z.string(),
  note: z.string(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
})

const MOST = 5

/** Theirs to what is stored; nothing for the blank profile that a suspended account comes with (contract K.17). */
export const profileText = ({ suspended, account }: AdminAccountEntity): string | undefined => {
  const { display_name: displayName, note, fields } = account
  if (suspended && displayName === '' && note === '') return undefined
  return JSON.stringify({ displayName, note, fields } satisfies z.infer<typeof Stored>)
}

/** The profiles of an account that were kept because they were reported, newest first, at most five. */
export const readProfiles = (db: ReadDb, server: ServerKey, account: string): KeptProfile[] =>
  profilesOf(db, server, account)
    .slice(0, MOST)
    .flatMap(({ profile, first_seen_at, seen_at }) => {
      const stored = Stored.safeParse(JSON.parse(profile))
      if (!stored.success) return []
      const { displayName, note, fields } = stored.data
      return {
        displayName,
        note: readContent(note),
        fields: fields.map(({ name, value }) => ({ name, value: readContent(value) })),
        firstSeenAt: first_seen_at,
        seenAt: seen_at,
      }
    })
