/** The event stream: a hint within a moment, silence where there is nothing new to look at, an end when the token ends. */
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { type Conversation, converse } from './converse.ts'

let sample: Conversation

beforeEach(async () => {
  sample = await converse({ jobDelay: 1000 })
  onTestFinished(() => sample.close())
})

/** An open stream: `next` waits until the text so far holds something, `ended` until the server closes it. */
async function listen(
  as: string,
): Promise<{ status: number; next: (part: string) => Promise<string>; ended: () => Promise<string> }> {
  const answer = await fetch(`${sample.server.url}/api/v1/streaming/user/notification`, {
    headers: { authorization: `Bearer ${as}` },
  })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const read = async (until: (text: string) => boolean): Promise<string> => {
    while (!until(text)) {
      const piece = await reader?.read()
      if (piece === undefined || piece.done) return text
      text += piece.value
    }
    return text
  }
  return { status: answer.status, next: part => read(all => all.includes(part)), ended: () => read(() => false) }
}

const file = (target: string) =>
  sample.post('/api/v1/reports', { as: 'member', json: { account_id: sample.id(target), comment: 'look' } })

test('a report is announced to the staff, a moment after it was filed', async () => {
  const stream = await listen('moderator')
  expect(await stream.next(':)')).toBe(':)\n')
  const filed = await file('ivan@harbour.example')
  sample.clock.advance(140)
  const text = await stream.next('\n\n')
  const data = /event: notification\ndata: (.*)\n\n/.exec(text)?.[1] ?? ''
  expect(JSON.parse(data)).toMatchObject({
    type: 'admin.report',
    account: { username: 'member' },
    report: { id: filed.body.id, comment: 'look' },
  })
  expect((await sample.get('/api/v1/notifications', { as: 'moderator' })).body).toMatchObject([
    { type: 'admin.report' },
  ])
})

test('not when another report about the same account is open', async () => {
  await file('ivan@harbour.example')
  sample.clock.advance(1000)
  await file('ivan@harbour.example')
  sample.clock.advance(1000)
  expect((await sample.get('/api/v1/notifications?types[]=admin.report', { as: 'moderator' })).body).toHaveLength(1)
})

test('a member hears nothing of reports, but of a warning', async () => {
  await file('ivan@harbour.example')
  await sample.post(`/api/v1/admin/accounts/${sample.id('member')}/action`, {
    json: { type: 'none', text: 'please stop' },
  })
  sample.clock.advance(1000)
  const heard = (await sample.get('/api/v1/notifications', { as: 'member' })).body
  expect(heard).toMatchObject([
    { type: 'moderation_warning', moderation_warning: { action: 'none', text: 'please stop' } },
  ])
})

test('a type that the client does not know comes with something to show, from 4.6', async () => {
  await file('ivan@harbour.example')
  sample.clock.advance(1000)
  const told = async (query: string): Promise<unknown> =>
    (await sample.get(`/api/v1/notifications${query}`, { as: 'moderator' })).body[0].fallback
  expect(await told('')).toBeUndefined()
  expect(await told('?supported_types[]=admin.report')).toBeUndefined()
  expect(await told('?supported_types[]=mention')).toMatchObject({ title: 'New report' })
})

test('it needs a scope for notifications', async () => {
  expect((await listen(sample.token('moderator', 'admin:read'))).status).toBe(403)
  expect((await listen('nonsense')).status).toBe(401)
})

test('it ends when the listener is suspended, disabled, or the token revoked', async () => {
  const stream = await listen('moderator2')
  await stream.next(':)')
  await sample.post(`/api/v1/admin/accounts/${sample.id('moderator2')}/action`, {
    as: 'admin',
    json: { type: 'disable' },
  })
  expect(await stream.ended()).toBe(':)\n')
  expect(sample.server.streams.size).toBe(0)
})

test('a notification can be dismissed, and all can be cleared', async () => {
  await file('ivan@harbour.example')
  await file('jun@xn--bcher-kva.example')
  sample.clock.advance(1000)
  const [first] = (await sample.get('/api/v1/notifications', { as: 'moderator' })).body
  await sample.post(`/api/v1/notifications/${first.id}/dismiss`, { as: 'moderator' })
  expect((await sample.get('/api/v1/notifications', { as: 'moderator' })).body).toHaveLength(1)
  await sample.post('/api/v1/notifications/clear', { as: 'moderator' })
  expect((await sample.get('/api/v1/notifications', { as: 'moderator' })).body).toEqual([])
  expect((await sample.get('/api/v1/notifications', { as: 'admin' })).body).toHaveLength(2)
})
