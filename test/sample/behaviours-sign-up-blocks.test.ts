/** E-mail domain blocks, IP blocks, canonical e-mail blocks: lines 77 to 102. */
import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { bareWorld } from './bare-world.ts'
import { type Conversation, converse } from './converse.ts'
import { refuses } from './guarded.ts'

let sample: Conversation

beforeEach(async () => {
  sample = await converse({ world: bareWorld(), as: 'admin' })
  onTestFinished(() => sample.close())
})

/** Rows of a list, by one key. */
async function list(path: string, key: string): Promise<unknown[]> {
  const reply = await sample.get(path)
  expect(reply.status).toBe(200)
  return reply.body.map((row: Record<string, unknown>) => row[key])
}

const everyCall = (path: string) => (): [string, string][] => [
  ['GET', path],
  ['GET', `${path}/1`],
  ['POST', path],
  ['DELETE', `${path}/1`],
]

describe('e-mail domain blocks', () => {
  const path = '/api/v1/admin/email_domain_blocks'
  const domains = ['a.example', 'b.example', 'c.example', 'd.example', 'e.example']
  const fill = async (): Promise<void> => {
    for (const domain of domains) await sample.post(path, { json: { domain } })
  }

  describe('with rows', () => {
    beforeEach(fill)
    refuses('77 e-mail domains', () => sample, everyCall(path), {
      scopes: ['read:statuses'],
      callers: ['nobody', 'moderator'],
    })

    test('78: all five, newest first, and a limit', async () => {
      expect(await list(path, 'domain')).toEqual(domains.toReversed())
      expect(await list(`${path}?limit=2`, 'domain')).toHaveLength(2)
    })

    test('79: since_id and max_id', async () => {
      expect(await list(`${path}?since_id=2`, 'domain')).toEqual(['e.example', 'd.example', 'c.example'])
      expect(await list(`${path}?max_id=4`, 'domain')).toEqual(['c.example', 'b.example', 'a.example'])
    })

    test('80: show, and -1 is not found', async () => {
      expect((await sample.get(`${path}/1`)).body.domain).toBe('a.example')
      expect((await sample.get(`${path}/-1`)).status).toBe(404)
    })

    test('83: delete, and -1 is not found', async () => {
      const reply = await sample.delete(`${path}/1`)
      expect([reply.status, reply.body]).toEqual([200, {}])
      expect((await sample.get(`${path}/1`)).status).toBe(404)
      expect((await sample.delete(`${path}/-1`)).status).toBe(404)
    })
  })

  test('78: an empty list', async () => expect(await list(path, 'domain')).toEqual([]))

  test('81: create', async () => {
    const reply = await sample.post(path, { json: { domain: 'example.example' } })
    expect([reply.status, reply.body.domain]).toEqual([200, 'example.example'])
  })

  test.each(['', 'do\u00a0main.example', 'foo bar', 'Ünder_score'])('82: %j is refused', async domain => {
    expect((await sample.post(path, { json: { domain } })).status).toBe(422)
  })

  test('82: a duplicate is refused', async () => {
    await sample.post(path, { json: { domain: 'a.example' } })
    expect((await sample.post(path, { json: { domain: 'a.example' } })).status).toBe(422)
  })
})

describe('IP blocks', () => {
  const path = '/api/v1/admin/ip_blocks'
  const inTenDays = 10 * 86_400
  const fill = async (): Promise<void> => {
    await sample.post(path, { json: { ip: '192.0.2.0/24', severity: 'no_access' } })
    await sample.post(path, { json: { ip: '172.16.0.1', severity: 'sign_up_requires_approval', comment: 'spam' } })
    await sample.post(path, { json: { ip: '2001:db8::/32', severity: 'sign_up_block', expires_in: inTenDays } })
  }

  describe('with rows', () => {
    beforeEach(fill)
    refuses(
      '84 reading addresses',
      () => sample,
      () => [
        ['GET', path],
        ['GET', `${path}/1`],
      ],
      {
        scopes: ['admin:write:ip_blocks'],
        callers: ['nobody', 'moderator'],
      },
    )
    refuses(
      '84 making addresses',
      () => sample,
      () => [['POST', path]],
      { scopes: ['admin:read:ip_blocks'], callers: ['nobody', 'moderator'] },
    )

    test('86: three of all kinds, and a limit', async () => {
      const reply = await sample.get(path)
      expect(reply.body).toMatchObject([
        {
          id: '3',
          ip: '2001:db8::/32',
          severity: 'sign_up_block',
          comment: '',
          expires_at: '2026-12-03T12:00:00.000Z',
        },
        { id: '2', ip: '172.16.0.1/32', severity: 'sign_up_requires_approval', comment: 'spam', expires_at: null },
        { id: '1', ip: '192.0.2.0/24', severity: 'no_access', comment: '', expires_at: null },
      ])
      expect(await list(`${path}?limit=2`, 'id')).toHaveLength(2)
    })

    test('87: show, and -1 is not found', async () => {
      expect((await sample.get(`${path}/1`)).body).toMatchObject({ ip: '192.0.2.0/24', severity: 'no_access' })
      expect((await sample.get(`${path}/-1`)).status).toBe(404)
    })

    test('89: a duplicate is refused', async () => {
      expect((await sample.post(path, { json: { ip: '172.16.0.1', severity: 'no_access' } })).status).toBe(422)
    })

    test('90: update, and -1 is not found', async () => {
      const json = { severity: 'sign_up_requires_approval', comment: 'Decreased' }
      const reply = await sample.put(`${path}/1`, { json })
      expect([reply.status, reply.body]).toMatchObject([200, { ip: '192.0.2.0/24', ...json }])
      expect((await sample.get(`${path}/1`)).body).toMatchObject(json)
      expect((await sample.put(`${path}/-1`, { json })).status).toBe(404)
    })

    test('91: delete, and -1 is not found', async () => {
      expect((await sample.delete(`${path}/1`)).body).toEqual({})
      expect((await sample.get(`${path}/1`)).status).toBe(404)
      expect((await sample.delete(`${path}/-1`)).status).toBe(404)
    })
  })

  test('85: an empty list', async () => expect(await list(path, 'id')).toEqual([]))

  test('88: create', async () => {
    const reply = await sample.post(path, { json: { ip: '151.0.32.55', severity: 'no_access', comment: 'Spam' } })
    expect([reply.status, reply.body]).toMatchObject([
      200,
      { ip: '151.0.32.55/32', severity: 'no_access', comment: 'Spam' },
    ])
  })

  test.each([
    { ip: '', severity: 'no_access' },
    { ip: '151.0.32.55', severity: '' },
    { ip: '520.13.54.120', severity: 'no_access' },
    { ip: '151.0.32.55', severity: 'invalid' },
  ])('89: %j is refused', async json => expect((await sample.post(path, { json })).status).toBe(422))
})

describe('canonical e-mail blocks', () => {
  const path = '/api/v1/admin/canonical_email_blocks'
  const hash = (email: string): string => createHash('sha256').update(email).digest('hex')
  const people = ['a', 'b', 'c', 'd', 'e'].map(name => `${name}@mail.example`)

  describe('with rows', () => {
    beforeEach(async () => {
      for (const email of people) await sample.post(path, { json: { email } })
    })
    refuses(
      '92 canonical e-mails',
      () => sample,
      () => [...everyCall(path)(), ['POST', `${path}/test`]],
      {
        scopes: ['read:statuses'],
        callers: ['nobody', 'moderator'],
      },
    )

    test('93: the hashes, newest first, with limit and cursors', async () => {
      expect(await list(path, 'canonical_email_hash')).toEqual(people.map(hash).toReversed())
      expect(await list(`${path}?limit=2`, 'id')).toEqual(['5', '4'])
      expect(await list(`${path}?since_id=2`, 'id')).toEqual(['5', '4', '3'])
      expect(await list(`${path}?max_id=4`, 'id')).toEqual(['3', '2', '1'])
    })

    test('94: show, and -1 is not found', async () => {
      expect((await sample.get(`${path}/1`)).body).toEqual({ id: '1', canonical_email_hash: hash('a@mail.example') })
      expect((await sample.get(`${path}/-1`)).status).toBe(404)
    })

    test('95 and 96: testing an address', async () => {
      expect((await sample.post(`${path}/test`)).status).toBe(400)
      expect((await sample.post(`${path}/test`, { json: { email: 'A+x@mail.example' } })).body).toEqual([
        { id: '1', canonical_email_hash: hash('a@mail.example') },
      ])
      expect((await sample.post(`${path}/test`, { json: { email: 'z@mail.example' } })).body).toEqual([])
    })

    test('101: an address that is blocked already', async () => {
      expect((await sample.post(path, { json: { email: 'a@mail.example' } })).status).toBe(422)
    })

    test('102: delete, and 0 is not found', async () => {
      expect((await sample.delete(`${path}/1`)).status).toBe(200)
      expect((await sample.get(`${path}/1`)).status).toBe(404)
      expect((await sample.delete(`${path}/0`)).status).toBe(404)
    })
  })

  test('93: an empty list', async () => expect(await list(path, 'id')).toEqual([]))

  test('97: create from an address', async () => {
    const reply = await sample.post(path, { json: { email: 'E.vil+1@Mail.example' } })
    expect([reply.status, reply.body.canonical_email_hash]).toEqual([200, hash('evil@mail.example')])
  })

  test('98: neither address nor hash', async () => expect((await sample.post(path, { json: {} })).status).toBe(422))

  test('99: a hash alone', async () => {
    expect((await sample.post(path, { json: { canonical_email_hash: hash('x') } })).body.canonical_email_hash).toBe(
      hash('x'),
    )
  })

  test('100: the address wins over a hash', async () => {
    const reply = await sample.post(path, { json: { email: 'evil@mail.example', canonical_email_hash: hash('x') } })
    expect(reply.body.canonical_email_hash).toBe(hash('evil@mail.example'))
  })
})
