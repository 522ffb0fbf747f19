import { expect, test } from 'vitest'
import { addBlock, openDomains } from './domains-ground.ts'
import { ended, kinds, openBench, untilIn } from './journal-ground.ts'

/** What nothing gives back: a warning stays, approving and rejecting are final, a lift of an action would be a new one. */
const final = new Set([
  'report.forward',
  'account.warn',
  'account.unsensitive',
  'account.unlimit',
  'account.unfreeze',
  'account.unsuspend',
  'account.delete',
  'signup.approve',
  'signup.reject',
])

test('each kind that can be given back offers its way back once it is done, and the server is then as it was', async () => {
  await using bench = await openBench()
  const { ground, desk, key } = bench
  for (const kind of kinds) {
    const armed = await bench.armKind(kind)
    expect([kind, (await desk.call('decisions.wayBack', { id: armed.id })).way]).toEqual([kind, null])
    expect([kind, (await untilIn(ground, desk, armed.id, ended)).state]).toEqual([kind, 'done'])
    const { way } = await desk.call('decisions.wayBack', { id: armed.id })
    expect([kind, way === null]).toEqual([kind, final.has(kind)])
    if (!way) continue
    const { subject, fields, brake, name } = way
    const back = await desk.call('decisions.arm', {
      server: key,
      subject,
      kind: way.kind,
      fields,
      typed: brake === null ? '' : name,
    })
    expect([kind, (await untilIn(ground, desk, back.decision.id, ended)).state]).toEqual([kind, 'done'])
    expect([kind, bench.happened(kind)]).toEqual([kind, false])
    // What was given back can't be given back twice.
    expect([kind, (await desk.call('decisions.wayBack', { id: armed.id })).way]).toEqual([kind, null])
  }
  expect(await desk.call('log.verify', {})).toMatchObject({ ok: true })
})

test('a lifted block comes back with severity, media, reports, letters and both comments; a change takes back only what it changed', async () => {
  const was = {
    severity: 'silence' as const,
    rejectMedia: true,
    rejectReports: true,
    obfuscate: true,
    privateComment: 'Asked for by Maren',
    publicComment: 'Advertising',
  }
  await using domains = await openDomains(ground => void addBlock(ground, 'ads.example', was))
  const { desk, key, ground } = domains
  const { blocks } = { blocks: ground.server.world.domainBlocks }
  const giveBack = async (id: string) => {
    const { way } = await desk.call('decisions.wayBack', { id })
    if (!way) throw new Error('no way back')
    const { decision } = await desk.call('decisions.arm', { server: key, ...way, typed: way.name })
    expect((await untilIn(ground, desk, decision.id, ended, 1_000)).state).toBe('done')
  }
  const lifted = await domains.decide('ads.example', 'domain.lift')
  expect(blocks.find('ads.example')).toBe(undefined)
  // Comments are people's words: the log has none of them among its facts.
  const { entries } = await desk.call('log.page', { limit: 50 })
  expect(JSON.stringify(entries.map(({ facts }) => facts))).not.toMatch(/Maren|Advertising/)
  await giveBack(lifted.id)
  expect(blocks.find('ads.example')).toMatchObject(was)

  const changed = await domains.decide('ads.example', 'domain.change', {
    fields: { severity: 'noop', publicComment: 'Better by now' },
  })
  // A colleague changes something else meanwhile: that stays.
  Object.assign(blocks.find('ads.example') ?? {}, { privateComment: 'By a colleague' })
  await giveBack(changed.id)
  expect(blocks.find('ads.example')).toMatchObject({ ...was, privateComment: 'By a colleague' })
})
