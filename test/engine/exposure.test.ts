import { expect, test } from 'vitest'
import { openGround } from './ground.ts'

test('what was looked at today counts on this computer only: not in the log, not in the vault, and never beyond the day', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const desk = ground.client()
  await desk.call('settings.set', { restAfter: 3, notify: true, quietFrom: '22:00', quietTo: '07:00' })
  const before = (await desk.call('log.page', {})).total
  const day = '2026-11-23'
  for (const kind of ['media', 'media', 'legal', 'media'] as const) await desk.call('exposure.add', { day, kind })
  expect(await desk.call('exposure.today', { day })).toEqual({ media: 3, legal: 1, suggestions: 1 })
  await desk.call('settings.set', { restAfter: 0 })
  expect((await desk.call('exposure.today', { day })).suggestions).toBe(0)
  expect((await desk.call('log.page', {})).total).toBe(before)
  await desk.call('exposure.add', { day: '2026-11-24', kind: 'media' })
  expect(await desk.call('exposure.today', { day })).toEqual({ media: 0, legal: 0, suggestions: 0 })
  const { entries } = await desk.call('log.page', { limit: 200 })
  expect(JSON.stringify(entries)).not.toMatch(/restAfter|quiet|notify|exposure/)
})
