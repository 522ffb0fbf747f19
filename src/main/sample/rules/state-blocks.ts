/** Blocks, hashtags and trends of a recorded state. */
import { canonicalEmailHash } from './email.ts'
import type { DomainBlockRecord, IpBlockRecord } from './model.ts'
import type { Reader } from './reader.ts'
import { readCard, readStatus } from './state-reports.ts'
import type { World } from './world.ts'

const severities: readonly DomainBlockRecord['severity'][] = ['noop', 'silence', 'suspend']
const ipSeverities: readonly IpBlockRecord['severity'][] = ['sign_up_requires_approval', 'sign_up_block', 'no_access']

/** Reads a list newest first into a table in order. */
function each(state: Reader, key: string, add: (row: Reader) => void): void {
  for (const row of state.list(key).reverse()) add(row)
}

function historyOf(row: Reader): { accounts: number; uses: number }[] {
  return row.list('history').map(entry => ({ accounts: entry.number('accounts'), uses: entry.number('uses') }))
}

/** Reads every kind of block of a recorded state. */
export function readBlocks(world: World, state: Reader): void {
  each(state, 'domain_blocks', row => {
    const word = row.textOrNull('severity')
    world.domainBlocks.add({
      id: row.text('id'),
      domain: row.text('domain'),
      createdAt: row.time('created_at'),
      severity: severities.find(severity => severity === word) ?? null,
      rejectMedia: row.flag('reject_media'),
      rejectReports: row.flag('reject_reports'),
      obfuscate: row.flag('obfuscate'),
      privateComment: row.textOrNull('private_comment'),
      publicComment: row.textOrNull('public_comment'),
    })
  })
  each(state, 'domain_allows', row =>
    world.domainAllows.add({ id: row.text('id'), domain: row.text('domain'), createdAt: row.time('created_at') }),
  )
  each(state, 'email_domain_blocks', row =>
    world.emailDomainBlocks.add({
      id: row.text('id'),
      domain: row.text('domain'),
      createdAt: row.time('created_at'),
      allowWithApproval: row.flag('allow_with_approval'),
      parentId: null,
      history: historyOf(row),
    }),
  )
  each(state, 'ip_blocks', row => {
    const word = row.text('severity')
    world.ipBlocks.add({
      id: row.text('id'),
      ip: row.text('ip'),
      severity: ipSeverities.find(severity => severity === word) ?? 'sign_up_requires_approval',
      comment: row.text('comment'),
      createdAt: row.time('created_at'),
      expiresAt: row.timeOrNull('expires_at'),
    })
  })
  const suspended = (world.accountsByDomain.get('')?.all() ?? []).filter(
    account => account.suspendedAt !== null && account.user !== null,
  )
  const byHash = new Map(suspended.map(account => [canonicalEmailHash(account.user?.email ?? ''), account.id]))
  each(state, 'canonical_email_blocks', row => {
    const hash = row.text('canonical_email_hash')
    world.canonicalEmailBlocks.add({ id: row.text('id'), hash, referenceAccountId: byHash.get(hash) ?? null })
  })
}

/** Reads the trends of a recorded state. */
export function readTrends(world: World, state: Reader): void {
  each(state, 'tags', row => {
    const reviewed = !row.flag('requires_review')
    world.tags.add({
      id: row.text('id'),
      name: row.text('name').toLowerCase(),
      displayName: row.text('name'),
      usable: row.flag('usable'),
      listable: row.flag('listable'),
      trendable: reviewed ? row.flag('trendable') : null,
      reviewedAt: reviewed ? 0 : null,
      requestedReviewAt: null,
      history: historyOf(row),
    })
  })
  each(state, 'trends/links/publishers', row =>
    world.publishers.add({
      id: row.text('id'),
      domain: row.text('domain'),
      trendable: row.flagOrNull('trendable'),
      reviewedAt: row.timeOrNull('reviewed_at'),
      requestedReviewAt: row.timeOrNull('requested_review_at'),
    }),
  )
  for (const row of state.list('trends/links')) {
    const card = readCard(row)
    const publisher = world.publishers.all().find(({ domain }) => domain === new URL(card.url).hostname)
    world.trendLinks.add({
      id: row.text('id'),
      card,
      publisherId: publisher?.id ?? null,
      trendable: row.flag('requires_review') ? null : true,
      history: historyOf(row),
    })
  }
  world.trends.links = state.list('trends/links').map(row => row.text('id'))
  world.trends.statuses = state.list('trends/statuses').map(row => readStatus(world, row).id)
  world.trends.tags = state.list('trends/tags').map(row => row.text('id'))
}
