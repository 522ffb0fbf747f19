import { afterAll, beforeAll, expect, test } from 'vitest'
import { AdminAccountEntity, CredentialEntity } from '../../src/main/engine/mastodon/entities/account.ts'
import { EmailDomainBlockEntity, IpBlockEntity } from '../../src/main/engine/mastodon/entities/blocks.ts'
import { DomainBlockEntity } from '../../src/main/engine/mastodon/entities/domain-block.ts'
import { InstanceEntity } from '../../src/main/engine/mastodon/entities/instance.ts'
import { OauthMetadataEntity } from '../../src/main/engine/mastodon/entities/oauth.ts'
import { PostEntity, PostVersionEntity, ThreadPostEntity } from '../../src/main/engine/mastodon/entities/post.ts'
import { ReportEntity } from '../../src/main/engine/mastodon/entities/report.ts'
import {
  PublisherEntity,
  TrendLinkEntity,
  TrendStatusEntity,
  TrendTagEntity,
} from '../../src/main/engine/mastodon/entities/trends.ts'
import { startSampleServer } from '../../src/main/sample/server.ts'
import { realFetch } from './ground.ts'

type Parsed = { success: boolean; data?: unknown }
type Entity = { safeParse(item: unknown): Parsed }
const MOST = 262_144
const long = '\u{1F418}'.repeat(MOST)

let sample: Awaited<ReturnType<typeof startSampleServer>>
beforeAll(async () => {
  sample = await startSampleServer({ colleagues: false, reports: 60, accounts: 200 })
})
afterAll(() => sample.close())

const read = async (path: string): Promise<unknown> => {
  const headers = { authorization: 'Bearer owner' }
  return await (await realFetch(new URL(path, sample.url), { headers })).json()
}
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The value with each of its texts replaced in turn by another. */
const withEach = function* (value: unknown, other: string): Generator<[string, unknown]> {
  if (typeof value === 'string') yield ['', other]
  if (!isObject(value)) return
  for (const [name, one] of Object.entries(value))
    for (const [path, changed] of withEach(one, other))
      yield [
        `.${name}${path}`,
        Array.isArray(value) ? value.with(Number(name), changed) : { ...value, [name]: changed },
      ]
}

const longest = (value: unknown): number =>
  typeof value === 'string' ? value.length : isObject(value) ? Math.max(0, ...Object.values(value).map(longest)) : 0

const lists: Record<string, [string, Entity]> = {
  reports: ['/api/v1/admin/reports?limit=10', ReportEntity],
  accounts: ['/api/v2/admin/accounts?limit=10', AdminAccountEntity],
  'domain blocks': ['/api/v1/admin/domain_blocks?limit=5', DomainBlockEntity],
  'e-mail blocks': ['/api/v1/admin/email_domain_blocks?limit=5', EmailDomainBlockEntity],
  'address blocks': ['/api/v1/admin/ip_blocks?limit=5', IpBlockEntity],
  links: ['/api/v1/admin/trends/links?limit=3', TrendLinkEntity],
  publishers: ['/api/v1/admin/trends/links/publishers', PublisherEntity],
  'trending posts': ['/api/v1/admin/trends/statuses?limit=3', TrendStatusEntity],
  tags: ['/api/v1/admin/trends/tags?limit=3', TrendTagEntity],
}
const one: Record<string, [string, Entity]> = {
  'who we are': ['/api/v1/accounts/verify_credentials', CredentialEntity],
  instance: ['/api/v2/instance', InstanceEntity],
  'its OAuth': ['/.well-known/oauth-authorization-server', OauthMetadataEntity],
}

/** What an entity makes of texts without end: nothing, or something bounded. */
const expectBounded = (entity: Entity, item: unknown) => {
  expect(entity.safeParse(item)).toMatchObject({ success: true })
  const kept: string[] = []
  for (const [path, changed] of withEach(item, long)) {
    const parsed = entity.safeParse(changed)
    if (!parsed.success) continue
    expect([path, longest(parsed.data) <= MOST]).toEqual([path, true])
    kept.push(path)
  }
  return kept
}

test.each(Object.entries(lists))('no text of %s is kept without end', async (_, [path, entity]) => {
  const items = await read(path)
  if (!Array.isArray(items) || items.length === 0) throw new Error(`nothing at ${path}`)
  for (const item of items.slice(0, 3)) expectBounded(entity, item)
})

test.each(Object.entries(one))('no text of %s is kept without end', async (_, [path, entity]) => {
  expectBounded(entity, await read(path))
})

test('no text of a post, its thread and its versions is kept without end; what is cut says so', async () => {
  const reports = await read('/api/v1/admin/reports?limit=50')
  if (!Array.isArray(reports)) throw new Error('no reports')
  const post = reports.flatMap(({ statuses }) => statuses).find(({ id }) => id !== undefined)
  expect(expectBounded(PostEntity, post)).toContain('.content')
  expectBounded(ThreadPostEntity, post)
  expectBounded(PostVersionEntity, post)
  const { content } = PostEntity.parse({ ...post, content: long })
  expect([content.length <= MOST, content.at(-1), /\p{Cs}/u.test(content)]).toEqual([true, '…', false])
})

test('a name that would have to be cut sets its item aside: two accounts never have one name', async () => {
  const reports = await read('/api/v1/admin/reports?limit=1')
  const [report] = Array.isArray(reports) ? reports : []
  const { target_account: target } = report
  for (const name of ['username', 'domain'])
    expect(AdminAccountEntity.safeParse({ ...target, [name]: 'x'.repeat(5000) }).success).toBe(false)
  expect(AdminAccountEntity.parse({ ...target, account: { ...target.account, display_name: long } })).toMatchObject({
    account: { display_name: expect.stringMatching(/…$/) },
  })
})

test.each(['9;=1+1', '..', '../accounts/1', '1/suspend', '1?x', '1#x', '=1+1', 'a b', '1\n', 'é', '', 'x'.repeat(65)])(
  'no id: %s',
  async id => {
    const reports = await read('/api/v1/admin/reports?limit=1')
    const [report] = Array.isArray(reports) ? reports : []
    expect(ReportEntity.safeParse({ ...report, id }).success).toBe(false)
    expect(ReportEntity.safeParse({ ...report, target_account: { ...report.target_account, id } }).success).toBe(false)
    for (const good of ['9', '113000000000000001', '01H8XGJWBWBAQ4Z1B0X3J6QKQY', 'a_b-c'])
      expect(ReportEntity.safeParse({ ...report, id: good }).success).toBe(true)
  },
)
