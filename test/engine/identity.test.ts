import { expect, test } from 'vitest'
import { arm, type Ground, openGround, openRows, signInAndSync, until, untilState } from './ground.ts'

/** Answers of the server under these paths, changed on their way. */
const changed = (ground: Ground, path: RegExp, change: (body: { target_account?: object }) => object) =>
  ground.between(async (real, input, init) => {
    const response = await real(input, init)
    if (!path.test(new URL(String(input)).pathname) || init?.method === 'POST' || !response.ok) return response
    const { status } = response
    return new Response(JSON.stringify(change(Object(await response.json()))), {
      status,
      headers: { 'content-type': 'application/json' },
    })
  })
const writes = (ground: Ground) => ground.server.ledger.entries.length

test.each([
  ['another user name', (body: object) => ({ ...body, username: 'someone_else' })],
  ['another domain', (body: object) => ({ ...body, domain: 'elsewhere.example' })],
  ['another id', (body: object) => ({ ...body, id: '424242' })],
])('an account that has %s by the time it is sent is not decided about', async (_, change) => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const rows = (await openRows(desk)).filter(
    (one, index, all) => all.findIndex(each => each.target.id === one.target.id) === index,
  )
  const [row, forwarded] = rows.filter(one => one.target.domain !== null)
  const [other, filed] = rows.filter(one => one !== row && one !== forwarded)
  if (!row || !other || !filed || !forwarded) throw new Error('too few reports')
  const before = writes(ground)
  const limit = await arm(desk, { server: key, id: row.id }, 'account.limit')
  changed(ground, /\/admin\/accounts\/\d+$/, change)
  expect(await untilState(ground, desk, limit.id, 'done', 'failed', 'stopped')).toMatchObject({
    state: 'stopped',
    why: 'why.other-account',
  })
  const aboutReports = [
    await arm(desk, { server: key, id: other.id }, 'report.close'),
    await arm(desk, { server: key, id: filed.id }, 'report.categorise', { fields: { category: 'legal' } }),
    await arm(desk, { server: key, id: forwarded.id }, 'report.forward', { fields: { comment: '' } }),
  ]
  changed(ground, /\/admin\/reports\/\d+$/, body => ({ ...body, target_account: change(body.target_account ?? {}) }))
  for (const { id } of aboutReports)
    expect(await untilState(ground, desk, id, 'done', 'failed', 'stopped')).toMatchObject({
      state: 'stopped',
      why: 'why.other-account',
    })
  expect(writes(ground)).toBe(before)
})

test.each([
  ['account', /verify_credentials$/, (body: object) => ({ ...body, id: '424242' })],
  ['domain', /\/api\/v2\/instance$/, (body: object) => ({ ...body, domain: 'other.example' })],
] as const)('a server that answers as another %s is spoken to no more', async (what, path, change) => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  changed(ground, path, change)
  const shown = await until(
    async () => (await desk.call('servers.list', {})).servers.find(one => one.key === key),
    server => server?.signedIn === false,
    ground.patient,
    600_000,
  )
  expect(shown).toMatchObject({ signedIn: false })
  const { entries } = await desk.call('log.page', { limit: 20 })
  expect(entries.map(({ action }) => action)).toContain(`server.other-${what}`)
  let asked = 0
  ground.between(async () => {
    asked++
    throw new TypeError('nothing may be asked there')
  })
  for (let hours = 0; hours < 30; hours++) ground.clock.advance(3_600_000)
  await desk.call('sync.now', { all: true }).catch(() => {})
  expect(asked).toBe(0)
})

test('nothing is decided about the account in whose name the server itself speaks', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  ground.between(async (real, input, init) => {
    const response = await real(input, init)
    if (!/\/admin\/reports$/.test(new URL(String(input)).pathname) || !response.ok) return response
    const items: unknown = await response.json()
    const [first, ...others] = Array.isArray(items) ? items : []
    const list = first ? [{ ...first, target_account: { ...first.target_account, id: '-99' } }, ...others] : []
    return new Response(JSON.stringify(list), { headers: { 'content-type': 'application/json' } })
  })
  const { desk, key } = await signInAndSync(ground, 'admin')
  const row = (await openRows(desk)).find(one => one.target.id === '-99')
  if (!row) throw new Error('no such report')
  for (const kind of ['account.warn', 'account.limit', 'account.suspend'] as const)
    await expect(arm(desk, { server: key, id: row.id }, kind)).rejects.toMatchObject({
      detail: { reason: 'refusal.instance-actor' },
    })
})

test('a server that runs an older release from one day to the next keeps its mirror, loses what that release cannot do, and the log says so', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  const rows = (await openRows(desk)).length
  const before = (await desk.call('servers.list', {})).servers[0]
  changed(ground, /\/api\/v2\/instance$/, body => ({ ...body, version: '4.0.2' }))
  const after = await until(
    async () => (await desk.call('servers.list', {})).servers[0],
    server => server?.release === '4.0.2',
    ground.patient,
    600_000,
  )
  expect(after?.signedIn).toBe(true)
  expect(after?.cannot).not.toEqual(before?.cannot)
  expect(await openRows(desk)).toHaveLength(rows)
  const { entries } = await desk.call('log.page', { kind: 'server.seen-release' })
  expect(entries).toMatchObject([{ source: 'saw', facts: { before: before?.release, after: '4.0.2' } }])
})
