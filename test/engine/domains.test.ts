import { expect, test } from 'vitest'
import { addAllow, addBlock, openDomains, untilBatchEnds } from './domains-ground.ts'
import { ended, untilIn } from './journal-ground.ts'

const silence = { severity: 'silence' }

test('a suspension does what it said before, in the server’s own numbers; its open reports stay, and close as one batch', async () => {
  await using domains = await openDomains()
  const { ground, desk, key } = domains
  const { world } = ground.server
  const there = () =>
    [...world.accounts.all()].filter(one => one.domain === 'spam.example' || one.domain === 'shop.spam.example')
  const relations = () =>
    there().reduce(
      (sum, { id }) => sum + (world.followers.get(id)?.size ?? 0) + (world.following.get(id)?.size ?? 0),
      0,
    )
  const posts = there().reduce((sum, one) => sum + one.statusesCount, 0)
  const before = relations()
  const { measure } = await desk.call('domains.measure', { server: key, domain: 'spam.example' })
  expect(measure).toMatchObject({ accounts: 3, statuses: posts })
  expect((measure.follows ?? 0) + (measure.followers ?? 0)).toBe(before)
  const page = await domains.show('spam.example')
  expect(page.openReports).toBeGreaterThan(1)
  expect(page.reported.reduce((sum, one) => sum + one.open, 0)).toBe(page.openReports)
  expect(page.effects.suspend).toContainEqual({
    code: 'effect.domain.follows',
    values: { follows: measure.follows, followers: measure.followers, cut: before },
    gone: true,
  })
  expect(page.effects.suspend).toContainEqual({
    code: 'effect.domain.reports-stay',
    values: { open: page.openReports },
    gone: false,
  })
  // Asked again within five minutes the server is left alone.
  expect(await desk.call('domains.measure', { server: key, domain: 'Spam.example.' })).toEqual({ measure })

  const done = await domains.decide('spam.example', 'domain.block', { fields: { severity: 'suspend' } })
  expect([done.state, done.why]).toEqual(['done', null])
  for (let n = 0; n < 5; n++) ground.clock.advance(1_000)
  expect(there().every(one => one.suspendedAt !== null)).toBe(true)
  expect(relations()).toBe(0)
  const { ids } = await desk.call('domains.openReports', { server: key, domain: 'spam.example' })
  expect(ids).toHaveLength(page.openReports)
  expect(ids.every(id => world.reports.get(id)?.actionTakenAt === null)).toBe(true)
  const items = ids.map(id => ({ server: key, subject: { of: 'report' as const, id } }))
  const { batch } = await desk.call('batches.arm', { kind: 'report.close', items, label: 'spam.example' })
  const closed = await untilBatchEnds(domains, batch.id)
  expect(closed.map(one => one.state)).toEqual(ids.map(() => 'done'))
  expect((await domains.show('spam.example')).openReports).toBe(0)
})

test('a change sends only what changed, and a cleared comment as an empty one', async () => {
  await using domains = await openDomains()
  const fields = { severity: 'silence', rejectMedia: true, privateComment: 'Monday', publicComment: 'spam' }
  expect((await domains.decide('spam.example', 'domain.block', { fields })).state).toBe('done')
  expect(domains.writes().at(-1)?.body).toEqual({
    domain: 'spam.example',
    severity: 'silence',
    reject_media: true,
    reject_reports: false,
    obfuscate: false,
    private_comment: 'Monday',
    public_comment: 'spam',
  })
  const change = { severity: 'silence', rejectMedia: true, privateComment: '', obfuscate: true }
  expect((await domains.decide('spam.example', 'domain.change', { fields: change })).state).toBe('done')
  expect(domains.writes().at(-1)).toMatchObject({ method: 'PUT', body: { private_comment: '', obfuscate: true } })
  for (const kept of ['severity', 'reject_media', 'public_comment'])
    expect(domains.writes().at(-1)?.body).not.toHaveProperty(kept)
  expect((await domains.show('spam.example')).block).toMatchObject({
    privateComment: '',
    publicComment: 'spam',
    obfuscate: true,
  })
})

test('a block that 4.3 stored without a severity is changed without sending one', async () => {
  await using domains = await openDomains(ground => void addBlock(ground, 'blank.example', { severity: null }), {
    release: '4.3.23',
  })
  expect((await domains.decide('blank.example', 'domain.change', { fields: { obfuscate: true } })).state).toBe('done')
  expect(domains.writes().at(-1)?.body).not.toHaveProperty('severity')
})

test('collisions of a single decision: what a colleague did in the meantime is seen before anything is sent', async () => {
  await using domains = await openDomains(ground => {
    for (const name of ['lifted', 'changed', 'same', 'gone']) addBlock(ground, `${name}.example`)
    addAllow(ground, 'friend.example')
  })
  const { ground, desk } = domains
  const { world } = ground.server
  const armed = {
    sameBlock: await domains.arm('new.example', 'domain.block', { fields: silence }),
    otherBlock: await domains.arm('other.example', 'domain.block', { fields: silence }),
    lifted: await domains.arm('lifted.example', 'domain.change', { fields: { severity: 'noop' } }),
    changed: await domains.arm('changed.example', 'domain.change', { fields: { obfuscate: true } }),
    gone: await domains.arm('gone.example', 'domain.lift'),
    allowed: await domains.arm('peer.example', 'domain.allow'),
    disallowed: await domains.arm('friend.example', 'domain.disallow', { typed: 'friend.example' }),
  }
  addBlock(ground, 'new.example')
  addBlock(ground, 'other.example', { severity: 'suspend' })
  for (const name of ['lifted', 'gone']) {
    const block = world.domainBlocks.find(`${name}.example`)
    if (block) world.domainBlocks.remove(block.id)
  }
  Object.assign(world.domainBlocks.find('changed.example') ?? {}, { severity: 'suspend' })
  addAllow(ground, 'peer.example')
  const friend = world.domainAllows.find('friend.example')
  if (friend) world.domainAllows.remove(friend.id)
  const why = {
    sameBlock: 'why.already-so',
    otherBlock: 'why.blocked-otherwise',
    lifted: 'why.block-lifted',
    changed: 'why.block-changed',
    gone: 'why.block-lifted',
    allowed: 'why.already-so',
    disallowed: 'why.disallowed-meanwhile',
  }
  for (const [name, { id }] of Object.entries(armed)) {
    const end = await untilIn(ground, desk, id, ended, 1_000)
    expect([name, end.state, end.why]).toEqual([name, 'stopped', why[name as keyof typeof why]])
  }
  expect(domains.writes()).toEqual([])
})

test('a batch of new blocks leans on the 422: the same is done, another one and a covering one failed with their sentence', async () => {
  await using domains = await openDomains()
  const { ground } = domains
  const fields = { severity: 'silence', publicComment: 'spam' }
  const names = ['same.example', 'other.example', 'a.covered.example', 'free.example']
  const batch = await domains.batch(names, 'domain.block', fields)
  addBlock(ground, 'same.example', { publicComment: 'spam' })
  addBlock(ground, 'other.example', { severity: 'noop' })
  addBlock(ground, 'covered.example', { severity: 'suspend' })
  const found = await untilBatchEnds(domains, batch.id)
  expect(Object.fromEntries(found.map(one => [one.name, [one.state, one.why, one.status]]))).toEqual({
    'same.example': ['done', 'why.already-so', 422],
    'other.example': ['failed', 'why.blocked-otherwise', 422],
    'a.covered.example': ['failed', 'why.covered', 422],
    'free.example': ['done', null, 200],
  })
  expect((await domains.show('a.covered.example')).covering?.domain).toBe('covered.example')
  // What the mirror knows by now is refused before it is armed.
  expect(await domains.leftOut('same.example', 'domain.block', fields)).toBe('refusal.blocked')
  expect(await domains.leftOut('b.covered.example', 'domain.block', fields)).toBe('refusal.covered')
})

test('a batch of changes or lifts reads the list once, and leaves alone what a colleague changed', async () => {
  await using domains = await openDomains(ground => {
    for (let n = 0; n < 30; n++) addBlock(ground, `n${n}.example`)
  })
  const { ground } = domains
  const { world } = ground.server
  const names = Array.from({ length: 30 }, (_, n) => `n${n}.example`)
  const reads: string[] = []
  for (const [kind, fields] of [
    ['domain.change', { rejectReports: true }],
    ['domain.lift', {}],
  ] as const) {
    const batch = await domains.batch(kind === 'domain.change' ? names : names.slice(2), kind, fields)
    reads.length = 0
    ground.between((real, input, init) => {
      const { pathname } = new URL(String(input))
      if ((init?.method ?? 'GET') === 'GET' && pathname.includes('/domain_blocks')) reads.push(pathname)
      return real(input, init)
    })
    if (kind === 'domain.change') {
      Object.assign(world.domainBlocks.find('n0.example') ?? {}, { severity: 'suspend' })
      const gone = world.domainBlocks.find('n1.example')
      if (gone) world.domainBlocks.remove(gone.id)
    }
    const found = await untilBatchEnds(domains, batch.id)
    const states = Object.fromEntries(
      found.map(one => [one.name, one.why === null ? one.state : `${one.state} ${one.why}`]),
    )
    if (kind === 'domain.change') {
      expect(states['n0.example']).toBe('stopped why.block-changed')
      expect(states['n1.example']).toBe('stopped why.block-lifted')
    }
    expect(names.slice(2).map(name => states[name])).toEqual(names.slice(2).map(() => 'done'))
    expect(reads.filter(path => path.endsWith('/domain_blocks')).length).toBeLessThanOrEqual(2)
    expect(reads.filter(path => !path.endsWith('/domain_blocks'))).toEqual([])
  }
  expect(names.slice(2).every(name => world.domainBlocks.find(name) === undefined)).toBe(true)
})

test('a lift that waits behind our own change of the same block still goes out', async () => {
  await using domains = await openDomains(ground => void addBlock(ground, 'spam.example'))
  const { ground, desk } = domains
  const change = await domains.arm('spam.example', 'domain.change', {
    fields: { rejectMedia: true, privateComment: 'x' },
  })
  await untilIn(ground, desk, change.id, ['ready', 'sending', 'done'], 500)
  const lift = await domains.arm('spam.example', 'domain.lift')
  expect((await untilIn(ground, desk, lift.id, ended, 1_000)).state).toBe('done')
  expect((await untilIn(ground, desk, change.id, ended, 1_000)).state).toBe('done')
  expect((await domains.show('spam.example')).block).toBe(null)
})

test('the table: found by domain and comment, filtered, sorted, with what is on its way and what was ours', async () => {
  await using domains = await openDomains(ground => {
    addBlock(ground, 'a.example', { severity: 'suspend', publicComment: 'Casino WAVE' })
    addBlock(ground, 'b.example', { rejectMedia: true, obfuscate: true })
    addBlock(ground, 'c.example', { severity: 'noop', rejectReports: true })
  })
  const { desk, key } = domains
  const names = async (more: Record<string, unknown> = {}) =>
    (await desk.call('domains.list', { server: key, ...more })).rows
      .map(row => row.block.domain)
      .filter(name => /^[abc]\.example$|^mine/.test(name))
  expect(await names()).toEqual(['a.example', 'b.example', 'c.example'])
  expect(await names({ search: 'casino w' })).toEqual(['a.example'])
  expect(await names({ search: 'B.EX' })).toEqual(['b.example'])
  expect(await names({ severity: 'noop' })).toEqual(['c.example'])
  expect(await names({ also: 'media' })).toEqual(['b.example'])
  expect(await names({ also: 'comment' })).toEqual(['a.example'])
  await domains.decide('mine.example', 'domain.block', { fields: silence })
  expect((await names({ sort: 'newest' }))[0]).toBe('mine.example')
  const armed = await domains.arm('b.example', 'domain.lift')
  const { rows } = await desk.call('domains.list', { server: null })
  const of = (domain: string) => rows.find(row => row.block.domain === domain)
  expect(of('mine.example')).toMatchObject({ ours: true, decision: { kind: 'domain.block', state: 'done' } })
  expect(of('b.example')).toMatchObject({ ours: false, decision: { id: armed.id, state: 'held' } })
  expect(of('a.example')).toMatchObject({ ours: false, decision: null })
})

test('what is logged names the domain and what was before, and keeps comments apart', async () => {
  await using domains = await openDomains()
  const fields = { severity: 'silence', privateComment: 'Mrs Canary told us' }
  await domains.decide('spam.example', 'domain.block', { fields })
  await domains.decide('spam.example', 'domain.lift')
  const { entries } = await domains.desk.call('log.page', { limit: 50 })
  const armed = entries.filter(entry => entry.action === 'decision.armed')
  expect(armed[1]?.facts).toMatchObject({
    kind: 'domain.block',
    domain: 'spam.example',
    fields: { severity: 'silence' },
  })
  expect(JSON.stringify(armed.map(entry => entry.facts))).not.toContain('Canary')
  expect(armed[1]?.personal).toMatchObject({ privateComment: 'Mrs Canary told us' })
  expect(armed[0]?.facts).toMatchObject({ kind: 'domain.lift', before: { severity: 'silence' } })
  expect(entries.some(entry => entry.source === 'saw')).toBe(false)
})
