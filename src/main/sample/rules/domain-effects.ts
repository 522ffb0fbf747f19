/** What a domain block does to known accounts of the domain and its subdomains (contract E.4, side effects). */
import { purge } from './deletion.ts'
import { liesUnder } from './domains.ts'
import type { AccountRecord, DomainBlockRecord } from './model.ts'
import { notify } from './notifications.ts'
import type { Sample } from './sample.ts'
import type { World } from './world.ts'

/** Known accounts of a domain and everything under it. */
export function accountsUnder(world: World, domain: string): AccountRecord[] {
  const found: AccountRecord[] = []
  for (const [name, accounts] of world.accountsByDomain)
    if (name !== '' && liesUnder(name, domain)) found.push(...accounts.all())
  return found
}

/** Tells local people which follows they lost. */
function tellSevered(
  sample: Sample,
  domain: string,
  cut: ReadonlyMap<string, { followers: number; following: number }>,
): void {
  const { world, clock, release } = sample
  for (const [accountId, counts] of cut) {
    const account = world.account(accountId)
    if (account === undefined || !release.notifications.moderation) continue
    const event = world.severances.add({
      id: world.severances.serials.next(),
      type: 'domain_block',
      targetName: domain,
      accountId,
      followersCount: counts.followers,
      followingCount: counts.following,
      createdAt: clock.now(),
    })
    notify(sample, 'severed_relationships', account, account, { eventId: event.id })
  }
}

/** Deletes the data of accounts, and tells the local people whose follows that cut. */
function purgeAll(sample: Sample, domain: string, accounts: readonly AccountRecord[]): void {
  const cut = new Map<string, { followers: number; following: number }>()
  for (const account of accounts) {
    for (const [id, counts] of purge(sample, account)) {
      const sum = cut.get(id) ?? { followers: 0, following: 0 }
      cut.set(id, { followers: sum.followers + counts.followers, following: sum.following + counts.following })
    }
  }
  tellSevered(sample, domain, cut)
}

/** Silences or suspends what is not yet; those who were suspended before, here or at home, keep data and follows. */
export function applyBlock(sample: Sample, block: DomainBlockRecord): void {
  const { world } = sample
  if (world.domainBlocks.get(block.id) === undefined) return
  const accounts = accountsUnder(world, block.domain)
  if (block.severity === 'silence') {
    for (const account of accounts) account.silencedAt ??= block.createdAt
  }
  if (block.severity === 'suspend') {
    const hit = accounts.filter(account => account.suspendedAt === null)
    for (const account of hit) {
      account.suspendedAt = block.createdAt
      account.suspensionOrigin = 'local'
    }
    purgeAll(sample, block.domain, hit)
  } else if (block.rejectMedia) {
    for (const account of accounts) clearMedia(sample, account)
  }
}

/** Media, avatar and header of an account are no longer kept here. */
function clearMedia(sample: Sample, account: AccountRecord): void {
  account.profile = { ...account.profile, avatar: null, header: null }
  for (const status of sample.world.statusesByAccount.get(account.id) ?? []) {
    if (status.extra === null || status.extra.media.length === 0) continue
    const media = status.extra.media.map(item => ({
      ...item,
      type: 'unknown' as const,
      url: item.remoteUrl,
      previewUrl: null,
    }))
    status.extra = { ...status.extra, media }
  }
}

/** Undoes the flags that this very block set and its severity no longer implies: they bear its time. */
export function undoBlock(sample: Sample, block: DomainBlockRecord): void {
  for (const account of accountsUnder(sample.world, block.domain)) {
    if (block.severity !== 'silence' && account.silencedAt === block.createdAt) account.silencedAt = null
    if (block.severity !== 'suspend' && account.suspendedAt === block.createdAt) {
      account.suspendedAt = null
      account.suspensionOrigin = null
    }
  }
}

/** Undoes all flags that this block set. */
export function liftBlock(sample: Sample, block: DomainBlockRecord): void {
  undoBlock(sample, { ...block, severity: null })
}

/** Suspends a domain's accounts now, and deletes their data by a job. */
export function suspendDomain(sample: Sample, domain: string, at: number): void {
  const hit = accountsUnder(sample.world, domain).filter(account => account.suspendedAt === null)
  for (const account of hit) {
    account.suspendedAt = at
    account.suspensionOrigin = 'local'
  }
  sample.jobs.later('unallow', domain, () => purgeAll(sample, domain, hit))
}
