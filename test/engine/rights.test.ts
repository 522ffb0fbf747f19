import { expect, test } from 'vitest'
import { arm, openGround, openRows, until, untilState } from './ground.ts'
import { begin, consent, finish, liveTokens, open, ownApps, reasonOf, signIn } from './sign-in-ground.ts'

const serverOf = async (desk: Awaited<ReturnType<typeof open>>['desk'], key: string) => {
  const found = (await desk.call('servers.list', {})).servers.find(server => server.key === key)
  if (!found) throw new Error(`no ${key}`)
  return found
}

test.each(['4.0.15', '4.2.29', '4.6.5'])(
  'Mastodon %s: reading first; the first decision asks for more, the old token dies, and nothing under way falls with it',
  async release => {
    const { ground, desk } = await open({ release })
    await using _ = ground
    const { server } = await signIn(desk, ground.server.url, 'moderator')
    expect(server).toMatchObject({ scopes: ['read', 'admin:read'], mayDecide: false })
    expect(server.cannot).toContainEqual({
      ability: 'reports.change',
      why: 'cannot.scope',
      page: `${ground.server.url}/admin/reports`,
    })
    await desk.call('sync.now', { all: true })
    const row = (await openRows(desk))[0]
    if (!row) throw new Error('no report')
    expect(await reasonOf(arm(desk, row, 'report.close'))).toBe('refusal.no-write-scope')
    expect((await desk.call('decisions.page', {})).decisions).toEqual([])
    expect(ground.server.ledger.of(/resolve$/)).toEqual([])

    const { authorizeUrl, state } = await begin(desk, ground.server.url, { decide: true, server: server.key })
    expect(new URL(authorizeUrl).searchParams.get('scope')).toBe('read admin:read admin:write write:reports')
    expect(ownApps(ground), 'the same registration').toHaveLength(1)
    const [reading] = liveTokens(ground)
    const code = (await consent(authorizeUrl, 'moderator')).back.get('code') ?? ''

    // A page is on its way with the old token while the new one comes.
    let letGo = () => {}
    const held = new Promise<void>(resolve => {
      letGo = resolve
    })
    let isHeld = false
    ground.between(async (real, input, init) => {
      if (String(input).includes('/api/v1/admin/reports?') && !isHeld) {
        isHeld = true
        await held
      }
      return await real(input, init)
    })
    const syncing = desk.call('sync.now', { server: server.key, all: true })
    await until(
      () => isHeld,
      yes => yes,
    )
    const again = await finish(desk, state, code)
    expect(again.server).toMatchObject({ key: server.key, mayDecide: true, signedIn: true, cannot: expect.any(Array) })
    expect(reading?.revokedAt, 'not while a request is under way with it').toBeNull()
    letGo()
    await syncing
    await until(
      () => liveTokens(ground).map(({ scopes }) => scopes),
      scopes => scopes.length === 1 && scopes[0]?.includes('admin:write') === true,
    )
    expect(await serverOf(desk, server.key)).toMatchObject({ signedIn: true, notRevoked: false })

    const { id } = await arm(desk, row, 'report.close')
    expect((await untilState(ground, desk, id, 'done', 'failed')).state).toBe('done')
    const { entries } = await desk.call('log.page', { limit: 50 })
    expect(entries.filter(({ action }) => action === 'server.token-revoked')).toHaveLength(1)
    expect(entries.map(({ action }) => action)).not.toContain('server.token-refused')
  },
)

test('another account is not taken for the one that was asked for; the next try asks who it is', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const { server } = await signIn(desk, ground.server.url, 'moderator')
  const one = await begin(desk, ground.server.url, { decide: true, server: server.key })
  expect(new URL(one.authorizeUrl).searchParams.has('force_login')).toBe(false)
  const strange = (await consent(one.authorizeUrl, 'admin')).back.get('code') ?? ''
  expect(await reasonOf(finish(desk, one.state, strange))).toBe('failure.other-account')
  expect(await desk.call('servers.signInPhase', { state: one.state })).toMatchObject({
    phase: 'refused',
    detail: { acct: 'moderator' },
  })
  expect((await desk.call('servers.list', {})).servers).toHaveLength(1)
  expect(liveTokens(ground), 'the stranger’s token is not left behind').toHaveLength(1)
  const two = await begin(desk, ground.server.url, { decide: true, server: server.key })
  expect(new URL(two.authorizeUrl).searchParams.get('force_login')).toBe('true')
  await finish(desk, two.state, (await consent(two.authorizeUrl, 'moderator')).back.get('code') ?? '')
  const three = await begin(desk, ground.server.url, { server: server.key })
  expect(Object.fromEntries(new URL(three.authorizeUrl).searchParams)).toMatchObject({
    scope: 'read admin:read admin:write write:reports',
  })
  expect(new URL(three.authorizeUrl).searchParams.has('force_login')).toBe(false)
  expect(await reasonOf(begin(desk, ground.server.url, { server: 's9' }))).toBe('not-found')
})

test('a second account of a server: it is asked who one is, and both stay signed in', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const first = await signIn(desk, ground.server.url, 'moderator')
  const { authorizeUrl, state } = await begin(desk, ground.server.url)
  expect(new URL(authorizeUrl).searchParams.get('force_login')).toBe('true')
  const second = await finish(desk, state, (await consent(authorizeUrl, 'admin')).back.get('code') ?? '')
  expect(second.server.key).not.toBe(first.server.key)
  expect((await desk.call('servers.list', {})).servers).toMatchObject([
    { account: { acct: 'moderator' }, signedIn: true },
    { account: { acct: 'admin' }, signedIn: true },
  ])
  expect(liveTokens(ground)).toHaveLength(2)
})

test('a pasted token: what it may do is read off its application, where the server says it', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const { world } = ground.server
  const paste = (token: string) => desk.call('servers.signIn', { url: ground.server.url, token })
  const make = (name: string, scopes: string[]) => {
    const app = world.apps.add({
      id: world.apps.serials.next(),
      name,
      website: null,
      redirectUris: ['urn:ietf:wg:oauth:2.0:oob'],
      scopes,
      clientId: `client-of-${name}`,
      clientSecret: 'x',
    })
    const accountId = world.accountsByHandle.get('moderator')?.id ?? ''
    world.tokens.set(`token-of-${name}`, {
      id: world.tokenIds.next(),
      token: `token-of-${name}`,
      appId: app.id,
      accountId,
      scopes,
      createdAt: 0,
      revokedAt: null,
    })
    return `token-of-${name}`
  }
  const reading = await paste(make('reading', ['read', 'admin:read']))
  expect(reading.server).toMatchObject({ mayDecide: false, tokenFrom: 'pasted', scopes: ['read', 'admin:read'] })
  await desk.call('sync.now', { all: true })
  const [row] = await openRows(desk)
  if (!row) throw new Error('no report')
  expect(await reasonOf(arm(desk, row, 'account.limit'))).toBe('refusal.no-write-scope')

  const some = await paste(make('some', ['read', 'admin:read', 'admin:write:reports']))
  expect(some.server).toMatchObject({ key: reading.server.key, mayDecide: true })
  expect(some.server.cannot.filter(({ why }) => why === 'cannot.scope').map(({ ability }) => ability)).toEqual([
    'accounts.change',
    'trends.change',
  ])
  expect(await reasonOf(arm(desk, row, 'account.limit'))).toBe('refusal.no-write-scope')
  expect((await arm(desk, row, 'report.assign')).state).not.toBe('failed')

  expect(await reasonOf(paste(make('none', ['read'])))).toBe('failure.no-admin-scope')
  expect((await paste('moderator')).server).toMatchObject({ mayDecide: true })
  // Signing in by the browser over a pasted token leaves that alone: it is the person's own.
  const own = await signIn(desk, ground.server.url, 'moderator', { decide: true, server: reading.server.key })
  expect(own.server).toMatchObject({ key: reading.server.key, tokenFrom: 'browser', mayDecide: true })
  expect(world.tokens.get('moderator')?.revokedAt).toBeNull()
})

test('before 4.3 a server does not say what a pasted token may do: then it is tried', async () => {
  const { ground, desk } = await open({ release: '4.2.29' })
  await using _ = ground
  const { server } = await desk.call('servers.signIn', { url: ground.server.url, token: 'moderator' })
  expect(server).toMatchObject({ scopes: null, mayDecide: true })
})

test('a screen that shows one server decides on no other without being asked, one by one and in batches', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  await using other = await openGround()
  const here = await desk.call('servers.signIn', { url: ground.server.url, token: 'moderator' })
  const there = await desk.call('servers.signIn', { url: other.server.url, token: 'moderator' })
  await desk.call('sync.now', { all: true })
  const rows = await openRows(desk)
  const row = rows.find(one => one.server === there.server.key)
  const own = rows.find(one => one.server === here.server.key)
  if (!row || !own) throw new Error('no reports')
  const kind = 'report.close' as const
  const on = ({ server, id }: typeof row) => ({ server, subject: { of: 'report' as const, id } })
  const view = here.server.key
  const refused = { detail: { reason: 'refusal.other-server', key: there.server.key } }
  await expect(desk.call('decisions.arm', { ...on(row), kind, view })).rejects.toMatchObject(refused)
  const batch = { kind, items: [on(own), on(row)], label: 'two' }
  await expect(desk.call('batches.arm', { ...batch, view })).rejects.toMatchObject(refused)
  expect((await desk.call('decisions.page', {})).decisions).toEqual([])
  expect((await desk.call('decisions.arm', { ...on(row), kind, view, elsewhere: true })).decision.state).toBe('held')
  expect((await desk.call('decisions.arm', { ...on(own), kind, view })).decision.state).toBe('held')
  const [third, fourth] = [here, there].map(({ server }) =>
    rows.find(one => one.server === server.key && one.id !== row.id && one.id !== own.id),
  )
  if (!third || !fourth) throw new Error('no more reports')
  const both = await desk.call('batches.arm', { kind, items: [on(third), on(fourth)], label: 'both', view: null })
  expect(both.batch.size).toBe(2)
})

test('a batch needs the right to decide on each of its servers', async () => {
  const { ground, desk } = await open()
  await using _ = ground
  const { server } = await signIn(desk, ground.server.url)
  await desk.call('sync.now', { all: true })
  const items = (await openRows(desk)).slice(0, 3).map(({ id }) => ({
    server: server.key,
    subject: { of: 'report' as const, id },
  }))
  const batch = { kind: 'report.close' as const, items, label: 'three' }
  expect((await desk.call('batches.preview', batch)).possible).toBe(3)
  expect(await reasonOf(desk.call('batches.arm', batch))).toBe('refusal.no-write-scope')
})
