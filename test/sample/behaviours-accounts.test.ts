/** Accounts, version 1: lines 1 to 31 of what Mastodon's own tests assert. The numbers are those of that list. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { addLocal, addRemote, bareWorld, suspended } from './bare-world.ts'
import { type Conversation, converse } from './converse.ts'
import { refuses } from './guarded.ts'

const path = '/api/v1/admin/accounts'
let sample: Conversation

beforeEach(async () => {
  const world = bareWorld()
  addLocal(world, 'target')
  addLocal(world, 'waiting', {}, { approved: false, inviteRequest: 'please' })
  sample = await converse({ world, as: 'admin', jobDelay: 0 })
  onTestFinished(() => sample.close())
})

const target = (): string => `${path}/${sample.id('target')}`
const act = (type: string) => sample.post(`${target()}/action`, { json: { type } })

describe('action', () => {
  const kinds = [
    [1, 'disable', 'disabled'],
    [2, 'sensitive', 'sensitized'],
    [3, 'silence', 'silenced'],
    [4, 'suspend', 'suspended'],
  ] as const

  test.each(kinds)('%i: %s sets the flag, sends one mail, is in the audit log', async (_, type, flag) => {
    const reply = await act(type)
    expect([reply.status, reply.body]).toEqual([200, {}])
    expect(reply.headers.get('content-type')).toMatch(/^application\/json/)
    expect((await sample.get(target())).body[flag]).toBe(true)
    expect(sample.server.traces.mails).toMatchObject([{ to: 'target@mail.example' }])
    const userId = sample.server.world.account(sample.id('target'))?.user?.id
    const about =
      type === 'disable'
        ? { targetType: 'User', targetId: userId }
        : { targetType: 'Account', targetId: sample.id('target') }
    expect(sample.server.traces.audit).toMatchObject([{ action: type, byAccountId: sample.id('admin'), ...about }])
  })

  refuses(
    '5 action',
    () => sample,
    () => [['POST', `${target()}/action`]],
    { scopes: ['admin:read admin:read:accounts'], callers: ['nobody'] },
  )

  test('6: none sends one mail', async () => {
    expect((await act('none')).status).toBe(200)
    expect(sample.server.traces.mails).toMatchObject([{ to: 'target@mail.example' }])
  })

  test('7: no type is refused', async () => {
    const reply = await sample.post(`${target()}/action`, { json: {} })
    expect([reply.status, reply.body]).toEqual([
      422,
      { error: "Validation failed: Type can't be blank, Type is not included in the list" },
    ])
  })

  test('8: an unknown type is refused', async () => {
    expect((await act('invalid')).status).toBe(422)
    expect(sample.server.traces.audit).toEqual([])
  })
})

describe('index', () => {
  beforeEach(async () => {
    await sample.close()
    const world = bareWorld(['admin'])
    addRemote(world, 'remote', 'example.example')
    suspended(world, addLocal(world, 'suspended'))
    addLocal(world, 'disabled', {}, { disabled: true })
    addLocal(world, 'pending', {}, { approved: false })
    sample = await converse({ world, as: 'admin' })
    onTestFinished(() => sample.close())
  })

  const names = async (query: string): Promise<string[]> => {
    const reply = await sample.get(path + query)
    expect(reply.status).toBe(200)
    return reply.body.map((account: { username: string }) => account.username).sort()
  }

  test('9: refused with other scopes', async () => {
    const as = sample.token('admin', 'read', 'read:accounts', 'admin:write', 'admin:write:accounts')
    expect((await sample.get(path, { as })).status).toBe(403)
  })

  test('9: refused to a caller without a role', async () => {
    addLocal(sample.server.world, 'nobody')
    expect((await sample.get(path, { as: sample.token('nobody', 'admin:read') })).status).toBe(403)
  })

  test('10: active local staff is the admin alone', async () => {
    expect(await names('?active=true&local=true&staff=true')).toEqual(['admin'])
  })

  test('11: by_domain with remote', async () => {
    addRemote(sample.server.world, 'other', 'elsewhere.example')
    expect(await names('?by_domain=example.example&remote=true')).toEqual(['remote'])
  })

  test('12: suspended means local ones', async () => {
    addRemote(sample.server.world, 'far', 'far.example', { suspendedAt: 1, suspensionOrigin: 'local' })
    expect(await names('?suspended=true')).toEqual(['suspended'])
  })

  test('13: disabled', async () => expect(await names('?disabled=true')).toEqual(['disabled']))
  test('14: pending', async () => expect(await names('?pending=true')).toEqual(['pending']))
  test('15: without parameters: local and not suspended', async () =>
    expect(await names('')).toEqual(['admin', 'disabled', 'pending']))
  test('16: limit', async () => expect(await names('?limit=2')).toHaveLength(2))
})

describe('one account', () => {
  const waiting = (): string => `${path}/${sample.id('waiting')}`

  test('17: show', async () => {
    const reply = await sample.get(target())
    expect(reply.status).toBe(200)
    expect(reply.body).toMatchObject({ id: sample.id('target'), username: 'target', email: 'target@mail.example' })
  })
  refuses(
    '17 show',
    () => sample,
    () => [['GET', target()]],
    { scopes: ['read read:accounts admin:write admin:write:accounts'], callers: ['nobody'] },
  )

  const missing = [
    [18, 'GET', ''],
    [21, 'POST', '/approve'],
    [24, 'POST', '/reject'],
    [25, 'POST', '/enable'],
    [27, 'POST', '/unsuspend'],
    [28, 'POST', '/unsensitive'],
    [29, 'POST', '/unsilence'],
    [31, 'DELETE', ''],
  ] as const
  test.each(missing)('%i: %s -1%s is not found', async (_, method, tail) => {
    const reply = await sample.ask(method, `${path}/-1${tail}`)
    expect([reply.status, reply.body]).toEqual([404, { error: 'Record not found' }])
  })

  const changes = ['/approve', '/reject', '/enable', '/unsuspend', '/unsensitive', '/unsilence']
  refuses(
    '19 to 30 changes',
    () => sample,
    () => [...changes.map(tail => ['POST', waiting() + tail] as const), ['DELETE', waiting()] as const],
    {
      scopes: ['write write:accounts read admin:read'],
      callers: ['nobody'],
    },
  )

  test('19: approve', async () => {
    const reply = await sample.post(`${waiting()}/approve`)
    expect([reply.status, reply.body.approved]).toEqual([200, true])
    expect(sample.server.traces.audit).toMatchObject([
      { action: 'approve', targetType: 'User', byAccountId: sample.id('admin') },
    ])
  })

  test('20 and 23: what is approved can be neither approved nor rejected', async () => {
    expect((await sample.post(`${target()}/approve`)).status).toBe(403)
    expect((await sample.post(`${target()}/reject`)).status).toBe(403)
  })

  test('22: reject destroys the sign-up', async () => {
    const gone = waiting()
    const userId = sample.server.world.account(sample.id('waiting'))?.user?.id
    expect((await sample.post(`${gone}/reject`)).status).toBe(200)
    expect((await sample.get(gone)).status).toBe(404)
    expect(sample.server.traces.audit).toMatchObject([{ action: 'reject', targetId: userId }])
  })

  test('25: enable', async () => {
    await act('disable')
    const reply = await sample.post(`${target()}/enable`)
    expect([reply.status, reply.body.disabled]).toEqual([200, false])
  })

  test('26 and 27: unsuspend, once', async () => {
    await act('suspend')
    const reply = await sample.post(`${target()}/unsuspend`)
    expect([reply.status, reply.body.suspended]).toEqual([200, false])
    expect((await sample.post(`${target()}/unsuspend`)).status).toBe(403)
  })

  test('28: unsensitive', async () => {
    await act('sensitive')
    const reply = await sample.post(`${target()}/unsensitive`)
    expect([reply.status, reply.body.sensitized]).toEqual([200, false])
  })

  test('29: unsilence', async () => {
    await act('silence')
    const reply = await sample.post(`${target()}/unsilence`)
    expect([reply.status, reply.body.silenced]).toEqual([200, false])
  })

  test('30: delete queues one deletion', async () => {
    await act('suspend')
    expect((await sample.delete(target())).status).toBe(200)
    expect(sample.server.jobs.all.filter(job => job.name === 'deletion')).toMatchObject([
      { subject: sample.id('target') },
    ])
  })

  test('31: what is not suspended is not deleted', async () => {
    expect((await sample.delete(target())).status).toBe(403)
  })
})
