/** Every address that can be read, on several releases and in the whole scenario: each answer keeps to its schema (see converse.ts). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { knownReleases } from '../../src/main/sample/releases/release.ts'
import { routes } from '../../src/main/sample/routes/routes.ts'
import { type Conversation, converse } from './converse.ts'

/** Addresses with their variants, for a world's own ids. */
function addresses(sample: Conversation): string[] {
  const { world } = sample.server
  const some = <T>(rows: readonly T[]): T[] => rows.filter((_, at) => at % Math.ceil(rows.length / 25) === 0)
  const accounts = some(world.accounts.all()).map(({ id }) => id)
  const statuses = some(world.statuses.all()).map(({ id }) => id)
  const reports = some(world.reports.all()).map(({ id }) => id)
  const first = (
    name: 'domainBlocks' | 'emailDomainBlocks' | 'ipBlocks' | 'canonicalEmailBlocks' | 'domainAllows' | 'tags',
  ): string[] =>
    world[name]
      .all()
      .slice(0, 3)
      .map(({ id }) => id)
  const of = (path: string, ids: readonly string[]): string[] => ids.map(id => path.replace(':id', id))
  return [
    ...[
      '/api/v1/instance',
      '/api/v2/instance',
      '/api/v1/instance/rules',
      '/api/v1/instance/peers',
      '/api/v1/peers/search?q=a',
    ],
    ...[
      '/api/v1/instance/activity',
      '/api/v1/instance/domain_blocks',
      '/.well-known/oauth-authorization-server',
      '/oauth/userinfo',
    ],
    ...[
      '/api/v1/accounts/verify_credentials',
      '/api/v1/apps/verify_credentials',
      '/api/v1/custom_emojis',
      '/api/v1/notifications',
      '/api/v2/notifications',
    ],
    ...['', '?resolved=true', '?limit=200'].map(query => `/api/v1/admin/reports${query}`),
    ...of('/api/v1/admin/reports/:id', reports),
    ...['', '?remote=true', '?pending=true', '?suspended=true', '?staff=true'].map(
      query => `/api/v1/admin/accounts${query}`,
    ),
    ...['', '?status=silenced', '?status=sensitized', '?ip=198.51.100.0/24', '?limit=200'].map(
      query => `/api/v2/admin/accounts${query}`,
    ),
    ...of('/api/v1/admin/accounts/:id', accounts),
    ...of('/api/v1/accounts/:id', accounts),
    ...of('/api/v1/accounts/:id/statuses', accounts),
    ...accounts.map(id => `/api/v1/accounts/relationships?id[]=${id}&with_suspended=true`),
    ...of('/api/v1/statuses/:id', statuses),
    ...of('/api/v1/statuses/:id/context', statuses),
    ...of('/api/v1/statuses/:id/history', statuses),
    ...of('/api/v1/statuses/:id/source', statuses),
    `/api/v1/statuses?${statuses.map(id => `id[]=${id}`).join('&')}`,
    ...['/api/v1/accounts/lookup?acct=nobody', '/api/v2/search?q=a', '/api/v2/search?q=a&type=accounts&limit=40'],
    ...['domain_blocks', 'domain_allows', 'email_domain_blocks', 'ip_blocks', 'canonical_email_blocks', 'tags'].map(
      name => `/api/v1/admin/${name}`,
    ),
    ...of('/api/v1/admin/domain_blocks/:id', first('domainBlocks')),
    ...of('/api/v1/admin/domain_allows/:id', first('domainAllows')),
    ...of('/api/v1/admin/email_domain_blocks/:id', first('emailDomainBlocks')),
    ...of('/api/v1/admin/ip_blocks/:id', first('ipBlocks')),
    ...of('/api/v1/admin/canonical_email_blocks/:id', first('canonicalEmailBlocks')),
    ...of('/api/v1/admin/tags/:id', first('tags')),
    ...['links', 'statuses', 'tags', 'links/publishers'].map(name => `/api/v1/admin/trends/${name}`),
    ...of(
      '/api/v1/notifications/:id',
      world.notifications
        .all()
        .slice(0, 2)
        .map(({ id }) => id),
    ),
    ...['/api/v1/streaming/health'],
  ]
}

const worlds = [
  ...knownReleases.map(release => ['small world', release] as const),
  ['migration week', '4.6.5'] as const,
  ['migration week', '4.3.23'] as const,
]

describe.each(worlds)('%s on %s', (world, release) => {
  let sample: Conversation
  beforeAll(async () => {
    sample = await converse({
      release,
      colleagues: false,
      jobDelay: 0,
      ...(world === 'small world' ? {} : { seed: 1 }),
    })
    const target = sample.server.world.reports.all()[0]?.targetAccountId ?? ''
    await sample.post('/api/v1/reports', { as: 'member', json: { account_id: target } })
    sample.clock.advance(1)
  })
  afterAll(() => sample.close())

  test('every answer keeps to its schema, and none is a failure', async () => {
    for (const path of addresses(sample)) {
      const reply = await sample.get(path)
      expect([path, reply.status < 500]).toEqual([path, true])
    }
  })

  test('figures keep to their schemas', async () => {
    const domain = { domain: 'spam.example', include_subdomains: true }
    const own = [
      'instance_accounts',
      'instance_media_attachments',
      'instance_reports',
      'instance_statuses',
      'instance_follows',
      'instance_followers',
      'instance_languages',
    ]
    const tags = ['tag_accounts', 'tag_uses', 'tag_servers', 'tag_languages']
    const objects = {
      ...Object.fromEntries(own.map(key => [key, domain])),
      ...Object.fromEntries(tags.map(key => [key, { id: '1' }])),
    }
    const plain = [
      'active_users',
      'new_users',
      'interactions',
      'opened_reports',
      'resolved_reports',
      'languages',
      'sources',
      'servers',
      'space_usage',
      'software_versions',
    ]
    const json = {
      keys: [...plain, ...own, ...tags],
      start_at: '2026-11-01',
      end_at: '2026-11-23',
      limit: 5,
      ...objects,
    }
    expect((await sample.post('/api/v1/admin/measures', { json })).body).toHaveLength(14)
    expect((await sample.post('/api/v1/admin/dimensions', { json })).body).toHaveLength(9)
    expect((await sample.post('/api/v1/admin/retention', { json })).body).toHaveLength(23)
  })
})

test('every route that can be read is asked above', async () => {
  const sample = await converse({ jobDelay: 0 })
  const asked = addresses(sample).map(path => path.split('?')[0] ?? '')
  await sample.close()
  const patterns = routes
    .filter(({ method, path }) => method === 'GET' && !path.includes('streaming/user') && path !== '/oauth/authorize')
    .map(({ path }) => path)
  const without = patterns.filter(path => {
    const shape = new RegExp(`^${path.replace(':id', '-?\\d+')}$`)
    return !asked.some(one => shape.test(one))
  })
  // The small world has no such rows before something happened.
  expect(without).toEqual([
    '/api/v1/notifications/:id',
    '/api/v1/admin/domain_allows/:id',
    '/api/v1/admin/canonical_email_blocks/:id',
  ])
})
