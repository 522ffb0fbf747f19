import { expect, test } from 'vitest'
import type { DomainBlockRecord } from '../../src/main/sample/rules/model.ts'
import { type Ground, NOON, openGround, signInAndSync, until } from './ground.ts'
import { mirroredRows, servedRows } from './lists-mirrored.ts'

const nouns = ['domain-blocks', 'domain-allows', 'signups'] as const
const agrees = (ground: Ground) =>
  nouns.every(noun => JSON.stringify(mirroredRows(ground.folder, noun)) === JSON.stringify(servedRows(ground, noun)))

const block = (ground: Ground, domain: string, more: Partial<DomainBlockRecord> = {}): DomainBlockRecord =>
  ground.server.world.domainBlocks.add({
    id: ground.server.world.domainBlocks.serials.next(),
    domain,
    severity: 'silence',
    createdAt: ground.clock.now(),
    rejectMedia: false,
    rejectReports: false,
    obfuscate: false,
    privateComment: null,
    publicComment: null,
    ...more,
  })
const allow = (ground: Ground, domain: string) =>
  ground.server.world.domainAllows.add({
    id: ground.server.world.domainAllows.serials.next(),
    domain,
    createdAt: ground.clock.now(),
  })

type Desk = Awaited<ReturnType<typeof signInAndSync>>['desk']
const seen = async (desk: Desk) => {
  const { entries } = await desk.call('log.page', { limit: 200 })
  return entries.filter(entry => entry.source === 'saw')
}
const stateOf = async (desk: Desk, name: string) => {
  const [server] = (await desk.call('sync.status', {})).servers
  return server?.lists.find(({ list }) => list === name)
}

test('a first sync holds every block, allow and sign-up, a null severity too, in as few pages as can be; no history is invented', async () => {
  await using ground = await openGround()
  for (let n = 0; n < 1_200; n++) block(ground, `n${n}.example`, n % 7 === 0 ? { severity: null } : {})
  for (let n = 0; n < 3; n++) allow(ground, `friend${n}.example`)
  await ground.openEngine()
  const asked: string[] = []
  ground.between((real, input, init) => {
    const { pathname, searchParams } = new URL(String(input))
    if (pathname.endsWith('/domain_blocks')) asked.push(searchParams.get('limit') ?? '')
    return real(input, init)
  })
  const { desk } = await signInAndSync(ground, 'admin')
  expect(agrees(ground)).toBe(true)
  expect(mirroredRows(ground.folder, 'domain-blocks')).toHaveLength(1_202)
  expect(asked).toEqual(['500', '500', '500'])
  expect(await seen(desk)).toEqual([])
  expect(await stateOf(desk, 'domain-allows')).toMatchObject({ state: 'complete', rows: 3, bad: 0 })
})

test('what colleagues block, change, lift, allow, approve and reject is found without being asked, and logged once with its interval', async () => {
  await using ground = await openGround()
  const friend = allow(ground, 'friend.example')
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  const { world } = ground.server
  const [lifted, changed] = world.domainBlocks.all()
  const [approved, rejected] = mirroredRows(ground.folder, 'signups').map(row => world.account(row.split(' ')[0] ?? ''))
  if (!lifted || !changed || !approved?.user || !rejected) throw new Error('too small a world')
  const from = ground.clock.now()
  world.domainBlocks.remove(lifted.id)
  Object.assign(changed, { severity: 'suspend', privateComment: 'Canary words' })
  world.domainAllows.remove(friend.id)
  const added = block(ground, 'new.example', { severity: 'suspend' })
  const allowed = allow(ground, 'peer.example')
  approved.user.approved = true
  world.removeAccount(rejected)
  await until(
    () => seen(desk),
    all => all.length >= 7 && agrees(ground),
    ground.patient,
    10_000,
  )
  for (let n = 0; n < 100; n++) {
    ground.patient.advance(20_000)
    await desk.call('sync.status', {})
  }
  const entries = await seen(desk)
  expect(entries.map(({ action, facts }) => [action, facts.block ?? facts.allow ?? facts.account]).sort()).toEqual(
    [
      ['domain-allow.seen-added', allowed.id],
      ['domain-allow.seen-removed', friend.id],
      ['domain-block.seen-added', added.id],
      ['domain-block.seen-changed', changed.id],
      ['domain-block.seen-lifted', lifted.id],
      ['signup.seen-approved', approved.id],
      ['signup.seen-rejected', rejected.id],
    ].sort(),
  )
  for (const { facts } of entries) expect([Number(facts.from) <= from, Number(facts.to) > from]).toEqual([true, true])
  expect(entries.find(({ action }) => action === 'domain-block.seen-changed')?.facts).toMatchObject({
    domain: changed.domain,
    before: 'silence',
    after: 'suspend',
    fields: ['severity', 'privateComment'],
  })
  // A moderator's words are free text: they are not in what the chain keeps for ever.
  expect(JSON.stringify(entries)).not.toContain('Canary')
  expect(entries.find(({ action }) => action === 'signup.seen-rejected')?.personal).toMatchObject({
    target: `@${rejected.username}`,
  })
})

test('personal data of a sign-up goes when it is answered', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground)
  const [row] = mirroredRows(ground.folder, 'signups')
  const account = ground.server.world.account(row?.split(' ')[0] ?? '')
  if (!account?.user) throw new Error('nobody waits')
  expect(await desk.call('accounts.reveal', { server: key, account: account.id })).toMatchObject({
    email: account.user.email,
  })
  account.user.approved = true
  await until(
    () => mirroredRows(ground.folder, 'signups').length,
    waiting => waiting === servedRows(ground, 'signups').length,
    ground.patient,
    10_000,
  )
  await expect(desk.call('accounts.reveal', { server: key, account: account.id })).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('an empty list and one that grows from nothing', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  expect(await stateOf(desk, 'domain-allows')).toMatchObject({ state: 'complete', rows: 0 })
  const first = allow(ground, 'first.example')
  await until(
    () => agrees(ground),
    same => same,
    ground.patient,
    10_000,
  )
  expect((await seen(desk)).map(({ action, facts }) => [action, facts.allow])).toEqual([
    ['domain-allow.seen-added', first.id],
  ])
})

test('a page that breaks empties nothing, and many that were really lifted cost few questions', async () => {
  await using ground = await openGround()
  for (let n = 0; n < 300; n++) block(ground, `n${n}.example`)
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  let alone = 0
  let empty = true
  ground.between((real, input, init) => {
    const { pathname } = new URL(String(input))
    if (/domain_blocks\/\d+$/.test(pathname)) alone++
    return empty && pathname.endsWith('/domain_blocks')
      ? Promise.resolve(new Response('[]', { headers: { 'content-type': 'application/json' } }))
      : real(input, init)
  })
  await until(
    () => alone,
    count => count >= 50,
    ground.patient,
    20_000,
  )
  expect(agrees(ground)).toBe(true)
  expect(await seen(desk)).toEqual([])
  empty = false
  for (const { id } of [...ground.server.world.domainBlocks.all()].slice(2, 282))
    ground.server.world.domainBlocks.remove(id)
  alone = 0
  await until(
    () => agrees(ground),
    same => same,
    ground.patient,
    20_000,
  )
  expect(alone).toBe(25)
  expect(await seen(desk)).toHaveLength(200)
})

test('a token of narrower scope: what the server refuses keeps nothing else waiting, and its state says so', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  let refusals = 0
  ground.between((real, input, init) => {
    if (!new URL(String(input)).pathname.includes('/domain_')) return real(input, init)
    refusals++
    const body = JSON.stringify({ error: 'This action is outside the authorized scopes' })
    return Promise.resolve(new Response(body, { status: 403, headers: { 'content-type': 'application/json' } }))
  })
  const { desk } = await signInAndSync(ground, 'admin')
  expect(await stateOf(desk, 'domain-blocks')).toMatchObject({ state: 'refused', rows: 0 })
  expect(await stateOf(desk, 'signups')).toMatchObject({ state: 'complete' })
  refusals = 0
  const until20 = ground.clock.now() + 1_200_000
  await until(
    () => ground.clock.now(),
    now => now > until20,
    ground.patient,
    10_000,
  )
  expect(refusals).toBe(0)
  const [server] = (await desk.call('sync.status', {})).servers
  expect([server?.failure, Number(server?.lastAt) > NOON + 1_000_000]).toEqual([null, true])
})
