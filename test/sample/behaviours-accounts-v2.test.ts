/** Accounts, version 2: lines 32 to 38. The caller is a moderator. */
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { addLocal, addRemote, bareWorld, suspended } from './bare-world.ts'
import { type Conversation, converse } from './converse.ts'
import { refuses } from './guarded.ts'

const path = '/api/v2/admin/accounts'
let sample: Conversation

beforeEach(async () => {
  const world = bareWorld(['moderator'])
  addRemote(world, 'remote', 'example.example')
  addRemote(world, 'farGone', 'elsewhere.example', { suspendedAt: 1, suspensionOrigin: 'local' })
  suspended(world, addLocal(world, 'suspended'))
  addLocal(world, 'disabled', {}, { disabled: true })
  addLocal(world, 'pending', {}, { approved: false })
  addLocal(world, 'admin', {}, { roleId: null })
  addLocal(world, 'nobody')
  world.addCaller({
    name: 'nobody',
    accountId: world.accountsByHandle.get('nobody')?.id ?? null,
    scopes: ['admin:read'],
  })
  sample = await converse({ world, as: 'moderator' })
  onTestFinished(() => sample.close())
})

async function names(query: string): Promise<string[]> {
  const reply = await sample.get(path + query)
  expect(reply.status).toBe(200)
  return reply.body.map((account: { username: string }) => account.username).sort()
}

refuses(
  '32 index',
  () => sample,
  () => [['GET', path]],
  { scopes: ['write:statuses'], callers: ['nobody'] },
)

test('33: active local staff is the caller alone', async () => {
  expect(await names('?status=active&origin=local&permissions=staff')).toEqual(['moderator'])
})
test('34: by_domain with remote', async () =>
  expect(await names('?by_domain=example.example&origin=remote')).toEqual(['remote']))
test('35: suspended here and elsewhere', async () =>
  expect(await names('?status=suspended')).toEqual(['farGone', 'suspended']))
test('36: disabled', async () => expect(await names('?status=disabled')).toEqual(['disabled']))
test('37: pending', async () => expect(await names('?status=pending')).toEqual(['pending']))

test('38: the next page is named in Link', async () => {
  const reply = await sample.get(`${path}?limit=1`)
  const newest = reply.body[0].id
  expect(reply.headers.get('link')).toContain(
    `<${sample.server.url}/api/v2/admin/accounts?limit=1&max_id=${newest}>; rel="next"`,
  )
})

test('an unknown word in a filter is a 400', async () => {
  expect((await sample.get(`${path}?status=x`)).body).toEqual({ error: 'Unknown status: x' })
  expect((await sample.get(`${path}?origin=x`)).body).toEqual({ error: 'Unknown origin: x' })
})
