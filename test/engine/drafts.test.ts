import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openGround, signInAndSync } from './ground.ts'

test('what is being written is held for the next page, in memory alone, and let go when it is empty', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  const note = { of: 'note' as const, key: 's1 7', words: { text: 'a half-written thought about somebody' } }
  const decision = { of: 'decision' as const, key: 's1 7', words: { text: 'Dear', note: '', language: 'en' } }
  await desk.call('drafts.keep', note)
  await desk.call('drafts.keep', { ...decision, words: { text: 'D' } })
  await desk.call('drafts.keep', decision)
  expect(await ground.client().call('drafts.list', {})).toEqual({ drafts: [note, decision] })
  for (const name of readdirSync(ground.folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(ground.folder, name)
    if (statSync(file).isFile()) expect([name, readFileSync(file).includes('half-written')]).toEqual([name, false])
  }
  await desk.call('drafts.keep', { ...note, words: { text: '' } })
  await desk.call('drafts.keep', { ...decision, key: 's1 8', words: {} })
  expect(await desk.call('drafts.list', {})).toEqual({ drafts: [decision] })
  for (let n = 0; n < 150; n++) await desk.call('drafts.keep', { of: 'note', key: `s1 ${n}`, words: { text: 'x' } })
  const { drafts } = await desk.call('drafts.list', {})
  expect([drafts.length, drafts[0]?.key, drafts.at(-1)?.key]).toEqual([100, 's1 50', 's1 149'])
  await ground.closeEngine()
  await ground.openEngine()
  expect(await ground.client().call('drafts.list', {})).toEqual({ drafts: [] })
})
