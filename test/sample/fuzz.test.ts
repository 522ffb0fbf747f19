/** Whatever a client sends, the sample server answers, and never by accident: its own defects are kept apart from the real server's 500s. */
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { routes } from '../../src/main/sample/routes/routes.ts'
import { converse } from './converse.ts'

/** Words that no parameter expects. */
const odd = fc.constantFrom<unknown>(
  ...['', ' ', '0', '-1', 'abc', 'ü.example', '1.2.3.4/99', '9'.repeat(30), '__proto__', '[', '%', '\u0000'],
  ...[null, true, false, 0, 1e21, -5],
  ...[[], ['1', '1'], [[]], {}, { domain: null }, { id: {} }],
)
const keys = [
  'active_users',
  'new_users',
  'tag_uses',
  'tag_servers',
  'instance_accounts',
  'instance_follows',
  'languages',
  'servers',
  'space_usage',
]
const domain = fc.constantFrom<unknown>(
  { domain: 'spam.example', include_subdomains: true },
  { domain: 'harbour.example' },
  { id: '1' },
)
const id = fc.constantFrom<unknown>('1', '2', '27', '999', '-1', '-99')

/** What each parameter usually is. */
const usual: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  id,
  type: fc.constantFrom('none', 'disable', 'sensitive', 'silence', 'suspend', 'accounts'),
  text: fc.string(),
  report_id: id,
  category: fc.constantFrom('other', 'spam', 'legal', 'violation'),
  rule_ids: fc.constantFrom(['1'], ['1', '2'], ['9']),
  status_ids: fc.constantFrom(['1'], []),
  account_id: id,
  comment: fc.string(),
  domain: fc.constantFrom('a.example', 'b.a.example', 'spam.example', 'https://x.example', 'Ü.example'),
  severity: fc.constantFrom('noop', 'silence', 'suspend', 'no_access', 'sign_up_block'),
  reject_media: fc.boolean(),
  public_comment: fc.string(),
  ip: fc.constantFrom('192.0.2.1', '2001:db8::/32', '::ffff:1.2.3.4', '10.0.0.0/8'),
  expires_in: fc.constantFrom(60, '3600', ''),
  email: fc.constantFrom('a.b+c@mail.example', '@', 'x'),
  display_name: fc.constantFrom('WALK', 'walk', 'other'),
  trendable: fc.boolean(),
  keys: fc.subarray(keys),
  start_at: fc.constantFrom('2026-11-01', '2026-11-20T10:00:00Z', '2019-01-01'),
  end_at: fc.constantFrom('2026-11-23', '2026-11-01'),
  frequency: fc.constantFrom('day', 'month', 'year'),
  tag_uses: domain,
  tag_servers: domain,
  instance_accounts: domain,
  instance_follows: domain,
  limit: fc.constantFrom('1', '2', '500', 0, 'x'),
  max_id: id,
  min_id: id,
  offset: fc.constantFrom('0', '1', '-3'),
  resolved: fc.boolean(),
  target_account_id: id,
  origin: fc.constantFrom('local', 'remote'),
  status: fc.constantFrom('active', 'pending', 'suspended'),
  permissions: fc.constant('staff'),
  role_ids: fc.constantFrom(['1', '2'], '3'),
  username: fc.constantFrom('@a', 'member'),
  by_domain: fc.constantFrom('spam.example', 'nowhere.example'),
  q: fc.constantFrom('a', '@ivan@harbour.example', 'https://harbour.example/@ivan', '#walk'),
  acct: fc.constantFrom('member', 'ivan@harbour.example', '@owner@lantern.example'),
  types: fc.constantFrom(['admin.report'], 'admin.report'),
  client_id: fc.constantFrom('sample', 'nobody'),
  client_secret: fc.constant('sample'),
  redirect_uri: fc.constantFrom('http://127.0.0.1:9/callback', 'urn:ietf:wg:oauth:2.0:oob'),
  redirect_uris: fc.constantFrom('http://127.0.0.1/callback', ['http://127.0.0.1/callback', 'foo:bar']),
  scope: fc.constantFrom('read', 'read admin:read', 'nonsense'),
  response_type: fc.constant('code'),
  decision: fc.constantFrom('authorize', 'deny'),
  as: fc.constantFrom('moderator', 'nobody'),
  grant_type: fc.constantFrom('authorization_code', 'client_credentials'),
  code: fc.constant('x'),
  client_name: fc.constantFrom('Desk', ''),
}

const params = fc.record(
  Object.fromEntries(
    Object.entries(usual).map(([name, value]) => [
      name,
      fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: odd }),
    ]),
  ),
  { requiredKeys: [] },
)
const releases = ['4.0.0', '4.2.0', '4.3.23', '4.6.5']
const targets = routes.filter(route => !route.path.includes('/streaming/user'))
const callers = fc.constantFrom('owner', 'owner', 'owner', 'admin', 'moderator', 'member', 'nonsense', null)

/** Parameters as a query: lists and maps as Rails writes them. */
function queryOf(values: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(values).flatMap(([name, value]): [string, string][] => {
    if (Array.isArray(value)) return value.map(item => [`${name}[]`, String(item)])
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).map(([key, inner]) => [`${name}[${key}]`, String(inner)])
    return [[name, String(value)]]
  })
  return new URLSearchParams(pairs).toString()
}

test('random calls of every route', async () => {
  const samples = new Map(
    await Promise.all(releases.map(async release => [release, await converse({ release, jobDelay: 0 })] as const)),
  )
  onTestFinished(async () => {
    for (const sample of samples.values()) await sample.close()
  })
  const ids = fc.constantFrom(
    '1',
    '2',
    '27',
    '-1',
    '-99',
    '0',
    'abc',
    '9'.repeat(25),
    '%F0%9F%98%80',
    'account',
    'status',
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...releases),
      fc.constantFrom(...targets),
      ids,
      params,
      callers,
      async (release, route, id, sent, as) => {
        const sample = samples.get(release)
        if (sample === undefined) throw new Error(`not played: ${release}`)
        const { world } = sample.server
        const real =
          id === 'account' ? world.accounts.all().at(-1)?.id : id === 'status' ? world.statuses.all().at(-1)?.id : id
        const headers = {
          accept: 'application/json',
          'content-type': 'application/json',
          ...(as === null ? {} : { authorization: `Bearer ${as}` }),
        }
        const path = route.path.replace(':id', real ?? '0')
        const asks =
          route.method === 'GET' ? { path: `${path}?${queryOf(sent)}` } : { path, body: JSON.stringify(sent) }
        const answer = await fetch(sample.server.url + asks.path, {
          method: route.method,
          headers,
          redirect: 'manual',
          ...('body' in asks ? { body: asks.body } : {}),
        })
        await answer.arrayBuffer()
        sample.clock.advance(1)
        // Whoever blocks their own address, or their own account, would hear nothing but 403 from there on.
        for (const block of world.ipBlocks.all()) block.severity = 'sign_up_block'
        for (const account of world.accountsByDomain.get('')?.all() ?? []) account.suspendedAt = null
        expect(sample.server.traces.failures.splice(0)).toEqual([])
      },
    ),
    { numRuns: 800, seed: 4 },
  )
})
