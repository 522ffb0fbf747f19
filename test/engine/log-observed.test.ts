import { expect, test } from 'vitest'
import { arm, openGround, openRows, signInAndSync, until, untilState } from './ground.ts'

test('what a colleague puts in force on an account is logged once, with the interval; what we did is not', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const rows = await openRows(desk)
  const { world } = ground.server
  const [theirs, ours] = [...new Map(rows.map(row => [row.target.id, row])).values()].filter(
    row => !row.target.flags.limited && !row.target.flags.suspended && row.target.domain !== null,
  )
  if (!theirs || !ours) throw new Error('no rows')
  const begun = ground.clock.now()
  ground.clock.advance(60_000)
  const account = world.accounts.get(theirs.target.id)
  if (account) account.silencedAt = ground.clock.now()
  const me = world.accountsByHandle.get('admin')
  const { id } = await arm(desk, ours, 'account.limit')
  await untilState(ground, desk, id, 'done')
  const seen = () => desk.call('log.page', { kind: 'account.seen-changed', limit: 200 })
  await desk.call('reports.refresh', { server: key, id: theirs.id })
  await desk.call('reports.refresh', { server: key, id: theirs.id })
  await desk.call('reports.refresh', { server: key, id: ours.id })
  const { entries } = await until(seen, ({ total }) => total > 0)
  expect(entries).toMatchObject([
    {
      source: 'saw',
      server: key,
      facts: { account: theirs.target.id, limited: true, from: begun },
      personal: { target: `@${theirs.target.username}@${theirs.target.domain}` },
    },
  ])
  expect(entries[0]?.facts).not.toHaveProperty('suspended')

  // A colleague closes a report: the entry names whom it is about, so that it is found by the target too.
  const report = world.reports.get(theirs.id)
  if (report) Object.assign(report, { actionTakenAt: ground.clock.now(), actionTakenByAccountId: me?.id ?? null })
  await desk.call('reports.refresh', { server: key, id: theirs.id })
  const about = await desk.call('log.page', { target: `@${theirs.target.username}@${theirs.target.domain}` })
  expect(about.entries.map(entry => entry.action).sort()).toEqual(['account.seen-changed', 'report.seen-resolved'])
  expect(await desk.call('log.verify', {})).toMatchObject({ ok: true })
})
