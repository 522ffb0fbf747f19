/** What an ordinary person can read and do: search, threads, filing reports, their own posts (contract g). */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { addPost } from './bare-world.ts'
import { type Conversation, converse } from './converse.ts'

let sample: Conversation

beforeEach(async () => {
  sample = await converse({ as: 'member', jobDelay: 0 })
  onTestFinished(() => sample.close())
})

const postsOf = (handle: string): string[] =>
  (sample.server.world.statusesByAccount.get(sample.id(handle)) ?? []).map(({ id }) => id)

describe('filing a report', () => {
  const file = (json: object, as = 'member') => sample.post('/api/v1/reports', { as, json })

  test('answers the plain report', async () => {
    const [first = '', second = ''] = postsOf('seller1@spam.example')
    const reply = await file({
      account_id: sample.id('seller1@spam.example'),
      status_ids: [first, second],
      comment: 'boots',
      category: 'spam',
      forward: true,
    })
    expect(reply.body).toMatchObject({
      category: 'spam',
      comment: 'boots',
      forwarded: true,
      status_ids: [first, second],
      target_account: { username: 'seller1' },
    })
    const report = (await sample.get(`/api/v1/admin/reports/${reply.body.id}`, { as: 'owner' })).body
    expect(report.statuses.map(({ id }: { id: string }) => id)).toEqual([second, first])
  })

  test('with rules it is about a violation', async () => {
    const reply = await file({ account_id: sample.id('bruno'), rule_ids: ['2'] })
    expect(reply.body).toMatchObject({ category: 'violation', rule_ids: ['2'], forwarded: false })
  })

  test.each([
    [{ category: 'violation' }, 422],
    [{ category: 'spam', rule_ids: ['2'] }, 422],
    [{ category: 'violation', rule_ids: ['2', '2'] }, 422],
    [{ comment: 'x'.repeat(1001) }, 422],
    [{ status_ids: ['1'] }, 404],
    [{ account_id: '1' }, 404],
    [{ category: 'weird' }, 500],
  ])('%j is refused', async (more, status) => {
    expect((await file({ account_id: sample.id('bruno'), ...more })).status).toBe(status)
  })

  test('nobody is reported who is suspended', async () => {
    await sample.post(`/api/v1/admin/accounts/${sample.id('bruno')}/action`, { as: 'owner', json: { type: 'suspend' } })
    expect((await file({ account_id: sample.id('bruno') })).status).toBe(404)
  })
})

describe('search', () => {
  const found = async (query: string): Promise<Record<string, number>> => {
    const { body } = await sample.get(`/api/v2/search?${query}`)
    return { accounts: body.accounts.length, statuses: body.statuses.length, hashtags: body.hashtags.length }
  }

  test('finds people by name and handle, hashtags by prefix, posts by address', async () => {
    expect(await found('q=seller')).toMatchObject({ accounts: 3 })
    expect(await found('q=@ivan@harbour.example')).toMatchObject({ accounts: 1 })
    expect(await found('q=wal')).toMatchObject({ hashtags: 1 })
    expect(await found(`q=${encodeURIComponent('https://harbour.example/@ivan/1')}`)).toMatchObject({ statuses: 1 })
    expect(await found(`q=${encodeURIComponent('https://harbour.example/@ivan')}`)).toMatchObject({ accounts: 1 })
  })

  test('of one type, page by page', async () => {
    expect(await found('q=seller&type=accounts&limit=2&offset=2')).toEqual({ accounts: 1, statuses: 0, hashtags: 0 })
    expect(await found('q=wal&type=accounts')).toEqual({ accounts: 0, statuses: 0, hashtags: 0 })
  })

  test('nobody pages or resolves without signing in; an empty question is a 400', async () => {
    expect((await sample.get('/api/v2/search?q=a&offset=1', { as: null })).status).toBe(401)
    expect((await sample.get('/api/v2/search?q=a&resolve=true', { as: null })).status).toBe(401)
    expect((await sample.get('/api/v2/search?q=')).status).toBe(400)
  })
})

describe('posts', () => {
  test('a thread has what came before and what follows', async () => {
    const [first = '', , third = ''] = postsOf('amina')
    const before = (await sample.get(`/api/v1/statuses/${third}/context`)).body
    expect(before.ancestors.map(({ id }: { id: string }) => id)).toEqual([first])
    const after = (await sample.get(`/api/v1/statuses/${first}/context`)).body
    expect(after.descendants.map(({ id }: { id: string }) => id)).toEqual([third])
  })

  test('private ones are seen by followers, direct ones by who is mentioned', async () => {
    const { world } = sample.server
    const author = world.account(sample.id('amina'))
    if (author === undefined) throw new Error('no amina')
    const id = addPost(world, author, '<p>for friends</p>')
    const status = world.statuses.get(id)
    if (status === undefined) throw new Error('no post')
    status.visibility = 'private'
    expect((await sample.get(`/api/v1/statuses/${id}`)).status).toBe(404)
    expect((await sample.get(`/api/v1/statuses/${id}`, { as: 'owner' })).status).toBe(404)
    world.addFollow(sample.id('member'), author.id)
    expect((await sample.get(`/api/v1/statuses/${id}`)).status).toBe(200)
    status.visibility = 'direct'
    expect((await sample.get(`/api/v1/statuses/${id}`)).status).toBe(404)
  })

  test("one deletes one's own, and gets its text back", async () => {
    const [own = ''] = postsOf('member')
    const reply = await sample.ask('DELETE', `/api/v1/statuses/${own}`)
    expect(reply.body.text).toContain('A quiet day')
    expect('content' in reply.body).toBe(false)
    expect((await sample.get(`/api/v1/statuses/${own}`)).status).toBe(404)
  })

  test('lists can leave out replies and boosts, or show media only', async () => {
    const count = async (query: string): Promise<number> =>
      (await sample.get(`/api/v1/accounts/${sample.id('amina')}/statuses?${query}`)).body.length
    expect(await count('')).toBe(3)
    expect(await count('exclude_replies=true')).toBe(3)
    expect(await count('only_media=true')).toBe(0)
    expect(await count('tagged=walk')).toBe(3)
    expect(await count('tagged=other')).toBe(0)
  })
})

test("people are found by handle, with or without this server's name", async () => {
  for (const acct of ['amina', '@amina', 'amina@lantern.example']) {
    expect((await sample.get(`/api/v1/accounts/lookup?acct=${acct}`)).body.username).toBe('amina')
  }
  expect((await sample.get('/api/v1/accounts/lookup?acct=nobody@nowhere.example')).status).toBe(404)
})

test('peers leave out every domain with a block, the public list hides what it should', async () => {
  expect((await sample.get('/api/v1/instance/peers')).body).toEqual([
    'harbour.example',
    'shop.spam.example',
    'spam.example',
    'xn--bcher-kva.example',
  ])
  await sample.post('/api/v1/admin/domain_blocks', {
    as: 'owner',
    json: { domain: 'harbour.example', severity: 'noop' },
  })
  expect((await sample.get('/api/v1/instance/peers')).body).not.toContain('harbour.example')
  const blocks = (await sample.get('/api/v1/instance/domain_blocks')).body
  expect(blocks).toMatchObject([
    { domain: 'bad.example', severity: 'suspend', comment: 'spam' },
    { domain: 'meh.*****le', severity: 'silence' },
  ])
})

test('the public list of blocks is hidden from those it is not for', async () => {
  const path = '/api/v1/instance/domain_blocks'
  const { instance } = sample.server.world
  instance.showDomainBlocks = 'users'
  instance.showDomainBlocksRationale = 'disabled'
  expect((await sample.get(path, { as: null })).status).toBe(404)
  expect((await sample.get(path)).body[0].comment).toBeNull()
  instance.showDomainBlocks = 'disabled'
  expect((await sample.get(path)).status).toBe(404)
})
