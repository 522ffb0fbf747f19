/** Domain allows and blocks: lines 39 to 62. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { bareWorld } from './bare-world.ts'
import { type Conversation, converse } from './converse.ts'
import { refuses } from './guarded.ts'

let sample: Conversation

beforeEach(async () => {
  sample = await converse({ world: bareWorld(), as: 'admin' })
  onTestFinished(() => sample.close())
})

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

describe('domain allows', () => {
  const path = '/api/v1/admin/domain_allows'
  const allow = async (domain: string): Promise<string> => (await sample.post(path, { json: { domain } })).body.id

  beforeEach(() => allow('guest.example'))
  refuses(
    '39 allows',
    () => sample,
    () => [
      ['GET', path],
      ['GET', `${path}/1`],
      ['POST', path],
      ['DELETE', `${path}/1`],
    ],
    {
      scopes: ['write:statuses'],
      callers: ['nobody', 'moderator'],
    },
  )

  test('40: an empty list', async () => {
    await sample.delete(`${path}/1`)
    expect((await sample.get(path)).body).toEqual([])
  })

  test('41: two, with three keys each', async () => {
    await allow('other.example')
    const reply = await sample.get(path)
    expect(reply.body).toEqual([
      { id: '2', domain: 'other.example', created_at: expect.stringMatching(time) },
      { id: '1', domain: 'guest.example', created_at: expect.stringMatching(time) },
    ])
  })

  test('42: limit', async () => {
    await allow('other.example')
    expect((await sample.get(`${path}?limit=1`)).body).toHaveLength(1)
  })

  test('43: show, and -1 is not found', async () => {
    expect((await sample.get(`${path}/1`)).body.domain).toBe('guest.example')
    expect((await sample.get(`${path}/-1`)).status).toBe(404)
  })

  test('44: create', async () => {
    const reply = await sample.post(path, { json: { domain: 'foo.bar.example' } })
    expect([reply.status, reply.body.domain]).toEqual([200, 'foo.bar.example'])
    expect((await sample.get(`${path}/${reply.body.id}`)).status).toBe(200)
  })

  test('45: an invalid domain', async () =>
    expect((await sample.post(path, { json: { domain: 'foo bar' } })).status).toBe(422))
  test('46: no domain', async () => expect((await sample.post(path, { json: {} })).status).toBe(422))

  test('47: what is allowed already is answered as it is', async () => {
    const reply = await sample.post(path, { json: { domain: 'guest.example' } })
    expect([reply.status, reply.body.id]).toEqual([200, '1'])
    expect(sample.server.ledger.entries.at(-1)).toMatchObject({ status: 200, effect: false })
  })

  test('48: delete, and -1 is not found', async () => {
    const reply = await sample.delete(`${path}/1`)
    expect([reply.status, reply.body]).toEqual([200, {}])
    expect((await sample.get(`${path}/1`)).status).toBe(404)
    expect((await sample.delete(`${path}/-1`)).status).toBe(404)
  })
})

describe('domain blocks', () => {
  const path = '/api/v1/admin/domain_blocks'
  const block = (domain: string, severity: string, more = {}) =>
    sample.post(path, { json: { domain, severity, ...more } })

  test('49: scopes of their own are enough', async () => {
    const as = sample.token('admin', 'admin:read:domain_blocks', 'admin:write:domain_blocks')
    expect((await sample.post(path, { as, json: { domain: 'foo.example' } })).status).toBe(200)
    expect((await sample.get(path, { as })).body).toHaveLength(1)
  })

  test('50: an empty list', async () => expect((await sample.get(path)).body).toEqual([]))

  describe('with a block on example.example', () => {
    beforeEach(async () => {
      await block('example.example', 'silence')
    })
    refuses(
      '49 blocks',
      () => sample,
      () => [
        ['GET', path],
        ['GET', `${path}/1`],
        ['POST', path],
        ['PUT', `${path}/1`],
        ['DELETE', `${path}/1`],
      ],
      {
        scopes: ['write:statuses'],
        callers: ['nobody', 'moderator'],
      },
    )

    test('53: show has ten keys, and -1 is not found', async () => {
      const reply = await sample.get(`${path}/1`)
      expect(Object.keys(reply.body).sort()).toEqual([
        'created_at',
        'digest',
        'domain',
        'id',
        'obfuscate',
        'private_comment',
        'public_comment',
        'reject_media',
        'reject_reports',
        'severity',
      ])
      expect((await sample.get(`${path}/-1`)).status).toBe(404)
    })

    test('60: a severity can be changed', async () => {
      const before = (await sample.get(`${path}/1`)).body
      const reply = await sample.put(`${path}/1`, { json: { severity: 'suspend' } })
      expect([reply.status, reply.body]).toEqual([200, { ...before, severity: 'suspend' }])
      expect((await sample.get(`${path}/1`)).body.severity).toBe('suspend')
    })

    test('61: -1 is not found', async () => expect((await sample.put(`${path}/-1`, { json: {} })).status).toBe(404))

    test('62: delete, and -1 is not found', async () => {
      expect((await sample.delete(`${path}/1`)).body).toEqual({})
      expect((await sample.get(`${path}/1`)).status).toBe(404)
      expect((await sample.delete(`${path}/-1`)).status).toBe(404)
    })
  })

  test('51 and 52: five of all kinds, and a limit', async () => {
    await block('a.example', 'silence', { reject_media: true })
    await block('b.example', 'suspend', { private_comment: 'see notes' })
    await block('c.example', 'noop', { reject_reports: true, obfuscate: true })
    await block('d.example', 'silence', { public_comment: 'spam' })
    await block('e.example', 'suspend')
    const all = (await sample.get(path)).body as Record<string, unknown>[]
    expect(
      all.map(({ domain, severity, reject_media, reject_reports, obfuscate }) => [
        domain,
        severity,
        reject_media,
        reject_reports,
        obfuscate,
      ]),
    ).toEqual([
      ['e.example', 'suspend', false, false, false],
      ['d.example', 'silence', false, false, false],
      ['c.example', 'noop', false, true, true],
      ['b.example', 'suspend', false, false, false],
      ['a.example', 'silence', true, false, false],
    ])
    expect((await sample.get(`${path}?limit=2`)).body).toHaveLength(2)
  })

  test('54: create', async () => {
    const reply = await block('foo.bar.example', 'silence')
    expect([reply.status, reply.body.domain, reply.body.severity]).toEqual([200, 'foo.bar.example', 'silence'])
    expect((await sample.get(`${path}/${reply.body.id}`)).status).toBe(200)
  })

  test('55: stricter than the parent', async () => {
    await block('bar.example', 'silence')
    expect((await block('foo.bar.example', 'suspend')).status).toBe(200)
  })

  test('56: the same domain again', async () => {
    await block('foo.bar.example', 'silence')
    const reply = await block('foo.bar.example', 'suspend')
    expect([reply.status, reply.body.existing_domain_block.domain]).toEqual([422, 'foo.bar.example'])
  })

  test('57: looser than the parent', async () => {
    await block('bar.example', 'suspend')
    const reply = await block('foo.bar.example', 'silence')
    expect([reply.status, reply.body.existing_domain_block.domain]).toEqual([422, 'bar.example'])
  })

  test('58: an invalid domain', async () => expect((await block('foo bar', 'silence')).status).toBe(422))

  test('59: an unknown severity', async () => {
    const reply = await block('foo.bar.example', 'bar')
    expect([reply.status, reply.body]).toEqual([
      422,
      { error: 'Validation failed: Severity is not included in the list' },
    ])
  })
})
