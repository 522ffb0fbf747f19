import { domainToASCII } from 'node:url'
import { expect, test } from 'vitest'
import type { Engine } from '../../src/shared/contract/index.ts'
import { addAllow, addBlock, openDomains } from './domains-ground.ts'
import { type Ground, until } from './ground.ts'
import { blocksOf } from './lists-mirrored.ts'

/** Moves the accounts of one server of the small world to another name. */
const rename = ({ server: { world } }: Ground, from: string, to: string) => {
  const moved = [...world.accounts.all()].filter(({ domain }) => domain === from)
  if (moved.length === 0) throw new Error(`nobody is at ${from}`)
  for (const account of moved) Object.assign(account, { domain: to })
}

const told = async (desk: Engine) => (await desk.call('lookalikes.list', {})).lookalikes
const untilTold = (desk: Engine, ground: Ground, count: number) =>
  until(
    () => told(desk),
    all => all.length >= count,
    ground.patient,
    20,
  )

/** The small world's server under a name with letters that others look like. */
const home = 'modern.example'
const open = (before: (ground: Ground) => void) =>
  openDomains(ground => {
    ground.server.world.instance.domain = home
    before(ground)
  })

test('a server that looks like ours, like an allowed or a blocked one is told of, with which and why', async () => {
  const ours = domainToASCII('mоdern.example')
  await using at = await open(ground => {
    rename(ground, 'spam.example', ours)
    rename(ground, 'shop.spam.example', 'al1owed.example')
    rename(ground, 'harbour.example', 'b0ats.example')
    addAllow(ground, 'allowed.example')
    addBlock(ground, 'boats.example')
  })
  const { desk, ground, key } = at
  await desk.call('accounts.ask', { server: key, origin: 'remote' })
  await untilTold(desk, ground, 3)
  const all = await told(desk)
  expect(all[0]).toEqual({ domain: ours, like: { domain: home, why: 'own' }, scripts: ['Latn', 'Cyrl'] })
  expect(all).toContainEqual({
    domain: 'al1owed.example',
    like: { domain: 'allowed.example', why: 'allowed' },
    scripts: [],
  })
  expect(all).toContainEqual({
    domain: 'b0ats.example',
    like: { domain: 'boats.example', why: 'blocked' },
    scripts: [],
  })
  // Ours looks like no other, however many look like it.
  expect(all.map(({ domain }) => domain)).not.toContain(home)
  expect((await at.show(ours)).lookalike).toEqual(all[0])
  expect((await at.show('xn--bcher-kva.example')).lookalike).toBeNull()
  // Nobody is there yet, and it is told all the same before anything is decided.
  expect((await at.show('rnodern.example')).lookalike).toMatchObject({ like: { domain: home, why: 'own' } })
})

test('of two that look alike the one that people know is not the double of the other', async () => {
  const fake = 'harb0ur.example'
  await using at = await open(({ server: { world } }) => {
    const people = [...world.accounts.all()].filter(({ domain }) => domain === 'spam.example')
    for (const account of people.slice(0, 1)) Object.assign(account, { domain: fake })
  })
  const { desk, ground, key } = at
  await desk.call('accounts.ask', { server: key, origin: 'remote' })
  expect(await untilTold(desk, ground, 2)).toContainEqual({
    domain: fake,
    like: { domain: 'harbour.example', why: 'seen' },
    scripts: [],
  })
  // Two are at harbour.example, and one at the other: that is no difference. With ten it is.
  expect((await told(desk)).map(({ domain }) => domain)).toContain('harbour.example')
  const { world } = ground.server
  const [model] = [...world.accounts.all()].filter(({ domain }) => domain === 'harbour.example')
  if (!model) throw new Error('nobody')
  for (let n = 0; n < 10; n++)
    world.addAccount({
      ...model,
      id: `9${n}${model.id.slice(2)}`,
      username: `more${n}`,
      createdAt: model.createdAt + n,
    })
  await desk.call('accounts.ask', { server: key, origin: 'remote' })
  const names = await until(
    async () => (await told(desk)).map(({ domain }) => domain),
    all => all.length === 1,
    ground.patient,
    20,
  )
  expect(names).toEqual([fake])
})

test('e-mail domains of those who wait are looked at too, and a blocked one of them counts', async () => {
  await using at = await open(({ server: { world } }) => {
    for (const account of world.accounts.all())
      if (account.user && !account.user.approved) account.user.email = `${account.username}@rnail.example`
  })
  const { desk, ground } = at
  // Members have theirs at mail.example, but only of those who wait is it kept.
  expect(await told(desk)).toEqual([])
  blocksOf(ground).emailDomain('mail.example')
  await desk.call('sync.now', { all: true })
  expect(await untilTold(desk, ground, 1)).toContainEqual({
    domain: 'rnail.example',
    like: { domain: 'mail.example', why: 'blocked' },
    scripts: [],
  })
})

test('of thousands of blocked names, three hundred of them doubles, all of these are told of and no other', async () => {
  await using at = await open(ground => {
    for (let n = 0; n < 3_000; n++) addBlock(ground, `block-${n}.example`)
    for (let n = 0; n < 300; n++) addBlock(ground, domainToASCII(`blоck-${n}.example`))
  })
  const { desk, ground } = at
  const all = await untilTold(desk, ground, 600)
  expect(all.length).toBe(600)
  expect(all.filter(({ scripts }) => scripts.length > 0).length).toBe(300)
  expect(all.every(({ like }) => like?.why === 'blocked')).toBe(true)
})
