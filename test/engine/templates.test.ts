import { expect, test } from 'vitest'
import { openGround } from './ground.ts'

const words = { name: 'Spam', language: 'en', text: 'Your posts are advertising.\n{rules}\n{appeal}' }

test('templates are kept by language and name, changed, removed, and each change is in the log', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const desk = ground.client()
  const { template } = await desk.call('templates.put', { id: null, ...words })
  await desk.call('templates.put', { id: null, ...words, language: 'fr', text: 'Vos messages sont de la publicité.' })
  await expect(desk.call('templates.put', { id: null, ...words })).rejects.toMatchObject({
    code: 'conflict',
    detail: { reason: 'failure.template-name', name: 'Spam' },
  })
  await desk.call('templates.put', { ...words, id: template.id, name: 'Advertising' })
  expect((await desk.call('templates.list', {})).templates.map(one => [one.language, one.name])).toEqual([
    ['en', 'Advertising'],
    ['fr', 'Spam'],
  ])
  await desk.call('templates.remove', { id: template.id })
  for (const call of [
    desk.call('templates.remove', { id: template.id }),
    desk.call('templates.put', { ...words, id: template.id }),
  ])
    await expect(call).rejects.toMatchObject({ code: 'not-found', detail: { reason: 'failure.template-gone' } })
  const { entries } = await desk.call('log.page', { limit: 20 })
  const told = entries.filter(entry => entry.action.startsWith('template.'))
  expect(told.map(entry => entry.action)).toEqual([
    'template.removed',
    'template.changed',
    'template.added',
    'template.added',
  ])
  expect(told[1]?.personal).toMatchObject({ name: 'Advertising' })
  expect(JSON.stringify(told.map(entry => entry.facts))).not.toContain('advertising')
  // Over a restart too.
  await ground.closeEngine()
  await ground.openEngine()
  expect((await ground.client().call('templates.list', {})).templates).toHaveLength(1)
})

test.each([
  [{ text: '{rule}' }, { reason: 'field.placeholder', name: '{rule}' }],
  [{ text: '   ' }, {}],
  [{ name: ' ' }, {}],
  [{ language: 'english' }, {}],
  [{ language: 'en; DROP' }, {}],
  [{ text: 'x'.repeat(2001) }, {}],
])('%o is refused before anything is kept', async (change, detail) => {
  await using ground = await openGround()
  await ground.openEngine()
  const desk = ground.client()
  await expect(desk.call('templates.put', { id: null, ...words, ...change })).rejects.toMatchObject({
    code: 'invalid-input',
    detail,
  })
  expect((await desk.call('templates.list', {})).templates).toEqual([])
})
