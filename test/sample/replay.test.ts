/** The recorded requests of a real Mastodon 4.3.23, in their order, against the sample server that plays it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Conversation, converse } from './converse.ts'
import { compare, Ids, linksOf, type Recorded } from './replaying.ts'

const folder = join(import.meta.dirname, '../data/mastodon/recorded')
const stateFile = join(folder, 'mastodon-4.3.23.state.json')
const recorded = readFileSync(join(folder, 'mastodon-4.3.23.requests.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as Recorded)
  .sort((a, b) => a.n - b.n)

/** Secrets were taken out of some, and others are about throttles: those have tests of their own. */
const others = /^(429|apps register 6th|revoke|token |streaming)/
const steps = recorded.filter(step => !JSON.stringify(step.request).includes('(removed)') && !others.test(step.label))

let sample: Conversation
const ids = new Ids(JSON.parse(readFileSync(stateFile, 'utf8')))

beforeAll(async () => {
  sample = await converse({ stateFile, release: '4.3.23', throttles: true })
})
afterAll(() => sample.close())

test('288 requests are replayed', () => {
  expect(steps).toHaveLength(288)
})

describe('as the real server', () => {
  test.each(steps.map(step => [`${step.n} ${step.label.slice(0, 60)}`, step] as const))('%s', async (_, step) => {
    const { request } = step
    const accept = request.accept === undefined ? 'application/json' : (request.accept ?? '*/*')
    const reply = await sample.ask(request.method, ids.inPath(request.path), {
      as: step.as === 'unknown-token' ? 'nonsense' : step.as,
      headers: { accept },
      ...(request.json === undefined ? {} : { json: JSON.parse(ids.inText(JSON.stringify(request.json))) }),
      ...(request.form === undefined ? {} : { form: request.form }),
    })
    expect(reply.status).toBe(step.status)
    if (step.entries !== undefined) expect(reply.body).toHaveLength(step.entries)
    if (step.body === undefined) return
    expect(compare(step.body, reply.body, ids, step)).toEqual([])
    if (!request.path.includes('/trends/'))
      expect(linksOf(reply.headers.get('link'), text => text)).toEqual(
        linksOf(step.headers.link, text => ids.inText(text)),
      )
  })
})
