import { expect, test } from 'vitest'
import { openDomains } from './domains-ground.ts'

/** What a person types or a list holds, and why it is no domain that can be sent. */
const bad: readonly (readonly [string, string])[] = [
  ['', 'field.domain.blank'],
  ['   ', 'field.domain.blank'],
  ['https://spam.example/@seller', 'field.domain.scheme'],
  ['@seller@spam.example', 'field.domain.handle'],
  ['*.spam.example', 'field.domain.wildcard'],
  ['sp***.example', 'field.domain.masked'],
  ['spam.example:8443', 'field.domain.port'],
  ['spam.example/about', 'field.domain.path'],
  ['bad_name.example', 'field.domain.letters'],
  ['two words.example', 'field.domain.letters'],
  ['spam..example', 'field.domain.dots'],
  ['.spam.example', 'field.domain.dots'],
  [`${'a'.repeat(64)}.example`, 'field.domain.long'],
  [`${'a.'.repeat(127)}example`, 'field.domain.long'],
  ['203.0.113.7', 'field.domain.address'],
  ['[2001:db8::7]', 'field.domain.address'],
  ['2001:db8::7', 'field.domain.address'],
  ['localhost', 'field.domain.single'],
  ['com', 'field.domain.single'],
  ['xn--a.example', 'field.domain.punycode'],
  ['müll.example:80', 'field.domain.port'],
]

/** What the server would alter in silence: altered here first, so that it is seen before it is sent. */
const altered: readonly (readonly [string, string, string])[] = [
  ['  Spam.EXAMPLE ', 'spam.example', 'spam.example'],
  ['trail.example.', 'trail.example', 'trail.example'],
  ['slash.example/', 'slash.example', 'slash.example'],
  ['Bücher.example', 'xn--bcher-kva.example', 'bücher.example'],
  ['bücher。example', 'xn--bcher-kva.example', 'bücher.example'],
  ['XN--BCHER-KVA.example', 'xn--bcher-kva.example', 'bücher.example'],
]

test('what is no domain is refused with its sentence by every door to a decision, and nothing is sent', async () => {
  await using domains = await openDomains()
  const fields = { severity: 'silence' }
  for (const [text, why] of bad) {
    expect([text, await domains.desk.call('domains.read', { text })]).toEqual([
      text,
      { domain: null, unicode: '', problem: why },
    ])
    if (text === '') continue
    for (const kind of ['domain.block', 'domain.allow'] as const) {
      const given = kind === 'domain.block' ? fields : {}
      expect([text, await domains.refusal(text, kind, { fields: given, typed: text })]).toEqual([text, why])
      expect([text, await domains.leftOut(text, kind, given)]).toEqual([text, why])
    }
  }
  expect(domains.writes()).toEqual([])
})

test('what the server would alter is read in its form, shown, and sent so: the server keeps it as it is', async () => {
  await using domains = await openDomains()
  for (const [text, domain, unicode] of altered) {
    expect(await domains.desk.call('domains.read', { text })).toEqual({ domain, unicode, problem: null })
    const done = await domains.decide(text, 'domain.block', { fields: { severity: 'noop' } })
    expect([text, done.state, done.name]).toEqual([text, 'done', domain])
    expect(domains.writes().at(-1)?.body).toMatchObject({ domain })
    expect(domains.ground.server.world.domainBlocks.find(domain)?.severity).toBe('noop')
    expect((await domains.decide(domain, 'domain.lift')).state).toBe('done')
  }
})

test('each field of a block is tried with what the server alters, stores blank, or breaks on', async () => {
  await using domains = await openDomains()
  const long = 'x'.repeat(2001)
  const blocks: readonly (readonly [Record<string, unknown>, string])[] = [
    [{}, 'field.severity'],
    [{ severity: '' }, 'field.severity'],
    [{ severity: 'reject' }, 'field.severity'],
    [{ severity: null }, 'field.severity'],
    [{ severity: 'silence', rejectMedia: 'no' }, 'field.flag'],
    [{ severity: 'silence', publicComment: long }, 'field.comment-long'],
    [{ severity: 'silence', privateComment: long }, 'field.comment-long'],
    [{ severity: 'silence', colour: 'red' }, 'invalid-input'],
  ]
  for (const [fields, why] of blocks)
    expect([fields, await domains.refusal('a.example', 'domain.block', { fields: fields as never })]).toEqual([
      fields,
      why,
    ])
  const changes: readonly (readonly [Record<string, unknown>, string])[] = [
    [{}, 'field.nothing-changed'],
    [{ severity: '' }, 'field.severity'],
    [{ publicComment: long }, 'field.comment-long'],
  ]
  for (const [fields, why] of changes)
    expect([fields, await domains.refusal('a.example', 'domain.change', { fields: fields as never })]).toEqual([
      fields,
      why,
    ])
  expect(domains.writes()).toEqual([])
})
