import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { LogDraft } from '../../src/main/engine/log/append.ts'
import { findHits } from '../../src/main/engine/log/hits.ts'
import { openGround } from './log-ground.ts'

const call = { signal: new AbortController().signal, from: 'cli' }

describe('what an export without personal values still tells of people', () => {
  test.each<[LogDraft['facts'], string[]]>([
    [{ role: 'ask @bob@weide.example first' }, ['handle @bob@weide.example']],
    [{ role: '@bob' }, ['handle @bob']],
    [{ text: 'https://weide.example/@bob/12' }, ['handle @bob']],
    [{ text: 'write to bob.b+x@mail.example.' }, ['email bob.b+x@mail.example']],
    [{ text: 'from 192.0.2.7' }, ['address 192.0.2.7']],
    [{ text: '192.0.2.0/24 and more' }, ['address 192.0.2.0/24']],
    [{ text: '2001:db8::17' }, ['address 2001:db8::17']],
    [{ text: 'call +49 30 123456' }, ['phone +49 30 123456']],
    [{ deep: { list: ['nothing', 'mail a@b.example'] } }, ['email a@b.example']],
    [{ text: 'as Kanarienvogel said' }, ['name Kanarienvogel']],
    [{ role: 'KANARIENVOGEL' }, ['name KANARIENVOGEL']],
    [{ text: 'kanarienvogels' }, []],
    [{ category: 'kanarienvogel' }, []],
    [{ domain: 'kaefig.example', origin: 'https://kaefig.example', release: '4.6.5' }, []],
    [{ origin: 'http://127.0.0.1:3000' }, []],
    [{ report: '4711', account: '109000000000000000', decision: crypto.randomUUID(), head: 'a'.repeat(64) }, []],
    [{ status: 422, done: true, nothing: null, list: [] }, []],
    [{ text: 'released at 12:30:05, version 4.6.5.1 of 3' }, ['address 4.6.5.1']],
  ])('%j', (facts, expected) => {
    const { append, reading } = openGround()
    append({ personal: { target: '@kanarienvogel@kaefig.example', note: 'this and that' } })
    append({ facts })
    const { total, hits } = findHits(reading())
    expect(hits.map(({ looksLike, text }) => `${looksLike} ${text}`)).toEqual(expected)
    expect(hits.every(({ seq, action }) => seq === 2 && action === 'decision.armed')).toBe(true)
    expect(total).toBe(expected.length)
  })
  test('nothing is written before as many were shown; with personal values nobody is asked', async () => {
    const { append, handlers, folder } = openGround()
    append({ facts: { role: '@bob' } })
    append({ facts: { role: '@ida' } })
    const file = join(folder, 'out.csv')
    const write = (more: { personal?: boolean; hits?: number }) =>
      handlers['log.export']({ format: 'csv', file, personal: false, hits: 0, ...more }, call)
    for (const hits of [0, 1])
      await expect(write({ hits })).rejects.toMatchObject({
        code: 'conflict',
        detail: { reason: 'export.hits', hits: 2 },
      })
    expect(existsSync(file)).toBe(false)
    const shown = await handlers['log.hits']({}, call)
    expect(shown.hits.map(({ seq, fact, text }) => [seq, fact, text])).toEqual([
      [1, 'role', '@bob'],
      [2, 'role', '@ida'],
    ])
    await write({ hits: shown.total })
    expect(existsSync(file)).toBe(true)
    await handlers['log.export']({ format: 'csv', file: join(folder, 'all.csv'), personal: true, hits: 0 }, call)
  })
})
