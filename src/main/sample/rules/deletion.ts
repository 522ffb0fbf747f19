/** Deletion of a suspended account's data: by request after 30 days, or at once by DELETE. What stays is a ghost. */
import type { AccountRecord } from './model.ts'
import type { DeletionRecord } from './model-more.ts'
import type { Sample } from './sample.ts'

const thirtyDays = 30 * 86_400_000

/** A request that waits. */
export function requestedDeletion(accountId: string, createdAt: number): DeletionRecord {
  return { accountId, createdAt }
}

/** Notes the request that a local suspension makes; it runs after 30 days unless lifted. A repeat renews it. */
export function requestDeletion(sample: Sample, account: AccountRecord): void {
  const request = requestedDeletion(account.id, sample.clock.now())
  sample.world.deletions.set(account.id, request)
  schedule(sample, request)
}

function schedule(sample: Sample, request: DeletionRecord): void {
  sample.clock.after(request.createdAt + thirtyDays - sample.clock.now(), () => {
    const account = sample.world.account(request.accountId)
    if (account !== undefined && sample.world.deletions.get(account.id) === request) queueDeletion(sample, account)
  })
}

/** Takes up the requests that a world came with. */
export function scheduleDeletions(sample: Sample): void {
  for (const request of sample.world.deletions.values()) schedule(sample, request)
}

/** Queues the job that deletes the data; until it ran, DELETE may be repeated. */
export function queueDeletion(sample: Sample, account: AccountRecord): void {
  sample.jobs.later('deletion', account.id, () => {
    if (!sample.world.deletions.delete(account.id)) return
    purge(sample, account)
  })
}

/**
 * Deletes posts, profile and follows of an account; the row stays. Gives the follows it cut, by local account.
 * Reported posts are purged too, so they are missing in reports.
 */
export function purge(sample: Sample, account: AccountRecord): Map<string, { followers: number; following: number }> {
  const { world } = sample
  const cut = new Map<string, { followers: number; following: number }>()
  const count = (id: string): { followers: number; following: number } => {
    const counts = cut.get(id) ?? { followers: 0, following: 0 }
    cut.set(id, counts)
    return counts
  }
  for (const status of [...(world.statusesByAccount.get(account.id) ?? [])]) world.removeStatus(status)
  for (const id of [...(world.following.get(account.id) ?? [])]) {
    const followed = world.account(id)
    if (!world.removeFollow(account.id, id) || followed === undefined) continue
    followed.followersCount = Math.max(0, followed.followersCount - 1)
    if (followed.domain === null) count(id).followers += 1
  }
  for (const id of [...(world.followers.get(account.id) ?? [])]) {
    const follower = world.account(id)
    if (!world.removeFollow(id, account.id) || follower === undefined) continue
    follower.followingCount = Math.max(0, follower.followingCount - 1)
    if (follower.domain === null) count(id).following += 1
  }
  account.profile = {
    ...account.profile,
    displayName: '',
    note: '',
    avatar: null,
    header: null,
    fields: [],
    emojis: [],
  }
  account.followersCount = 0
  account.followingCount = 0
  account.statusesCount = 0
  account.lastStatusAt = null
  account.movedTo = null
  account.purged = true
  if (account.user !== null) account.user.disabled = true
  return cut
}
