/** Whatever a client sends, the sample server answers, and never by accident: its own defects are kept apart from the real server's 500s. */
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { routes } from '../../src/main/sample/routes/routes.ts'
import { converse } from './converse.ts'

const names = [
  ...[
    'id',
    'ids',
    'type',
    'text',
    'report_id',
    'warning_preset_id',
    'send_email_notification',
    'category',
    'rule_ids',
    'status_ids',
    'comment',
  ],
  ...[
    'domain',
    'severity',
    'reject_media',
    'obfuscate',
    'private_comment',
    'ip',
    'expires_in',
    'email',
    'canonical_email_hash',
  ],
  ...[
    'display_name',
    'trendable',
    'keys',
    'start_at',
    'end_at',
    'frequency',
    'limit',
    'max_id',
    'min_id',
    'since_id',
    'offset',
    'page',
  ],
  ...[
    'resolved',
    'unresolved',
    'account_id',
    'target_account_id',
    'origin',
    'status',
    'permissions',
    'role_ids',
    'username',
    'by_domain',
  ],
  ...[
    'staff',
    'remote',
    'q',
    'acct',
    'types',
    'exclude_types',
    'client_id',
    'client_secret',
    'redirect_uri',
    'redirect_uris',
    'scope',
  ],
  ...[
    'scopes',
    'state',
    'response_type',
    'grant_type',
    'code',
    'code_verifier',
    'token',
    'client_name',
    'website',
    'lang',
    'access_token',
  ],
  ...['instance_accounts', 'instance_follows', 'tag_uses', 'tag_servers'],
]

const words = fc.constantFrom(
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1',
    '2',
    '27',
    'abc',
    'true',
    'false',
    'suspend',
    'silence',
    'none',
    'spam',
    'violation',
    'active',
    'local',
  ],
  ...[
    'a.example',
    'https://x.example',
    'ü.example',
    '192.0.2.1',
    '2001:db8::/32',
    '999.1.1.1',
    '1.2.3.4/99',
    '::ffff:1.2.3.4',
    'x@y.example',
  ],
  ...[
    '2026-11-01',
    '2026-13-45',
    'instance_accounts',
    'tag_uses',
    'new_users',
    '9'.repeat(30),
    '__proto__',
    '[',
    '%',
    '\u0000',
    '\ud800',
  ],
)
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: words },
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(words, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('domain', 'id', 'include_subdomains'), words, { maxKeys: 3 }),
)
const params = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 6 })
const query = fc.array(
  fc.tuple(fc.constantFrom(...names, 'keys[]', 'id[]', 'role_ids[]', 'instance_accounts[domain]', 'a[b][c]'), words),
  { maxLength: 4 },
)
const callers = fc.constantFrom('owner', 'admin', 'moderator', 'member', 'nonsense', null)
const release = fc.constantFrom('4.0.0', '4.2.0', '4.3.23', '4.6.5')

const targets = routes.filter(route => !route.path.includes('/streaming/user'))

test('random calls of every route', async () => {
  const samples = new Map(
    await Promise.all(
      ['4.0.0', '4.2.0', '4.3.23', '4.6.5'].map(
        async name => [name, await converse({ release: name, jobDelay: 0 })] as const,
      ),
    ),
  )
  onTestFinished(async () => {
    for (const sample of samples.values()) await sample.close()
  })
  const ids = fc.constantFrom('1', '2', '27', '-1', '-99', '0', 'abc', '9'.repeat(25), '%F0%9F%98%80')
  await fc.assert(
    fc.asyncProperty(
      release,
      fc.constantFrom(...targets),
      ids,
      query,
      params,
      callers,
      async (name, route, id, asked, body, as) => {
        const sample = samples.get(name)
        if (sample === undefined) throw new Error(`not played: ${name}`)
        const path = `${route.path.replace(':id', id)}?${new URLSearchParams(asked)}`
        const headers = {
          accept: 'application/json',
          'content-type': 'application/json',
          ...(as === null ? {} : { authorization: `Bearer ${as}` }),
        }
        const sent = route.method === 'GET' ? {} : { body: JSON.stringify(body) }
        const answer = await fetch(sample.server.url + path, {
          method: route.method,
          headers,
          redirect: 'manual',
          ...sent,
        })
        await answer.arrayBuffer()
        sample.clock.advance(1)
        // A test that blocks its own address would hear nothing but 403 from there on.
        for (const block of sample.server.world.ipBlocks.all()) block.severity = 'sign_up_block'
        expect(sample.server.traces.failures).toEqual([])
      },
    ),
    { numRuns: 800, seed: 4 },
  )
})
