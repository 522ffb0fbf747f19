/** Who may see a post: the visibility of an ordinary user, moderators included (contract g). */
import type { AccountRecord, StatusRecord } from './model.ts'
import type { World } from './world.ts'

/** True when `viewer` (null: nobody signed in) may see the post. */
export function isVisible(world: World, status: StatusRecord, viewer: AccountRecord | null): boolean {
  const author = world.account(status.accountId)
  if (author === undefined || author.suspendedAt !== null || status.deletedAt !== null) return false
  if (status.visibility === 'public' || status.visibility === 'unlisted') return true
  if (viewer === null) return false
  if (viewer.id === author.id || status.extra?.mentions.includes(viewer.id)) return true
  return status.visibility === 'private' && (world.following.get(viewer.id)?.has(author.id) ?? false)
}

/** True when an account has a page: not pending, not unconfirmed. */
export function isReachable(account: AccountRecord): boolean {
  return account.user === null || (account.user.approved && account.user.confirmed)
}
