/** What follows from a write: closed reports, second strikes, jobs that come later, ghosts. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type Conversation, converse } from './converse.ts'

let sample: Conversation

beforeEach(async () => {
  sample = await converse({ jobDelay: 2000 })
  await sample.post('/api/v1/reports', { as: 'member', json: { account_id: sample.id('bruno') } })
  sample.clock.advance(2000)
  sample.server.ledger.clear()
  onTestFinished(() => sample.close())
})

const act = (handle: string, json: object, as = 'moderator') =>
  sample.post(`/api/v1/admin/accounts/${sample.id(handle)}/action`, { as, json })
const openAbout = async (handle: string): Promise<string[]> =>
  (await sample.get(`/api/v1/admin/reports?target_account_id=${sample.id(handle)}`)).body.map(
    (report: { id: string }) => report.id,
  )

describe('an action', () => {
  test.each(['disable', 'sensitive', 'silence', 'suspend'])(
    '%s closes every open report about the account, in the name of who acted',
    async type => {
      const before = await openAbout('bruno')
      expect(before.length).toBeGreaterThan(1)
      await act('bruno', { type })
      expect(await openAbout('bruno')).toEqual([])
      for (const id of before) {
        const report = (await sample.get(`/api/v1/admin/reports/${id}`)).body
        expect(report.action_taken_by_account.username).toBe('moderator')
      }
    },
  )

  test('none closes the given report only', async () => {
    const [first = '', ...others] = await openAbout('bruno')
    await act('bruno', { type: 'none', report_id: first })
    expect(await openAbout('bruno')).toEqual(others)
  })

  test('a repeat is a second strike and a second mail', async () => {
    await act('bruno', { type: 'silence' })
    await act('bruno', { type: 'silence' })
    expect(sample.server.world.strikes.all()).toHaveLength(2)
    expect(sample.server.traces.mails).toHaveLength(2)
  })

  test('without mail there is neither mail nor notification', async () => {
    await act('bruno', { type: 'silence', send_email_notification: false })
    sample.clock.advance(2000)
    expect(sample.server.traces.mails).toEqual([])
    const kinds = sample.server.world.notifications.all().map(notification => notification.type)
    expect(kinds).not.toContain('moderation_warning')
  })

  test('a warning preset comes before the text; an unknown one rolls all back', async () => {
    sample.server.world.warningPresets.set('1', 'Please read the rules.')
    await act('bruno', { type: 'none', warning_preset_id: '1', text: 'Yours' })
    expect(sample.server.world.strikes.all()[0]?.text).toBe('Please read the rules.\n\nYours')
    expect((await act('amina', { type: 'silence', warning_preset_id: '9' })).status).toBe(404)
  })

  test('roles outrank: a peer and oneself are out of reach', async () => {
    expect((await act('moderator2', { type: 'silence' })).status).toBe(403)
    expect((await act('moderator', { type: 'silence' })).status).toBe(403)
    expect((await act('moderator', { type: 'silence' }, 'admin')).status).toBe(200)
  })
})

test('a suspended account blocks its e-mail, and unsuspending lifts that', async () => {
  await act('bruno', { type: 'suspend' })
  const email = { json: { email: 'bruno@mail.example' } }
  expect((await sample.post('/api/v1/admin/canonical_email_blocks/test', email)).body).toHaveLength(1)
  await sample.post(`/api/v1/admin/accounts/${sample.id('bruno')}/unsuspend`)
  expect((await sample.post('/api/v1/admin/canonical_email_blocks/test', email)).body).toEqual([])
})

test('after 30 days the data is deleted; unsuspending then shows a ghost', async () => {
  const path = `/api/v1/admin/accounts/${sample.id('bruno')}`
  await act('bruno', { type: 'suspend' })
  sample.clock.advance(29 * 86_400_000)
  expect(sample.server.world.account(sample.id('bruno'))?.purged).toBe(false)
  sample.clock.advance(86_400_000 + 2000)
  expect((await sample.delete(path)).status).toBe(403)
  const ghost = await sample.post(`${path}/unsuspend`)
  expect([
    ghost.status,
    ghost.body.suspended,
    ghost.body.account.display_name,
    ghost.body.account.statuses_count,
  ]).toEqual([200, false, '', 0])
})

test('deleting the data may be repeated until the job has run', async () => {
  const path = `/api/v1/admin/accounts/${sample.id('bruno')}`
  await act('bruno', { type: 'suspend' })
  expect((await sample.delete(path)).status).toBe(200)
  expect((await sample.delete(path)).status).toBe(200)
  sample.clock.advance(2000)
  expect((await sample.delete(path)).status).toBe(403)
  expect((await sample.get(path)).body).toMatchObject({ suspended: true, email: 'bruno@mail.example' })
})

describe('a domain suspended', () => {
  const measures = async (): Promise<Record<string, string>> => {
    const domain = { domain: 'harbour.example', include_subdomains: true }
    const keys = ['instance_accounts', 'instance_follows', 'instance_followers', 'instance_statuses']
    const json = {
      keys,
      start_at: '2026-11-01',
      end_at: '2026-11-23',
      ...Object.fromEntries(keys.map(key => [key, domain])),
    }
    const reply = await sample.post('/api/v1/admin/measures', { json })
    return Object.fromEntries(reply.body.map((measure: { key: string; total: string }) => [measure.key, measure.total]))
  }

  test('takes effect later: accounts, posts and follows go, its open reports stay', async () => {
    const before = await measures()
    expect(before).toEqual({
      instance_accounts: '2',
      instance_follows: '2',
      instance_followers: '2',
      instance_statuses: '6',
    })
    const filed = await sample.post('/api/v1/reports', {
      as: 'member',
      json: { account_id: sample.id('ivan@harbour.example'), comment: 'look' },
    })
    await sample.post('/api/v1/admin/domain_blocks', { json: { domain: 'harbour.example', severity: 'suspend' } })
    expect((await sample.get(`/api/v1/admin/accounts/${sample.id('ivan@harbour.example')}`)).body.suspended).toBe(false)

    sample.clock.advance(2000)
    expect((await sample.get(`/api/v1/admin/accounts/${sample.id('ivan@harbour.example')}`)).body.suspended).toBe(true)
    expect(await openAbout('ivan@harbour.example')).toEqual([filed.body.id])
    sample.clock.advance(300_000)
    expect(await measures()).toEqual({
      instance_accounts: '2',
      instance_follows: '0',
      instance_followers: '0',
      instance_statuses: '0',
    })
  })

  test('tells the members who lost follows', async () => {
    await sample.post('/api/v1/admin/domain_blocks', { json: { domain: 'harbour.example', severity: 'suspend' } })
    sample.clock.advance(4000)
    const losers = [...sample.server.world.severances.all()].map(event => [
      event.targetName,
      event.followersCount,
      event.followingCount,
    ])
    expect(losers).toEqual([
      ['harbour.example', 1, 1],
      ['harbour.example', 1, 1],
    ])
  })

  test('is lifted: accounts come back, follows do not', async () => {
    const block = await sample.post('/api/v1/admin/domain_blocks', {
      json: { domain: 'harbour.example', severity: 'suspend' },
    })
    sample.clock.advance(2000)
    await sample.delete(`/api/v1/admin/domain_blocks/${block.body.id}`)
    const ivan = (await sample.get(`/api/v1/admin/accounts/${sample.id('ivan@harbour.example')}`)).body
    expect([ivan.suspended, ivan.account.followers_count]).toEqual([false, 0])
  })

  test('by a change of severity loses only the flags that this block set', async () => {
    await act('hedda@harbour.example', { type: 'silence' })
    sample.clock.advance(1000)
    const block = await sample.post('/api/v1/admin/domain_blocks', {
      json: { domain: 'harbour.example', severity: 'silence' },
    })
    sample.clock.advance(2000)
    await sample.put(`/api/v1/admin/domain_blocks/${block.body.id}`, { json: { severity: 'noop' } })
    sample.clock.advance(2000)
    const silenced = async (handle: string): Promise<boolean> =>
      (await sample.get(`/api/v1/admin/accounts/${sample.id(handle)}`)).body.silenced
    expect([await silenced('ivan@harbour.example'), await silenced('hedda@harbour.example')]).toEqual([false, true])
  })
})

test('suspending an account cuts its followers on other servers', async () => {
  const followers = (): number | undefined => sample.server.world.followers.get(sample.id('amina'))?.size
  expect(followers()).toBe(1)
  await act('amina', { type: 'suspend' })
  sample.clock.advance(2000)
  expect(followers()).toBe(0)
})

test('approving tells the staff after a while, with a welcome an hour later', async () => {
  await sample.post(`/api/v1/admin/accounts/${sample.id('newcomer1')}/approve`)
  sample.clock.advance(4000)
  const told = (await sample.get('/api/v1/notifications?types[]=admin.sign_up', { as: 'moderator' })).body
  expect(told).toMatchObject([{ type: 'admin.sign_up', account: { username: 'newcomer1' } }])
  sample.clock.advance(3_600_000)
  expect(sample.server.traces.mails).toMatchObject([{ to: 'newcomer1@mail.example', kind: 'welcome' }])
})

test('an address block expires', async () => {
  const made = await sample.post('/api/v1/admin/ip_blocks', {
    json: { ip: '192.0.2.1', severity: 'no_access', expires_in: 60 },
  })
  sample.clock.advance(60_000 + 300_000)
  expect((await sample.get(`/api/v1/admin/ip_blocks/${made.body.id}`)).status).toBe(404)
})

test('who is shut out by address gets plain text from the web server', async () => {
  await sample.post('/api/v1/admin/ip_blocks', { json: { ip: '127.0.0.0/8', severity: 'no_access' } })
  const reply = await sample.get('/api/v2/instance')
  expect([reply.status, reply.headers.get('content-type')]).toEqual([403, 'text/plain'])
})

test('the ledger has every write with caller, body, status and whether something changed', async () => {
  await sample.post('/api/v1/admin/reports/1/resolve', { as: 'moderator' })
  await sample.post('/api/v1/admin/reports/1/unassign', { as: 'moderator2' })
  await act('bruno', { type: 'x' })
  await sample.get('/api/v1/admin/reports')
  expect(sample.server.ledger.entries).toMatchObject([
    {
      n: 1,
      caller: 'moderator',
      method: 'POST',
      path: '/api/v1/admin/reports/1/resolve',
      status: 200,
      effect: true,
      answered: true,
    },
    { n: 2, caller: 'moderator2', status: 200, effect: false },
    { n: 3, body: { type: 'x' }, status: 422, effect: false },
  ])
})
