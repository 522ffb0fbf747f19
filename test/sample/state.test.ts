/** A recorded state, loaded, is told again as it was recorded: accounts, reports, posts, blocks, entity by entity. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Conversation, converse } from './converse.ts'
import { compare, Ids, type Recorded } from './replaying.ts'

const stateFile = join(import.meta.dirname, '../data/mastodon/recorded/mastodon-4.3.23.state.json')
type Row = { readonly id: string }
const state = JSON.parse(readFileSync(stateFile, 'utf8')) as Record<string, Row[]> & {
  readonly statuses: Record<string, Row[]>
  readonly instance_actor: Row
}
const ids = new Ids(state)
let sample: Conversation

beforeAll(async () => {
  sample = await converse({ stateFile, release: '4.3.23' })
})
afterAll(() => sample.close())

/** What differs between a recorded value and the answer at a path. */
async function differences(path: string, want: unknown): Promise<string[]> {
  const reply = await sample.get(path)
  const step: Recorded = { n: 0, label: path, as: null, request: { method: 'GET', path }, status: 200, headers: {} }
  return reply.status === 200 ? compare(want, reply.body, ids, step) : [`${path}: ${reply.status}`]
}

const single: [string, string][] = [
  ['accounts', '/api/v1/admin/accounts/'],
  ['reports_open', '/api/v1/admin/reports/'],
  ['reports_resolved', '/api/v1/admin/reports/'],
  ['domain_blocks', '/api/v1/admin/domain_blocks/'],
  ['email_domain_blocks', '/api/v1/admin/email_domain_blocks/'],
  ['ip_blocks', '/api/v1/admin/ip_blocks/'],
  ['canonical_email_blocks', '/api/v1/admin/canonical_email_blocks/'],
  ['tags', '/api/v1/admin/tags/'],
]

test.each(single)('%s, one by one', async (key, path) => {
  const rows = state[key] ?? []
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) expect(await differences(path + row.id, row)).toEqual([])
})

test('whole lists', async () => {
  expect(await differences('/api/v2/admin/accounts?limit=200', state.accounts)).toEqual([])
  expect(await differences('/api/v1/admin/reports?limit=200', state.reports_open)).toEqual([])
  expect(await differences('/api/v1/admin/reports?limit=200&resolved=true', state.reports_resolved)).toEqual([])
  expect(await differences('/api/v1/instance/rules', state.rules)).toEqual([])
  for (const name of ['links', 'statuses', 'tags', 'links/publishers'])
    expect(await differences(`/api/v1/admin/trends/${name}`, state[`trends/${name}`])).toEqual([])
  expect(await differences('/api/v1/admin/accounts/-99', state.instance_actor)).toEqual([])
})

test('posts of every account, and each by itself', async () => {
  for (const [account, statuses] of Object.entries(state.statuses)) {
    expect(await differences(`/api/v1/accounts/${account}/statuses?limit=40`, statuses)).toEqual([])
    for (const status of statuses) expect(await differences(`/api/v1/statuses/${status.id}`, status)).toEqual([])
  }
})

test('the public page of every account that has one', async () => {
  type Admin = {
    readonly id: string
    readonly approved: boolean | null
    readonly confirmed: boolean | null
    readonly account: unknown
  }
  const rows = (state.accounts ?? []) as unknown as readonly Admin[]
  for (const { id, approved, confirmed, account } of rows) {
    const path = `/api/v1/accounts/${id}`
    if (approved === false || confirmed === false) expect((await sample.get(path)).status).toBe(404)
    else expect(await differences(path, account)).toEqual([])
  }
})
