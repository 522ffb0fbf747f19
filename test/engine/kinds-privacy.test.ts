import { expect, test } from 'vitest'
import { allKinds } from '../../src/main/engine/kinds.ts'
import { systemClock } from '../../src/shared/system-clock.ts'
import { kinds, openBench } from './journal-ground.ts'
import { shapes } from './journal-shapes.ts'
import { kindFields } from './kinds-fields.ts'

test('each kind names as codes what is of a closed list, and nothing that a person writes', () => {
  for (const { kind, name, type, codes } of kindFields)
    if (type === 'text' || type === 'code' || type === 'codes')
      expect([kind, name, codes.includes(name)]).toEqual([kind, name, type !== 'text'])
  for (const { kind, codes } of allKinds(systemClock).values())
    for (const code of codes)
      expect([kind, kindFields.some(one => one.kind === kind && one.name === code)]).toEqual([kind, true])
})

test('one word that someone writes is theirs in every kind: it is among no facts, and can be erased', async () => {
  await using bench = await openBench()
  const { desk } = bench
  for (const kind of kinds) {
    const texts = kindFields.filter(field => field.kind === kind && field.type === 'text').map(({ name }) => name)
    // Each looks like a code.
    const words = Object.fromEntries(texts.map((name, at) => [name, `marigold${at}`]))
    await bench.armKind(kind, { fields: { ...shapes[kind].fields, ...words }, text: 'snapdragon', note: 'foxglove' })
    const [armed] = (await desk.call('log.page', { limit: 1 })).entries
    expect([kind, armed?.action, armed?.facts.kind]).toEqual([kind, 'decision.armed', kind])
    expect(armed?.personal).toMatchObject({ ...words, text: 'snapdragon', note: 'foxglove' })
    expect([kind, JSON.stringify(armed?.facts)]).toEqual([
      kind,
      expect.not.stringMatching(/marigold|snapdragon|foxglove/),
    ])
  }
})
