import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { type Ground, openGround, signInAndSync } from './ground.ts'
import { colleaguesOf, mirrored, served } from './sync-ground.ts'

const inFile = <Row>(ground: Ground, file: 'vault.db' | 'mirror.db', sql: string): Row[] => {
  const raw = new Database(join(ground.folder, file))
  try {
    const statement = raw.prepare<[], Row>(sql)
    if (statement.reader) return statement.all()
    statement.run()
    return []
  } finally {
    raw.close()
  }
}

test('evidence is kept before its page: where the page cannot be written, the evidence is there and the cursor has not moved', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground)
  await desk.call('sync.pause', { paused: true })
  const { world } = ground.server
  const [post] = world.statuses
    .all()
    .filter(one => world.reports.all().every(report => !report.statusIds.includes(one.id)))
  if (!post) throw new Error('no post')
  colleaguesOf(ground).file('with a post', { statusIds: [post.id], targetAccountId: post.accountId })
  const cursor = () => inFile(ground, 'mirror.db', 'SELECT * FROM cursor ORDER BY list')
  const kept = () => inFile(ground, 'vault.db', `SELECT hash FROM evidence WHERE post_id = '${post.id}'`)
  const before = [mirrored(ground.folder), cursor()]
  expect(kept()).toEqual([])
  inFile(ground, 'mirror.db', `CREATE TRIGGER full BEFORE INSERT ON report BEGIN SELECT RAISE(ABORT, 'no room'); END`)
  ground.clock.advance(1)
  await expect(desk.call('sync.now', {})).rejects.toMatchObject({ code: 'internal' })
  expect([mirrored(ground.folder), cursor()]).toEqual(before)
  expect(kept()).toHaveLength(1)
  inFile(ground, 'mirror.db', 'DROP TRIGGER full')
  ground.clock.advance(1)
  await desk.call('sync.now', {})
  expect(mirrored(ground.folder)).toEqual(served(ground))
  expect(kept()).toHaveLength(1)
})

test('a decision and its entry in the log are written together or not at all', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground)
  const [report] = ground.server.world.reports.all().filter(one => one.actionTakenAt === null)
  const arm = () =>
    desk.call('decisions.arm', { server: key, subject: { of: 'report', id: report?.id ?? '' }, kind: 'report.close' })
  inFile(ground, 'vault.db', `CREATE TRIGGER full BEFORE INSERT ON log_entry BEGIN SELECT RAISE(ABORT, 'no room'); END`)
  await expect(arm()).rejects.toMatchObject({ code: 'internal' })
  expect((await desk.call('decisions.page', {})).decisions).toEqual([])
  inFile(ground, 'vault.db', 'DROP TRIGGER full')
  const { decision } = await arm()
  expect((await desk.call('decisions.page', {})).decisions.map(one => one.id)).toEqual([decision.id])
})

test('what the disk refused to note of a write that left is unknown, and read back', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground)
  const [report] = ground.server.world.reports
    .all()
    .filter(one => one.actionTakenAt === null && one.assignedAccountId === null)
  // The disk is full from the moment that the server answers, for a minute.
  ground.between(async (real, input, init) => {
    const response = await real(input, init)
    if (String(input).endsWith('/assign_to_self'))
      inFile(
        ground,
        'vault.db',
        `CREATE TRIGGER full BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'no room'); END`,
      )
    return response
  })
  const { decision } = await desk.call('decisions.arm', {
    server: key,
    subject: { of: 'report', id: report?.id ?? '' },
    kind: 'report.assign',
  })
  const now = async () => (await desk.call('decisions.page', {})).decisions.find(one => one.id === decision.id)
  const log = join(ground.folder, 'howdah.log')
  while (!existsSync(log)) await new Promise(resolve => setTimeout(resolve, 5))
  expect((await now())?.state).toBe('sending')
  expect(readFileSync(log, 'utf8')).toContain('SQLITE_CONSTRAINT_TRIGGER')
  inFile(ground, 'vault.db', 'DROP TRIGGER full')
  for (let n = 0; n < 200 && (await now())?.state !== 'done'; n++) {
    ground.patient.advance(1_000)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  const settled = await now()
  expect(settled?.steps.map(step => step.state)).toEqual(['ready', 'sending', 'unknown', 'done'])
  expect(ground.server.ledger.of(/assign_to_self$/)).toHaveLength(1)
})
