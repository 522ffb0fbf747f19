import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { arm, openGround, openRows, signInAndSync, untilState } from './ground.ts'

const stateFile = 'test/data/mastodon/recorded/mastodon-4.3.23.state.json'
// What the recorded server held, read from the file itself and not by the engine's own entities.
const Recorded = z.object({
  reports_open: z.array(
    z.looseObject({
      id: z.string(),
      category: z.string(),
      comment: z.string(),
      target_account: z.looseObject({ id: z.string(), acct: z.string().optional(), domain: z.string().nullable() }),
      statuses: z.array(z.looseObject({ id: z.string() })),
    }),
  ),
  reports_resolved: z.array(z.looseObject({ id: z.string() })),
})
const recorded = Recorded.parse(JSON.parse(readFileSync(stateFile, 'utf8')))

test('the recorded server 4.3.23: every report is in the queue, a decision of each kind arrives, and comes back', async () => {
  await using ground = await openGround({ stateFile, release: '4.3.23' })
  // Later than the recording: a server's clock does not stand before its own records.
  ground.clock.advance(3_600_000)
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'owner')
  const rows = await openRows(desk)
  const mirrored = rows.map(({ id, category, comment, target }) => ({
    id,
    category,
    comment,
    target: target.id,
    domain: target.domain,
  }))
  const held = recorded.reports_open.map(report => ({
    id: report.id,
    category: report.category,
    comment: report.comment,
    target: report.target_account.id,
    domain: report.target_account.domain,
  }))
  const byId = (a: { id: string }, b: { id: string }) => Number(a.id) - Number(b.id)
  expect(mirrored.sort(byId)).toEqual(held.sort(byId))
  const { reports: closed } = await desk.call('reports.open', { filter: { state: 'resolved' } })
  expect(closed).toBe(recorded.reports_resolved.length)

  const withPosts = recorded.reports_open.find(report => report.statuses.length > 0)
  const row = rows.find(one => one.id === withPosts?.id)
  if (!row || !withPosts) throw new Error('no report with posts')
  const found = await desk.call('reports.case', row)
  expect(found.posts.map(post => post.id).sort()).toEqual(
    expect.arrayContaining(withPosts.statuses.map(post => post.id).sort()),
  )

  for (const kind of ['report.close', 'report.reopen', 'report.assign', 'report.unassign'] as const) {
    const { id } = await arm(desk, row, kind)
    expect([kind, (await untilState(ground, desk, id, 'done', 'failed', 'stopped')).state]).toEqual([kind, 'done'])
  }
  const target = rows.find(
    one => one.target.domain !== null && !one.target.flags.limited && !one.target.flags.suspended,
  )
  if (!target) throw new Error('no remote target')
  for (const kind of [
    'account.limit',
    'account.unlimit',
    'account.sensitive',
    'account.unsensitive',
    'account.suspend',
    'account.unsuspend',
  ] as const) {
    const { id } = await arm(desk, target, kind, { mail: false })
    expect([kind, (await untilState(ground, desk, id, 'done', 'failed', 'stopped', 'unknown')).state]).toEqual([
      kind,
      'done',
    ])
  }
  expect(await desk.call('log.verify', {})).toMatchObject({ ok: true })
})

test('signing in says what stands in the way, and keeps nothing', async () => {
  await using ground = await openGround({ stateFile, release: '4.3.23' })
  await ground.openEngine()
  const desk = ground.client()
  const refusal = (token: string, url = ground.server.url) =>
    desk.call('servers.signIn', { url, token }).then(
      () => 'signed in',
      (error: { code: string; detail: { reason?: string } }) => error.detail.reason ?? error.code,
    )
  expect(await refusal('nonsense')).toBe('failure.token-refused')
  expect(await refusal('member')).toBe('failure.no-role')
  expect(await refusal('readonly')).toBe('failure.no-admin-scope')
  expect(await refusal('owner', 'http://example.example')).toBe('failure.http')
  expect(await refusal('owner', 'no address at all')).toBe('failure.no-address')
  expect(await refusal('owner', 'http://127.0.0.1:9')).toBe('failure.sign-in-offline')
  expect((await desk.call('servers.list', {})).servers).toEqual([])
  expect((await desk.call('servers.signIn', { url: ground.server.url, token: 'mod1' })).server).toMatchObject({
    domain: 'home.example',
    release: '4.3.23',
    insecure: true,
  })
})
