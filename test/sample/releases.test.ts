/** What the releases from 4.0 to 4.6 do differently, each line a statement of the contract. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { knownReleases } from '../../src/main/sample/releases/release.ts'
import { type Conversation, converse } from './converse.ts'

const servers = new Map<string, Conversation>()

beforeAll(async () => {
  for (const release of knownReleases) servers.set(release, await converse({ release }))
})
afterAll(async () => {
  for (const sample of servers.values()) await sample.close()
})

function on(release: string): Conversation {
  const sample = servers.get(release)
  if (sample === undefined) throw new Error(`not played: ${release}`)
  return sample
}

/** A release and what is expected there. */
type Expected<T> = readonly (readonly [string, T])[]

/** One test a release. */
function across<T>(title: string, expected: Expected<T>, ask: (sample: Conversation) => Promise<T>): void {
  test.each(expected)(`${title} · %s`, async (release, wanted) => {
    expect(await ask(on(release))).toEqual(wanted)
  })
}

const status = async (reply: Promise<{ status: number }>): Promise<number> => (await reply).status

describe('reports', () => {
  const count =
    (query: string) =>
    async (sample: Conversation): Promise<number> =>
      (await sample.get(`/api/v1/admin/reports?${query}`)).body.length
  across(
    'resolved=false',
    [
      ['4.0.0', 3],
      ['4.5.15', 3],
      ['4.6.0', 27],
    ],
    count('resolved=false&limit=200'),
  )
  across(
    'resolved and unresolved',
    [
      ['4.5.15', 3],
      ['4.6.0', 30],
    ],
    count('resolved=true&unresolved=true'),
  )
  across('resolved=False is true', [['4.6.5', 3]], count('resolved=False'))
  across(
    'the category legal',
    [
      ['4.1.0', 500],
      ['4.2.0', 200],
    ],
    sample => status(sample.put('/api/v1/admin/reports/1', { json: { category: 'legal' } })),
  )
})

describe('accounts', () => {
  across(
    'an unknown action type',
    [
      ['4.1.0', 500],
      ['4.2.0', 422],
    ],
    sample => status(sample.post(`/api/v1/admin/accounts/${sample.id('greta')}/action`, { json: { type: 'x' } })),
  )
  across(
    'a leading @ in the username filter',
    [
      ['4.1.0', 0],
      ['4.2.0', 1],
    ],
    async sample => (await sample.get('/api/v2/admin/accounts?username=@amina')).body.length,
  )
  across(
    'type of the role id',
    [
      ['4.0.0', 'number'],
      ['4.1.0', 'string'],
    ],
    async sample => typeof (await sample.get(`/api/v1/admin/accounts/${sample.id('owner')}`)).body.role.id,
  )
  across(
    'permissions of an owner',
    [
      ['4.3.23', '1048575'],
      ['4.5.15', '2097151'],
      ['4.6.5', '8388607'],
    ],
    async sample => (await sample.get('/api/v1/accounts/verify_credentials')).body.role.permissions,
  )
})

describe('blocks', () => {
  const blocks = '/api/v1/admin/domain_blocks'
  across(
    'an unknown severity',
    [
      ['4.3.23', 500],
      ['4.4.0', 422],
    ],
    sample => status(sample.post(blocks, { json: { domain: 'sev.example', severity: 'x' } })),
  )
  across(
    'a blank severity',
    [
      ['4.3.23', 200],
      ['4.4.0', 422],
    ],
    sample => status(sample.post(blocks, { json: { domain: 'blank.example', severity: '' } })),
  )
  across(
    'a stricter block under a looser parent',
    [
      ['4.2.0', 422],
      ['4.3.0', 200],
    ],
    sample => status(sample.post(blocks, { json: { domain: 'a.meh.example', severity: 'suspend' } })),
  )
  across(
    'digest',
    [
      ['4.2.0', false],
      ['4.3.0', true],
    ],
    async sample => 'digest' in (await sample.get(`${blocks}/1`)).body,
  )
  across(
    'an unknown severity of an address',
    [
      ['4.3.23', 500],
      ['4.4.0', 200],
    ],
    sample => status(sample.put('/api/v1/admin/ip_blocks/1', { json: { severity: 'x' } })),
  )
  across(
    'testing no e-mail',
    [
      ['4.1.0', 200],
      ['4.2.0', 400],
    ],
    sample => status(sample.post('/api/v1/admin/canonical_email_blocks/test')),
  )
})

describe('figures', () => {
  const measure = (sample: Conversation) => sample.post('/api/v1/admin/measures', { json: { keys: ['new_users'] } })
  across(
    'measures without dates',
    [
      ['4.3.23', 500],
      ['4.5.0', 500],
      ['4.5.15', 400],
      ['4.6.0', 500],
      ['4.6.5', 400],
    ],
    sample => status(measure(sample)),
  )
  across(
    'days of a measure',
    [
      ['4.2.0', '2026-11-23T00:00:00.000Z'],
      ['4.3.0', '2026-11-23'],
    ],
    async sample => {
      const json = { keys: ['new_users'], start_at: '2026-11-23', end_at: '2026-11-23' }
      return (await sample.post('/api/v1/admin/measures', { json })).body[0].data[0].date
    },
  )
  across(
    'hashtags of the admin API',
    [
      ['4.1.0', 404],
      ['4.2.0', 200],
    ],
    sample => status(sample.get('/api/v1/admin/tags')),
  )
  across(
    'reviewing trends',
    [
      ['4.1.0', 404],
      ['4.2.0', 200],
    ],
    sample => status(sample.post('/api/v1/admin/trends/tags/1/approve')),
  )
})

describe('OAuth and instance', () => {
  const metadata = '/.well-known/oauth-authorization-server'
  across(
    'metadata',
    [
      ['4.2.0', 404],
      ['4.3.0', 200],
    ],
    sample => status(sample.get(metadata)),
  )
  across(
    'the granular scopes of blocks',
    [
      ['4.0.0', 422],
      ['4.1.0', 200],
    ],
    sample =>
      status(
        sample.post('/api/v1/apps', {
          json: { client_name: 'a', redirect_uris: 'http://127.0.0.1/c', scopes: 'admin:read:ip_blocks' },
        }),
      ),
  )
  across(
    'api_versions',
    [
      ['4.2.0', undefined],
      ['4.3.23', 2],
      ['4.4.0', 6],
      ['4.5.0', 7],
      ['4.6.0', 10],
      ['4.6.5', 11],
    ],
    async sample => (await sample.get('/api/v2/instance')).body.api_versions?.mastodon,
  )
  across(
    'grouped notifications',
    [
      ['4.2.0', 404],
      ['4.3.0', 200],
    ],
    sample => status(sample.get('/api/v2/notifications')),
  )
  across(
    'wording of a missing parameter',
    [
      ['4.3.23', 'param is missing or the value is empty: q'],
      ['4.6.5', 'param is missing or the value is empty or invalid: q'],
    ],
    async sample => (await sample.get('/api/v2/search')).body.error,
  )
})
