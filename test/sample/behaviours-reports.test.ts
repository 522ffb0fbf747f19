/** Reports: lines 63 to 76. */
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { addLocal, addPost, addReport, bareWorld } from './bare-world.ts'
import { type Conversation, converse, noon } from './converse.ts'
import { refuses } from './guarded.ts'

const path = '/api/v1/admin/reports'
let sample: Conversation

beforeEach(async () => {
  const world = bareWorld()
  const reporter = addLocal(world, 'reporter')
  const other = addLocal(world, 'other')
  const target = addLocal(world, 'target')
  world.rules.add({ id: '1', text: 'No spam', hint: '', translations: {}, deletedAt: null })
  addReport(world, reporter, target, { statusIds: [addPost(world, target, '<p>one</p>')], comment: 'look' })
  addReport(world, reporter, target, {
    actionTakenAt: noon,
    actionTakenByAccountId: reporter.id,
    category: 'violation',
    ruleIds: ['1'],
  })
  addReport(world, other, reporter)
  sample = await converse({ world, as: 'admin' })
  onTestFinished(() => sample.close())
})

async function ids(query: string): Promise<string[]> {
  const reply = await sample.get(path + query)
  expect(reply.status).toBe(200)
  return reply.body.map((report: { id: string }) => report.id)
}

const verbs = ['resolve', 'reopen', 'assign_to_self', 'unassign']
refuses(
  '63 reports',
  () => sample,
  () => [['GET', path], ['GET', `${path}/1`], ...verbs.map(verb => ['POST', `${path}/1/${verb}`] as const)],
  {
    scopes: ['write:statuses'],
    callers: ['nobody'],
  },
)

test('64: an empty list', async () => {
  const empty = await converse({ world: bareWorld(), as: 'admin' })
  onTestFinished(() => empty.close())
  expect((await empty.get(path)).body).toEqual([])
})

test('65 and 71: only open ones, with all that a moderator needs', async () => {
  const reply = await sample.get(path)
  expect(reply.body).toHaveLength(2)
  const wanted = {
    id: '1',
    action_taken: false,
    category: 'other',
    comment: 'look',
    account: { id: sample.id('reporter') },
    target_account: { id: sample.id('target') },
    statuses: [{ content: '<p>one</p>' }],
    rules: [],
    forwarded: null,
  }
  expect(reply.body[1]).toMatchObject(wanted)
  expect((await sample.get(`${path}/1`)).body).toMatchObject(wanted)
})

test('66: resolved ones', async () => expect(await ids('?resolved=true')).toEqual(['2']))
test('67: both', async () => expect(await ids('?resolved=true&unresolved=true')).toEqual(['3', '2', '1']))
test('68: by reporter', async () => expect(await ids(`?account_id=${sample.id('reporter')}`)).toEqual(['1']))
test('69: by target', async () => expect(await ids(`?target_account_id=${sample.id('target')}`)).toEqual(['1']))
test('68 and 69: by both', async () => {
  expect(await ids(`?account_id=${sample.id('other')}&target_account_id=${sample.id('target')}`)).toEqual([])
})
test('70: limit', async () => expect(await ids('?limit=1')).toEqual(['3']))

const audited = (): string[] =>
  sample.server.traces.audit.map(entry => `${entry.action} ${entry.targetType} ${entry.targetId}`)

test('72: the category can be changed', async () => {
  const reply = await sample.put(`${path}/1`, { json: { category: 'spam' } })
  expect([reply.status, reply.body.category]).toEqual([200, 'spam'])
  expect((await sample.get(`${path}/1`)).body.category).toBe('spam')
  expect(audited()).toEqual(['update Report 1'])
})

test('73: resolve', async () => {
  const reply = await sample.post(`${path}/1/resolve`)
  expect([reply.status, reply.body.action_taken, reply.body.action_taken_by_account.username]).toEqual([
    200,
    true,
    'admin',
  ])
  expect(audited()).toEqual(['resolve Report 1'])
})

test('74: reopen', async () => {
  const reply = await sample.post(`${path}/2/reopen`)
  expect([reply.status, reply.body.action_taken, reply.body.action_taken_at]).toEqual([200, false, null])
  expect(audited()).toEqual(['reopen Report 2'])
})

test('75: assign to self', async () => {
  const reply = await sample.post(`${path}/1/assign_to_self`)
  expect([reply.status, reply.body.assigned_account.id]).toEqual([200, sample.id('admin')])
  expect(audited()).toEqual(['assigned_to_self Report 1'])
})

test('76: unassign', async () => {
  await sample.post(`${path}/1/assign_to_self`)
  const reply = await sample.post(`${path}/1/unassign`)
  expect([reply.status, reply.body.assigned_account]).toEqual([200, null])
  expect(audited()).toEqual(['assigned_to_self Report 1', 'unassigned Report 1'])
})
