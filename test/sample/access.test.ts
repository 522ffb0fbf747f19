/** Who is refused how (contract A.7), and what lists do with odd parameters (contract d, k). */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type Conversation, converse } from './converse.ts'

const reports = '/api/v1/admin/reports'
let sample: Conversation

beforeEach(async () => {
  sample = await converse({ as: 'moderator' })
  onTestFinished(() => sample.close())
})

const error = async (path: string, as: string | null): Promise<[number, string]> => {
  const reply = await sample.get(path, { as })
  return [reply.status, reply.body.error]
}

describe('tokens', () => {
  const verify = '/api/v1/accounts/verify_credentials'

  test('an unknown one is nobody on the admin API, and refused where a user is needed', async () => {
    expect(await error(reports, 'nonsense')).toEqual([403, 'This action is not allowed'])
    expect(await error(verify, 'nonsense')).toEqual([401, 'The access token is invalid'])
    expect(await error(verify, null)).toEqual([401, 'The access token is invalid'])
  })

  test('one scope of several is enough', async () => {
    expect((await sample.get(reports, { as: sample.token('moderator', 'admin:read:reports') })).status).toBe(200)
    expect(await error(reports, sample.token('moderator', 'admin:read:accounts'))).toEqual([
      403,
      'This action is outside the authorized scopes',
    ])
  })

  test('figures, tags and trends take the broad scope only', async () => {
    const as = sample.token('owner', 'admin:read:accounts', 'admin:read:reports', 'admin:read:domain_blocks')
    for (const path of ['/api/v1/admin/tags', '/api/v1/admin/trends/tags'])
      expect((await sample.get(path, { as })).status).toBe(403)
    expect((await sample.post('/api/v1/admin/measures', { as, json: {} })).status).toBe(403)
  })

  test('in the query works too', async () => {
    expect((await sample.get(`${verify}?access_token=moderator`, { as: null })).body.username).toBe('moderator')
  })

  test.each([
    ['disabled', 'Your login is currently disabled'],
    ['unconfirmed', 'Your login is missing a confirmed e-mail address'],
    ['pending', 'Your login is currently pending approval'],
  ] as const)('a user who is %s is refused where a user is needed, and keeps the admin API', async (state, message) => {
    const user = sample.server.world.account(sample.id('moderator'))?.user
    if (user == null) throw new Error('no moderator')
    Object.assign(user, {
      disabled: state === 'disabled',
      confirmed: state !== 'unconfirmed',
      approved: state !== 'pending',
    })
    expect(await error(verify, 'moderator')).toEqual([403, message])
    expect((await sample.get(reports)).status).toBe(200)
  })

  test('a suspended user is refused everywhere', async () => {
    await sample.post(`/api/v1/admin/accounts/${sample.id('moderator')}/action`, {
      as: 'owner',
      json: { type: 'suspend' },
    })
    expect(await error(reports, 'moderator')).toEqual([403, 'Your login is currently disabled'])
  })
})

describe('records and routes', () => {
  test('a record that does not exist is 404 before any permission is looked at', async () => {
    expect((await sample.get(`${reports}/999`, { as: 'member' })).status).toBe(404)
    expect((await sample.post('/api/v1/admin/domain_blocks/999', { as: 'member' })).status).toBe(404)
    expect((await sample.get(`${reports}/abc`)).status).toBe(404)
  })

  test('an address that does not exist is JSON for those who ask for it', async () => {
    expect((await sample.get('/api/v1/admin/nothing')).body).toEqual({ error: 'Not Found' })
    const page = await sample.get('/api/v1/admin/nothing', { headers: { accept: '*/*' } })
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  })

  test('a body that is no JSON is a 400', async () => {
    const headers = { 'content-type': 'application/json', authorization: 'Bearer moderator' }
    const answer = await fetch(`${sample.server.url}${reports}/1`, { method: 'PUT', body: '{', headers })
    expect(answer.status).toBe(400)
  })

  test('a HEAD is a GET without its body, and no write', async () => {
    const reply = await sample.ask('HEAD', reports)
    expect([reply.status, reply.body]).toEqual([200, ''])
    expect(sample.server.ledger.entries).toEqual([])
  })

  test('a form cannot reach the prototype of all objects', async () => {
    await sample.post(`${reports}/1/resolve`, {
      form: 'a[__proto__][polluted]=1&__proto__[polluted]=1&a[constructor][prototype][polluted]=1',
    })
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(sample.server.ledger.entries.at(-1)?.body).toEqual({})
  })

  test("nobody can delete somebody else's post", async () => {
    const [status] = sample.server.world.statusesByAccount.get(sample.id('amina')) ?? []
    expect((await sample.delete(`/api/v1/statuses/${status?.id}`, { as: 'owner' })).status).toBe(404)
  })
})

test("errors speak the language asked for, then the user's, then the browser's", async () => {
  const refused = async (query: string, headers = {}): Promise<string> =>
    (
      await sample.post(`/api/v1/admin/domain_blocks${query}`, {
        as: 'owner',
        json: { domain: 'bad.example' },
        headers,
      })
    ).body.error
  expect(await refused('')).toBe('You have already imposed stricter limits on bad.example.')
  expect(await refused('?lang=de')).toBe('Für bad.example gilt schon eine strengere Einschränkung.')
  const user = sample.server.world.account(sample.id('owner'))?.user
  if (user == null) throw new Error('no owner')
  user.locale = 'fr'
  expect(await refused('')).toBe('Des limites plus strictes valent déjà pour bad.example.')
  user.locale = null
  expect(await refused('', { 'accept-language': 'es-ES,es' })).toBe('Ya rigen límites más estrictos para bad.example.')
  const reply = await sample.post('/api/v1/admin/domain_blocks?lang=ja', { as: 'owner', json: {} })
  expect(reply.body.error).toBe('確認できませんでした: Domain を入力してください')
})

describe('pages', () => {
  test.each(['limit=0', 'limit=x', 'max_id=99999999999999999999', 'min_id=99999999999999999999'])(
    '%s fails',
    async query => {
      const reply = await sample.get(`${reports}?${query}`)
      expect([reply.status, reply.body, reply.headers.has('x-ratelimit-limit')]).toEqual([
        500,
        { status: 500, error: 'Internal Server Error' },
        false,
      ])
    },
  )

  const ids = async (query: string): Promise<string[]> =>
    (await sample.get(`${reports}?${query}`)).body.map((report: { id: string }) => report.id)

  test('min_id is what follows at once, since_id the newest; min_id wins', async () => {
    expect(await ids('limit=2&min_id=10')).toEqual(['12', '11'])
    expect(await ids('limit=2&since_id=10')).toEqual(['27', '26'])
    expect(await ids('limit=2&since_id=20&min_id=10')).toEqual(['12', '11'])
    expect(await ids('limit=9&min_id=10&max_id=13')).toEqual(['12', '11'])
  })

  test('a cursor that is no number is 0, an empty one is none', async () => {
    expect(await ids('max_id=abc')).toEqual([])
    expect(await ids('limit=1&min_id=abc')).toEqual(['1'])
    expect(await ids('limit=1&max_id=')).toEqual(['27'])
  })

  test('a negative limit is its size, a large one the largest', async () => {
    expect(await ids('limit=-3')).toHaveLength(3)
    expect(await ids('limit=99999999999999999999')).toHaveLength(27)
  })

  test('following next reads every row once, and the last page may be empty', async () => {
    const seen: string[] = []
    let path: string | undefined = `${reports}?limit=9`
    while (path !== undefined) {
      const reply = await sample.get(path)
      seen.push(...reply.body.map((report: { id: string }) => report.id))
      path = /<[^>]*?(\/api[^>]*)>; rel="next"/.exec(reply.headers.get('link') ?? '')?.[1]
    }
    expect(seen).toEqual(Array.from({ length: 27 }, (_, at) => String(27 - at)))
  })

  test('lists of roles do not survive in Link', async () => {
    const link = (await sample.get('/api/v2/admin/accounts?role_ids[]=1&role_ids[]=2&limit=1')).headers.get('link')
    expect(link).not.toContain('role')
  })

  test('trends page by offset, and their Link names the public path', async () => {
    sample.server.world.trends.tags = ['1', '1', '1', '1', '1']
    const reply = await sample.get('/api/v1/admin/trends/tags?limit=2&offset=2')
    expect(reply.headers.get('link')).toBe(`<${sample.server.url}/api/v1/trends/tags?limit=2&offset=4>; rel="next"`)
  })

  test('what was read already is 304, with the Link header', async () => {
    const path = '/api/v1/admin/reports?limit=2'
    const etag = (await sample.get(path)).headers.get('etag') ?? ''
    const again = await sample.get(path, { headers: { 'if-none-match': etag } })
    expect([again.status, again.body, again.headers.has('link')]).toEqual([304, '', true])
    await sample.post(`${reports}/27/assign_to_self`)
    expect((await sample.get(path, { headers: { 'if-none-match': etag } })).status).toBe(200)
  })
})

describe('what an account shows', () => {
  test('a suspended one shows nothing of itself, also inside the admin entity', async () => {
    await sample.post(`/api/v1/admin/accounts/${sample.id('amina')}/action`, { json: { type: 'suspend' } })
    const { account } = (await sample.get(`/api/v1/admin/accounts/${sample.id('amina')}`)).body
    expect(account).toMatchObject({ display_name: '', note: '', fields: [], suspended: true, discoverable: false })
    expect((await sample.get(`/api/v1/accounts/${sample.id('amina')}/statuses`)).body).toEqual([])
  })

  test('a pending one has no public page', async () => {
    expect((await sample.get(`/api/v1/accounts/${sample.id('newcomer1')}`)).status).toBe(404)
    expect((await sample.get(`/api/v1/admin/accounts/${sample.id('newcomer1')}`)).status).toBe(200)
  })

  test('a sensitised one makes every post sensitive', async () => {
    await sample.post(`/api/v1/admin/accounts/${sample.id('amina')}/action`, { json: { type: 'sensitive' } })
    const statuses = (await sample.get(`/api/v1/accounts/${sample.id('amina')}/statuses`)).body as {
      sensitive: boolean
    }[]
    expect(statuses.map(status => status.sensitive)).toEqual([true, true, true])
  })

  test('a deleted post stays in its report, without a mark', async () => {
    const report = sample.server.world.reports.all().find(({ statusIds }) => statusIds.length > 0)
    const status = sample.server.world.statuses.get(report?.statusIds[0] ?? '')
    if (report === undefined || status === undefined) throw new Error('no report with a post')
    status.deletedAt = sample.clock.now()
    const shown = (await sample.get(`${reports}/${report.id}`)).body.statuses.map(({ id }: { id: string }) => id)
    expect(shown).toContain(status.id)
    expect((await sample.get(`/api/v1/statuses/${status.id}`)).status).toBe(404)
  })
})
