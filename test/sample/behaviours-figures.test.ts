/** Tags, metrics and trends: lines 103 to 114. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { addLocal, addPost, bareWorld } from './bare-world.ts'
import { type Conversation, converse, noon } from './converse.ts'
import { refuses } from './guarded.ts'

let sample: Conversation

beforeEach(async () => {
  const world = bareWorld()
  for (const name of ['art', 'birds', 'cats', 'dogs']) {
    world.tags.add({
      id: world.tags.serials.next(),
      name,
      displayName: null,
      usable: null,
      listable: null,
      trendable: null,
      reviewedAt: null,
      requestedReviewAt: null,
      history: [],
    })
  }
  const card = { url: 'https://news.example/a', title: 'News', description: 'd', language: null, type: 'link' as const }
  const names = { authorName: '', authorUrl: '', providerName: 'News', providerUrl: '', html: '', width: 0, height: 0 }
  const pictures = { image: null, imageDescription: '', embedUrl: '', blurhash: null, publishedAt: null }
  world.trendLinks.add({
    id: '1',
    card: { ...card, ...names, ...pictures },
    publisherId: '1',
    trendable: false,
    history: [],
  })
  world.publishers.add({ id: '1', domain: 'news.example', trendable: null, reviewedAt: null, requestedReviewAt: null })
  const status = addPost(world, addLocal(world, 'poster'), '<p>hello</p>')
  world.trends.links = ['1']
  world.trends.statuses = [status]
  world.trends.tags = ['1', '2']
  sample = await converse({ world, as: 'admin' })
  onTestFinished(() => sample.close())
})

describe('tags', () => {
  const path = '/api/v1/admin/tags'
  refuses(
    '103 tags',
    () => sample,
    () => [
      ['GET', path],
      ['GET', `${path}/1`],
      ['PUT', `${path}/1`],
    ],
    { scopes: ['write:statuses'], callers: ['nobody'] },
  )
  refuses(
    '103 changing tags',
    () => sample,
    () => [['PUT', `${path}/1`]],
    { scopes: ['admin:read'], callers: [] },
  )

  test('104: each is found by id and name, and a limit', async () => {
    const reply = await sample.get(path)
    expect(reply.body.map((tag: { id: string; name: string }) => [tag.id, tag.name])).toEqual([
      ['4', 'dogs'],
      ['3', 'cats'],
      ['2', 'birds'],
      ['1', 'art'],
    ])
    expect((await sample.get(`${path}?limit=2`)).body).toHaveLength(2)
  })

  test('104: an empty list', async () => {
    const empty = await converse({ world: bareWorld(), as: 'admin' })
    onTestFinished(() => empty.close())
    expect((await empty.get(path)).body).toEqual([])
  })

  test('105: show, and -1 is not found', async () => {
    expect((await sample.get(`${path}/1`)).body).toMatchObject({ id: '1', name: 'art' })
    expect((await sample.get(`${path}/-1`)).status).toBe(404)
  })

  test('106: another spelling of the same name', async () => {
    const reply = await sample.put(`${path}/1`, { json: { display_name: 'ART' } })
    expect([reply.status, reply.body]).toMatchObject([200, { name: 'ART', requires_review: false }])
  })

  test('107: another name', async () =>
    expect((await sample.put(`${path}/1`, { json: { display_name: 'music' } })).status).toBe(422))
})

describe('metrics', () => {
  const dates = { start_at: '2026-11-20', end_at: '2026-11-23' }
  const domain = { domain: 'example.example', include_subdomains: true }
  const asked = [
    [
      108,
      'measures',
      {
        keys: ['instance_accounts', 'instance_follows', 'instance_followers'],
        ...dates,
        instance_accounts: domain,
        instance_follows: domain,
        instance_followers: domain,
      },
      3,
    ],
    [109, 'dimensions', {}, 0],
    [110, 'retention', { ...dates, frequency: 'month' }, 1],
  ] as const

  test.each(asked)('%i: %s, and not without a token', async (_, name, json, length) => {
    const path = `/api/v1/admin/${name}`
    const reply = await sample.post(path, { json })
    expect([reply.status, reply.body.length]).toEqual([200, length])
    expect((await sample.post(path, { as: null, json })).status).toBe(403)
  })
})

describe('trends', () => {
  const path = '/api/v1/admin/trends'
  const kinds = ['links', 'statuses', 'tags', 'links/publishers'] as const
  const idOf = (kind: (typeof kinds)[number]): string =>
    kind === 'statuses' ? (sample.server.world.trends.statuses[0] ?? '') : '1'

  test.each(kinds)('111: %s', async kind => {
    const reply = await sample.get(`${path}/${kind}`)
    expect(reply.status).toBe(200)
    expect(reply.body.length).toBeGreaterThan(0)
  })

  test.each([
    [112, 'approve', true],
    [113, 'reject', false],
  ] as const)('%i: %s a link', async (_, word, trendable) => {
    const link = {
      url: 'https://news.example/a',
      title: 'News',
      description: 'd',
      type: 'link',
      requires_review: false,
    }
    const reply = await sample.post(`${path}/links/1/${word}`)
    expect([reply.status, reply.body]).toMatchObject([200, link])
    expect(sample.server.world.trendLinks.get('1')?.trendable).toBe(trendable)
    expect((await sample.post(`${path}/links/-1/${word}`)).status).toBe(404)
    expect((await sample.post(`${path}/links/1/${word}`, { as: null })).status).toBe(403)
  })

  const reviews = (): [string, string][] =>
    kinds.flatMap(kind =>
      ['approve', 'reject'].map(word => ['POST', `${path}/${kind}/${idOf(kind)}/${word}`] as [string, string]),
    )
  refuses('112 to 114 reviews', () => sample, reviews, {
    scopes: ['read write', 'write:statuses'],
    callers: ['nobody'],
  })

  test('114: all can be approved and rejected', async () => {
    for (const [method, address] of reviews()) {
      const reply = await sample.ask(method, address)
      expect([address, reply.status, reply.body.requires_review]).toEqual([address, 200, false])
    }
    expect(sample.server.world.publishers.get('1')).toMatchObject({ trendable: false, reviewedAt: noon })
  })
})
