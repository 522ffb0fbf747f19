import { expect, test } from 'vitest'
import { type LinkAnswer, linkQuestion, makeLinks } from '../../../src/main/doors/external-link.ts'
import type { Question } from '../../../src/main/doors/question.ts'
import { Failure } from '../../../src/shared/contract/failure.ts'
import type { Engine } from '../../../src/shared/contract/index.ts'
import type { Lookalike } from '../../../src/shared/contract/lookalikes.ts'

const odd: Lookalike = {
  domain: 'xn--lindenhf-lwf.example',
  like: { domain: 'lindenhof.example', why: 'own' },
  scripts: ['Latn', 'Cyrl'],
}

test('the question names the host as the network knows it, and neither Enter nor Escape opens it', () => {
  const asked = linkQuestion('https://xn--bcher-kva.example:8443/a?b=1', undefined)
  expect(asked).toEqual({
    type: 'question',
    message: 'Open xn--bcher-kva.example:8443 (bücher.example:8443)?',
    detail:
      'https://xn--bcher-kva.example:8443/a?b=1\n\nThis leaves Howdah. The page sees your address and when you came.',
    answers: ['back', 'open'],
    labels: ['Back', 'Open'],
    closed: 'back',
  })
})

test('a long address keeps its whole origin and its two ends', () => {
  const host = `${'a'.repeat(60)}.${'b'.repeat(60)}.example`
  const { detail } = linkQuestion(`https://${host}/${'x'.repeat(800)}?next=${'y'.repeat(800)}&end=1`, undefined)
  const [address = ''] = detail.split('\n\n')
  expect(address).toMatch(new RegExp(`^https://${host}/x{59} … y{14}&end=1$`))
  // A host that was put where a path is looked for stays where it is.
  const [other = ''] = linkQuestion(
    `https://evil.example/${'https://lindenhof.example/'.repeat(20)}`,
    undefined,
  ).detail.split('\n')
  expect(other.startsWith('https://evil.example/https://lindenhof')).toBe(true)
  expect(other.length).toBeLessThan(120)
})

test('a host that looks like one of ours is a warning that comes first', () => {
  const { type, detail } = linkQuestion(`https://${odd.domain}/`, odd)
  expect(type).toBe('warning')
  expect(detail.split('\n\n')[0]).toMatch(/lindenhof\.example.*Latin and Cyrillic/)
})

/** A desk signed in to one server, whose person gives answers in turn. */
const desk = (answers: LinkAnswer[], fails = false) => {
  const opened: string[] = []
  const asked: Question<LinkAnswer>[] = []
  const call = async (name: string) => {
    if (fails) throw new Failure('not-allowed', { reason: 'failure.locked' })
    return name === 'servers.list' ? { servers: [{ origin: 'https://lindenhof.example' }] } : { lookalikes: [odd] }
  }
  const engine = { call } as unknown as Engine
  const ask = async (question: Question<LinkAnswer>) => {
    asked.push(question)
    await new Promise(resolve => setTimeout(resolve, 5))
    return answers.shift() ?? 'back'
  }
  const open = makeLinks(engine, ask, async link => void opened.push(link))
  return { open, opened, asked }
}

test('pages of a server one is signed in to open at once; all else is asked, and stays here unless a person says so', async () => {
  const { open, opened, asked } = desk(['open', 'back'])
  await open('https://lindenhof.example/admin/reports/7')
  expect([opened, asked.length]).toEqual([['https://lindenhof.example/admin/reports/7'], 0])
  await open('https://away.example/@x/1')
  expect([opened.at(-1), asked.length]).toEqual(['https://away.example/@x/1', 1])
  await open('https://away.example/@x/2')
  expect([opened.length, asked.length]).toEqual([2, 2])
  // Another port or scheme is another place, and so is a name that only begins alike.
  for (const link of [
    'http://lindenhof.example/',
    'https://lindenhof.example:8443/',
    'https://lindenhof.example.evil.example/',
    `https://${odd.domain}/`,
  ])
    await open(link)
  expect([opened.length, asked.length]).toEqual([2, 6])
  expect(asked.at(-1)?.type).toBe('warning')
})

test('one question at a time: a page that asks a thousand times opens one dialog, and can ask again after it', async () => {
  const { open, opened, asked } = desk(['open', 'open'])
  await Promise.all(Array.from({ length: 1000 }, (_, n) => open(`https://away.example/${n}`)))
  expect([opened, asked.length]).toEqual([['https://away.example/0'], 1])
  await open('https://away.example/again')
  expect(opened.length).toBe(2)
})

test('an engine that is locked or gone vouches for nothing', async () => {
  const { open, opened, asked } = desk(['back'], true)
  await open('https://lindenhof.example/admin')
  expect([opened, asked.length]).toEqual([[], 1])
})
