import { expect, test } from 'vitest'
import { NOON, openGround, signInAndSync, until, untilPast } from './ground.ts'
import { agrees, blocksOf, mirroredRows, readMirror, servedRows } from './lists-mirrored.ts'

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
  const add = blocksOf(ground)
  for (let n = 0; n < 1_200; n++) add.domain(`n${n}.example`, n % 7 === 0 ? { severity: null } : {})
  for (let n = 0; n < 3; n++) add.allow(`friend${n}.example`)
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
  const add = blocksOf(ground)
  const friend = add.allow('friend.example')
  const unblocked = add.emailDomain('once.example')
  const expires = add.ip('198.51.100.7/32', ground.clock.now() + 600_000)
  const forgiven = add.canonical('ab'.repeat(32))
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
  world.emailDomainBlocks.remove(unblocked.id)
  world.canonicalEmailBlocks.remove(forgiven.id)
  const [range] = world.ipBlocks.all()
  if (!range) throw new Error('no range')
  Object.assign(range, { severity: 'no_access', comment: 'Canary' })
  // What expired is taken away by the server itself: nobody did that.
  ground.clock.after(700_000, () => world.ipBlocks.remove(expires.id))
  const mail = add.emailDomain('throw.example')
  const address = add.ip('203.0.113.99/32')
  const person = add.canonical('cd'.repeat(32))
  const added = add.domain('new.example', { severity: 'suspend' })
  const allowed = add.allow('peer.example')
  approved.user.approved = true
  world.removeAccount(rejected)
  await until(
    () => seen(desk),
    all => all.length >= 13 && agrees(ground),
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
      ['canonical-email-block.seen-added', person.id],
      ['canonical-email-block.seen-lifted', forgiven.id],
      ['email-domain-block.seen-added', mail.id],
      ['email-domain-block.seen-lifted', unblocked.id],
      ['ip-block.seen-added', address.id],
      ['ip-block.seen-changed', range.id],
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
  const ofAddress = entries.find(({ action }) => action === 'ip-block.seen-added')
  expect([ofAddress?.personal.address, JSON.stringify(ofAddress?.facts)]).toEqual([
    address.ip,
    expect.not.stringContaining(address.ip),
  ])
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
  const first = blocksOf(ground).allow('first.example')
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
  for (let n = 0; n < 300; n++) blocksOf(ground).domain(`n${n}.example`)
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
  await untilPast(ground, until20, 10_000)
  expect(refusals).toBe(0)
  const [server] = (await desk.call('sync.status', {})).servers
  expect([server?.failure, Number(server?.lastAt) > NOON + 1_000_000]).toEqual([null, true])
})

test('one list that always fails keeps no other waiting, and is tried again', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  let failures = 0
  ground.between((real, input, init) => {
    if (!new URL(String(input)).pathname.endsWith('/ip_blocks')) return real(input, init)
    failures++
    return Promise.resolve(
      new Response('{"error":"no"}', { status: 500, headers: { 'content-type': 'application/json' } }),
    )
  })
  const colleague = blocksOf(ground)
  for (let n = 0; n < 4; n++) {
    colleague.domain(`late${n}.example`)
    colleague.emailDomain(`late${n}.example`)
    const later = ground.clock.now() + 1_000_000
    await until(
      () => ground.clock.now() > later && agrees(ground),
      same => same,
      ground.patient,
      10_000,
    )
  }
  expect(failures).toBeGreaterThan(3)
  const [server] = (await desk.call('sync.status', {})).servers
  expect(Number(server?.lastAt)).toBeGreaterThan(ground.clock.now() - 400_000)
})

test('role, release, rules and peers are read again by themselves; a server that hides its peers is no failure', async () => {
  await using ground = await openGround()
  const { instance, rules } = ground.server.world
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const peers = () =>
    readMirror<{ domain: string }>(ground.folder, 'SELECT domain FROM peer ORDER BY domain').map(({ domain }) => domain)
  const facts = () => readMirror<Record<string, unknown>>(ground.folder, 'SELECT * FROM instance')[0] ?? {}
  const texts = () =>
    readMirror<{ text: string }>(
      ground.folder,
      'SELECT text FROM rule_in_force JOIN rule USING (server, id) ORDER BY place',
    ).map(({ text }) => text)
  await until(peers, domains => domains.length > 2, ground.patient, 20_000)
  expect(peers()).not.toContain('bad.example')
  expect(facts()).toMatchObject({
    server: key,
    limited_federation: 0,
    peers: 'shown',
    approval_required: expect.any(Number),
  })
  expect(texts()).toEqual(rules.all().map(({ text }) => text))
  const [first] = rules.all()
  if (!first) throw new Error('no rule')
  Object.assign(first, { text: 'Be kinder' })
  Object.assign(instance, { title: 'New name', peersEnabled: false, limitedFederation: true })
  ground.clock.advance(86_400_000)
  await until(facts, now => now.peers === 'hidden' && now.limited_federation === 1, ground.patient, 20_000)
  expect([peers(), texts()[0]]).toEqual([[], 'Be kinder'])
  const { servers } = await desk.call('servers.list', {})
  expect(servers[0]?.title).toBe('New name')
  expect((await seen(desk)).map(({ action, facts: { changed } }) => [action, changed])).toEqual([
    ['rules.seen-changed', [first.id]],
  ])
  // A colleague takes the role away: noticed within the hour, without a call that would be refused.
  const own = ground.server.world.accountsByHandle.get('admin')?.user
  if (!own) throw new Error('nobody')
  own.roleId = ground.server.world.accountsByHandle.get('moderator')?.user?.roleId ?? null
  await until(
    async () => (await desk.call('sync.status', {})).servers[0]?.lists.find(({ list }) => list === 'ip-blocks')?.state,
    state => state === 'not-permitted',
    ground.patient,
    60_000,
  )
})
