import { expect, test } from 'vitest'
import { addAllow, openDomains } from './domains-ground.ts'
import { until } from './ground.ts'
import { readMirror } from './lists-mirrored.ts'

const suspend = { severity: 'suspend' }
const silence = { severity: 'silence' }

test('guard rails: own, signed-in and allowed domains and public suffixes are refused, alone and in a batch, with the name typed or not', async () => {
  await using domains = await openDomains(ground => void addAllow(ground, 'social.friend.example'))
  const own = domains.ground.server.world.instance.domain
  const refused: readonly (readonly [string, string])[] = [
    [own, 'refusal.own-domain'],
    [`www.${own}`, 'refusal.own-domain'],
    ['social.friend.example', 'refusal.allowed-domain'],
    ['friend.example', 'refusal.allowed-domain'],
    ['co.uk', 'refusal.public-suffix'],
    ['gov.uk', 'refusal.public-suffix'],
    ['a.kawasaki.jp', 'refusal.public-suffix'],
  ]
  for (const [domain, why] of refused) {
    for (const fields of [suspend, silence, { severity: 'noop' }]) {
      expect([domain, await domains.refusal(domain, 'domain.block', { fields, typed: domain })]).toEqual([domain, why])
      expect([domain, await domains.leftOut(domain, 'domain.block', fields)]).toEqual([domain, why])
    }
    expect((await domains.show(domain)).refusals.block).toBe(why)
  }
  const all = refused.map(([domain]) => domain)
  await expect(domains.batch(all, 'domain.block', silence)).rejects.toMatchObject({
    detail: { reason: 'failure.empty-batch' },
  })
  expect(domains.writes()).toEqual([])
  // Below a suffix, or beside the allowed one, there are single domains.
  expect(await domains.leftOut('spam.co.uk', 'domain.block', silence)).toBe(null)
  expect(await domains.leftOut('other.friend.example', 'domain.block', silence)).toBe(null)
})

test('a parent of the own domain is refused, and so is what covers another server that is signed in', async () => {
  await using domains = await openDomains(ground => {
    ground.server.world.instance.domain = 'social.lantern.example'
  })
  expect(await domains.refusal('lantern.example', 'domain.block', { fields: silence })).toBe('refusal.own-domain')
  expect(await domains.refusal('social.lantern.example', 'domain.block', { fields: silence })).toBe(
    'refusal.own-domain',
  )
  expect(await domains.refusal('other.lantern.example', 'domain.block', { fields: silence })).toBe(null)
  domains.ground.server.world.instance.domain = 'social.second.example'
  await domains.desk.call('servers.signIn', { url: domains.ground.server.url, token: 'owner' })
  for (const domain of ['social.second.example', 'second.example'])
    expect(await domains.refusal(domain, 'domain.block', { fields: silence })).toBe('refusal.signed-in-domain')
  expect(await domains.refusal('other.second.example', 'domain.block', { fields: silence })).toBe(null)
})

test('brakes: hosting suffixes, and suspensions that cut more follows than the setting, go out alone and with the domain typed', async () => {
  await using domains = await openDomains()
  const { desk, key } = domains
  const braked = async (domain: string, fields: Record<string, string>) => [
    await domains.refusal(domain, 'domain.block', { fields }),
    await domains.refusal(domain, 'domain.block', { fields, typed: `${domain}x` }),
    await domains.leftOut(domain, 'domain.block', fields),
    await domains.refusal(domain, 'domain.block', { fields, typed: domain }),
  ]
  const by = (code: string) => [code, code, code, null]
  expect(await braked('github.io', silence)).toEqual(by('brake.hosting-suffix'))
  expect(await braked('github.io', suspend)).toEqual(by('brake.hosting-suffix'))
  // Nobody knows yet what a suspension would cut; a limit cuts nothing.
  expect(await braked('spam.example', suspend)).toEqual(by('brake.unmeasured'))
  expect(await braked('spam.example', silence)).toEqual([null, null, null, null])
  const { measure } = await desk.call('domains.measure', { server: key, domain: 'spam.example' })
  const follows = (measure.follows ?? 0) + (measure.followers ?? 0)
  expect(follows).toBeGreaterThan(2)
  expect(await braked('spam.example', suspend)).toEqual([null, null, null, null])
  await desk.call('settings.set', { mostFollows: follows })
  expect(await braked('spam.example', suspend)).toEqual([null, null, null, null])
  await desk.call('settings.set', { mostFollows: follows - 1 })
  expect(await braked('spam.example', suspend)).toEqual(by('brake.relations'))
  expect((await domains.show('spam.example')).brakes).toEqual({
    suspend: 'brake.relations',
    less: null,
    disallow: 'brake.relations',
  })
  expect(domains.writes()).toEqual([])
})

test('a change that weighs heavier has the same rails, one that weighs lighter has none', async () => {
  await using domains = await openDomains()
  const { desk } = domains
  expect((await domains.decide('spam.example', 'domain.block', { fields: silence })).state).toBe('done')
  expect(await domains.refusal('spam.example', 'domain.change', { fields: suspend })).toBe('brake.unmeasured')
  expect(await domains.leftOut('spam.example', 'domain.change', suspend)).toBe('brake.unmeasured')
  expect(await domains.refusal('spam.example', 'domain.change', { fields: { severity: 'noop' } })).toBe(null)
  expect(await domains.refusal('spam.example', 'domain.change', { fields: silence })).toBe('refusal.same-block')
  await desk.call('settings.set', { mostFollows: 0 })
  expect(await domains.refusal('spam.example', 'domain.lift')).toBe(null)
})

test('whether the server talks to allowed domains alone decides what their list is told to do', async () => {
  for (const [limitedFederation, release] of [
    [true, '4.6.5'],
    [false, '4.6.5'],
    [true, '4.3.23'],
  ] as const) {
    await using domains = await openDomains(
      ground => {
        ground.server.world.instance.limitedFederation = limitedFederation
        addAllow(ground, 'harbour.example')
      },
      { release },
    )
    const { ground, desk, key } = domains
    // What a server says of itself is read some minutes after signing in.
    await until(
      async () => {
        await desk.call('sync.status', {})
        return readMirror<{ read_at: number | null }>(ground.folder, 'SELECT read_at FROM instance')
      },
      ([row]) => row?.read_at != null,
      ground.patient,
      10_000,
    )
    const told = async (domain: string, what: 'allow' | 'disallow' | 'suspend') =>
      (await desk.call('domains.show', { server: key, domain })).effects[what].map(({ code }) => code)
    const { brakes } = await desk.call('domains.show', { server: key, domain: 'harbour.example' })
    const says = release === '4.3.23' ? 'nothing' : limitedFederation ? 'limited' : 'open'
    expect(await told('spam.example', 'allow')).toEqual([
      { nothing: 'effect.domain.allow', limited: 'effect.domain.allow-limited', open: 'effect.domain.list-idle' }[says],
    ])
    expect((await told('harbour.example', 'disallow'))[0]).toBe(
      { nothing: 'effect.domain.disallow', limited: 'effect.domain.disallow-limited', open: 'effect.domain.list-idle' }[
        says
      ],
    )
    // Where it deletes nothing it needs no second thought.
    expect(brakes.disallow).toBe(says === 'open' ? null : 'brake.unmeasured')
    expect((await told('spam.example', 'suspend')).includes('effect.domain.not-allowed')).toBe(says === 'limited')
    expect((await told('harbour.example', 'suspend')).includes('effect.domain.not-allowed')).toBe(false)
  }
})

test('without the right to federation every decision about a domain is refused', async () => {
  await using domains = await openDomains()
  const { ground } = domains
  const desk = ground.client()
  const { server } = await desk.call('servers.signIn', { url: ground.server.url, token: 'moderator' })
  for (const kind of ['domain.block', 'domain.change', 'domain.lift', 'domain.allow', 'domain.disallow'] as const)
    await expect(
      desk.call('decisions.arm', {
        server: server.key,
        subject: { of: 'domain', id: 'spam.example' },
        kind,
        fields: kind === 'domain.block' ? silence : kind === 'domain.change' ? silence : {},
      }),
    ).rejects.toMatchObject({ detail: { reason: 'refusal.role-federation' } })
})
