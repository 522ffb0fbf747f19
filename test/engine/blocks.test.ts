import { expect, test } from 'vitest'
import type { Decision, DecisionKind, Fields, Subject } from '../../src/shared/contract/decisions.ts'
import { openGround, signInAndSync } from './ground.ts'
import { ended, untilIn } from './journal-ground.ts'

const openBlocks = async (options: Parameters<typeof openGround>[0] = {}, token = 'admin') => {
  const ground = await openGround(options)
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, token)
  await desk.call('settings.set', { graceSeconds: 2 })
  const arm = async (kind: DecisionKind, of: Subject['of'], id: string, fields: Fields = {}, typed = '') =>
    (await desk.call('decisions.arm', { server: key, subject: { of, id }, kind, fields, typed })).decision
  const settle = (decision: Decision) => untilIn(ground, desk, decision.id, ended, 1_000)
  return { ground, desk, key, arm, settle, [Symbol.asyncDispose]: () => ground[Symbol.asyncDispose]() }
}
const writes = ({ ground }: Awaited<ReturnType<typeof openBlocks>>) => ground.server.ledger.of(/_blocks/)

test.each([
  ['email-domain.block', 'email-domain', 'someone@spam.example', {}, 'field.domain.handle'],
  ['email-domain.block', 'email-domain', 'https://spam.example', {}, 'field.domain.scheme'],
  ['email-domain.block', 'email-domain', '   ', {}, 'field.domain.blank'],
  ['address.block', 'address', ' ', { severity: 'no_access' }, 'field.address.blank'],
  ['address.block', 'address', '203.0.113.1/40', { severity: 'no_access' }, 'field.address.prefix'],
  ['address.block', 'address', '127.0.0.1', { severity: 'no_access' }, 'refusal.inside-address'],
  ['address.block', 'address', '0.0.0.0/0', { severity: 'no_access' }, 'refusal.inside-address'],
  ['address.block', 'address', '203.0.113.1', {}, 'field.address-severity'],
  ['address.block', 'address', '203.0.113.1', { severity: '' }, 'field.address-severity'],
  ['address.block', 'address', '203.0.113.1', { severity: 'silence' }, 'field.address-severity'],
  ['address.block', 'address', '203.0.113.1', { severity: 'no_access', expiresIn: -1 }, 'field.expires'],
  ['address.block', 'address', '203.0.113.1', { severity: 'no_access', expiresIn: 1e12 }, 'field.expires'],
  [
    'address.block',
    'address',
    '203.0.113.1',
    { severity: 'no_access', comment: 'x'.repeat(2001) },
    'field.comment-long',
  ],
  ['address.change', 'address', '203.0.113.1', { severity: 'no_access' }, 'refusal.no-block'],
  ['address.lift', 'address', '203.0.113.1', {}, 'refusal.no-block'],
  ['canonical-email.block', 'canonical-email', 'nobody', {}, 'field.email'],
] as const satisfies readonly (readonly [DecisionKind, Subject['of'], string, Fields, string])[])(
  '%s of %s «%s» %o: %s, and nothing is sent',
  async (kind, of, id, fields, reason) => {
    await using bench = await openBlocks()
    await expect(bench.arm(kind, of, id, fields)).rejects.toMatchObject({ detail: { reason } })
    expect(writes(bench)).toEqual([])
  },
)

test('what is typed reaches the server in its own form, and is found under it again', async () => {
  await using bench = await openBlocks()
  const { world } = bench.ground.server
  expect((await bench.settle(await bench.arm('email-domain.block', 'email-domain', ' @Wave.EXAMPLE. '))).state).toBe(
    'done',
  )
  expect(world.emailDomainBlocks.find('wave.example')).toBeDefined()
  await expect(bench.arm('email-domain.block', 'email-domain', 'wave.example')).rejects.toMatchObject({
    detail: { reason: 'refusal.block-there' },
  })
  // Of all servers, without a word to search for.
  const { blocks, total } = await bench.desk.call('blocks.page', { family: 'email-domain' })
  expect([blocks.map(({ value }) => value).includes('wave.example'), total]).toEqual([true, blocks.length])
  const severity = { severity: 'sign_up_requires_approval', expiresIn: 3600 }
  expect((await bench.settle(await bench.arm('address.block', 'address', '2001:DB8:1::9/48', severity))).state).toBe(
    'done',
  )
  expect(world.ipBlocks.all().map(one => one.ip)).toContain('2001:db8:1::/48')
  const { entries } = await bench.desk.call('log.page', { limit: 50 })
  const about = entries.filter(entry => entry.facts.kind === 'address.block')
  // An address may belong to a person: it stands where it can be erased.
  expect(about.length).toBeGreaterThan(0)
  expect(JSON.stringify(about.map(entry => entry.facts))).not.toContain('2001:')
  expect(about[0]?.personal.target).toBe('2001:db8:1::/48')
})

test('a wide range goes out only alone, with its name typed', async () => {
  await using bench = await openBlocks()
  const fields = { severity: 'no_access' }
  await expect(bench.arm('address.block', 'address', '203.0.0.0/12', fields)).rejects.toMatchObject({
    code: 'not-allowed',
    detail: { reason: 'brake.wide-range', name: '203.0.0.0/12' },
  })
  const items = ['203.0.0.0/12', '198.18.7.0/24'].map(id => ({
    server: bench.key,
    subject: { of: 'address' as const, id },
  }))
  const preview = await bench.desk.call('batches.preview', { kind: 'address.block', items, fields })
  expect({ possible: preview.possible, left: preview.left.map(one => one.code) }).toEqual({
    possible: 1,
    left: ['brake.wide-range'],
  })
  const armed = await bench.arm('address.block', 'address', '203.0.0.0/12', fields, '203.0.0.0/12')
  expect((await bench.settle(armed)).state).toBe('done')
})

test('a PUT that answers 200 and saves nothing is not believed', async () => {
  await using bench = await openBlocks({ release: '4.3.23' })
  const { ground } = bench
  await bench.settle(await bench.arm('address.block', 'address', '203.0.113.7', { severity: 'sign_up_block' }))
  // The server says yes, shows what was sent, and keeps what it had.
  ground.between(async (real, input, init) => {
    if (init?.method !== 'PUT') return await real(input, init)
    const shown = await (await real(input, { ...init, method: 'GET', body: null })).text()
    return Response.json({ ...JSON.parse(shown), severity: 'no_access' })
  })
  const changed = await bench.settle(
    await bench.arm('address.change', 'address', '203.0.113.7', { severity: 'no_access' }),
  )
  expect(changed).toMatchObject({ state: 'failed', why: 'why.not-saved', status: 200 })
})

test('a colleague was faster: blocked, changed or lifted in the meantime stops it', async () => {
  await using bench = await openBlocks()
  const { world } = bench.ground.server
  const add = (ip: string) =>
    world.ipBlocks.add({
      id: world.ipBlocks.serials.next(),
      ip,
      severity: 'no_access',
      comment: '',
      createdAt: bench.ground.clock.now(),
      expiresAt: null,
    })
  const block = await bench.arm('address.block', 'address', '203.0.113.8', { severity: 'no_access' })
  add('203.0.113.8/32')
  expect(await bench.settle(block)).toMatchObject({ state: 'stopped', why: 'why.block-there' })
  const lift = await bench.arm('address.lift', 'address', '203.0.113.8')
  const held = world.ipBlocks.all().find(one => one.ip === '203.0.113.8/32')
  world.ipBlocks.remove(held?.id ?? '')
  expect(await bench.settle(lift)).toMatchObject({ state: 'stopped', why: 'why.block-lifted' })
})

test('a role without the right is told so', async () => {
  await using bench = await openBlocks({}, 'moderator')
  await expect(bench.arm('email-domain.block', 'email-domain', 'wave.example')).rejects.toMatchObject({
    code: 'not-allowed',
    detail: { reason: 'refusal.role-blocks' },
  })
})

test('trends: read when one looks, approved, and refused where nothing would change', async () => {
  await using bench = await openBlocks()
  const { world } = bench.ground.server
  const [any] = world.tags.all()
  if (!any) throw new Error('no tag')
  world.tags.add({
    ...any,
    id: '77',
    name: 'autumn',
    displayName: null,
    trendable: null,
    reviewedAt: null,
    requestedReviewAt: 1,
  })
  Object.assign(world.trends, { tags: ['77'] })
  expect((await bench.desk.call('trends.list', { server: bench.key, family: 'tags' })).readAt).toBeNull()
  expect(await bench.desk.call('trends.read', { server: bench.key, family: 'tags' })).toEqual({ count: 1 })
  const armed = await bench.arm('trend.approve', 'trend', 'tags/77')
  expect((await bench.settle(armed)).state).toBe('done')
  const { trends } = await bench.desk.call('trends.list', { server: bench.key, family: 'tags' })
  expect(trends[0]).toMatchObject({ title: '#autumn', trendable: true, decision: { state: 'done' } })
  await expect(bench.arm('trend.approve', 'trend', 'tags/77')).rejects.toMatchObject({
    detail: { reason: 'refusal.in-force' },
  })
  for (const id of ['tags/999', 'nothing', 'tags/77/../1'])
    await expect(bench.arm('trend.reject', 'trend', id)).rejects.toMatchObject({ code: 'not-found' })
})

test.each([
  ['4.0.15', 'refusal.release-publishers'],
  ['4.1.25', 'refusal.release-publishers'],
  ['4.2.29', null],
])('trends on Mastodon %s: a list of publishers that it does not have is not asked for', async (release, why) => {
  await using ground = await openGround({ release })
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  for (const family of ['links', 'statuses', 'tags'] as const)
    expect((await desk.call('trends.read', { server: key, family })).count).toBeGreaterThanOrEqual(0)
  let asked = 0
  ground.between((real, input, init) => {
    if (String(input).includes('/publishers')) asked++
    return real(input, init)
  })
  const publishers = desk.call('trends.read', { server: key, family: 'publishers' })
  if (why === null) expect((await publishers).count).toBeGreaterThanOrEqual(0)
  else await expect(publishers).rejects.toMatchObject({ code: 'not-allowed', detail: { reason: why } })
  expect(asked).toBe(why === null ? 1 : 0)
})
