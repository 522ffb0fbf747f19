import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { arm, openGround, openRows, signInAndSync, until, untilPast, untilState } from './ground.ts'
import { agrees, blocksOf } from './lists-mirrored.ts'
import { colleaguesOf, mirrored, served } from './sync-ground.ts'

const HOUR = 3_600_000

/** Where the mirror says that a server was asked at a time that has yet to come. */
const asFuture = (folder: string, now: number): string[] => {
  const raw = new Database(join(folder, 'mirror.db'), { readonly: true })
  try {
    return raw
      .prepare<[], { tab: string; col: string }>(
        `SELECT m.name AS tab, c.name AS col FROM sqlite_schema m, pragma_table_info(m.name) c
         WHERE m.type = 'table' AND (c.name = 'at' OR c.name GLOB '*_at')`,
      )
      .all()
      .filter(({ tab, col }) => raw.prepare(`SELECT 1 FROM ${tab} WHERE ${col} > ?`).get(now))
      .map(({ tab, col }) => `${tab}.${col}`)
  } finally {
    raw.close()
  }
}

test.for([
  [2 * HOUR, 'while it runs'],
  [400 * 24 * HOUR, 'while it runs'],
  [2 * HOUR, 'while it is closed'],
] as const)(
  'a computer whose clock was %i ms ahead and is set right %s goes on reading, believes what it reads, and hurries nobody',
  async ([ahead, when]) => {
    await using ground = await openGround()
    ground.sleep(ahead)
    await ground.openEngine()
    let { desk } = await signInAndSync(ground, 'admin')
    const { world } = ground.server
    const add = blocksOf(ground)
    // Its stream opens, which is a hint: of a time to come, when the clock is set back.
    await until(() => ground.server.streams.size, Boolean)
    let turns = 0
    await until(
      () => ++turns,
      count => count > 9,
    )
    if (when === 'while it is closed') await ground.closeEngine()
    ground.sleep(-ahead)
    ground.clock.advance(1_000)
    const colleagues = colleaguesOf(ground)
    const [closed] = world.reports.all().filter(one => one.actionTakenAt === null)
    const [changed, lifted] = world.domainBlocks.all()
    if (!closed || !changed || !lifted) throw new Error('too small a world')
    colleagues.resolve(closed)
    colleagues.file('since')
    changed.severity = changed.severity === 'suspend' ? 'noop' : 'suspend'
    world.domainBlocks.remove(lifted.id)
    add.signup('sincethen')
    let asked = 0
    ground.between((real, input, init) => {
      if (String(input).includes('/admin/reports')) asked++
      return real(input, init)
    })
    if (when === 'while it is closed') {
      await ground.openEngine()
      desk = ground.client()
    }
    const started = ground.clock.now()
    await untilPast(ground, started + 40_000, 1_000)
    // A look at both lists, what its sweep found gone, and nothing over and over.
    expect(asked).toBeLessThan(10)
    const same = () => agrees(ground) && JSON.stringify(mirrored(ground.folder)) === JSON.stringify(served(ground))
    await until(
      async () => {
        await desk.call('sync.status', {})
        return same() && ground.clock.now() > started + HOUR
      },
      Boolean,
      ground.patient,
      20_000,
    )
    // The next sweep alone is of a time to come.
    expect(asFuture(ground.folder, ground.clock.now())).toEqual(['cursor.sweep_at'])
    // Two lists each minute at most, their sweeps, and what vanished.
    expect(asked).toBeLessThan(160)
    const { entries } = await desk.call('log.page', { limit: 200 })
    const seen = entries.filter(({ source }) => source === 'saw')
    expect(seen.map(({ action }) => action).sort()).toEqual([
      'domain-block.seen-changed',
      'domain-block.seen-lifted',
      'report.seen-resolved',
    ])
    for (const { facts } of seen) {
      expect(Number(facts.from)).toBeLessThanOrEqual(started)
      expect(Number(facts.from)).toBeGreaterThan(started - 5 * 60_000)
      expect(Number(facts.to)).toBeGreaterThanOrEqual(started)
    }
  },
)

test.each(['runs', 'is closed'])(
  'a decision that is held while the clock is set back goes out all the same, if Howdah %s then',
  async when => {
    await using ground = await openGround()
    ground.sleep(2 * HOUR)
    await ground.openEngine()
    const { desk } = await signInAndSync(ground, 'admin')
    const [row] = await openRows(desk)
    if (!row) throw new Error('no report')
    const { id } = await arm(desk, row, 'report.close')
    if (when === 'is closed') await ground.closeEngine()
    ground.sleep(-2 * HOUR)
    const started = ground.clock.now()
    if (when === 'is closed') await ground.openEngine()
    await untilState(ground, when === 'is closed' ? ground.client() : desk, id, 'done')
    expect(ground.clock.now()).toBeLessThan(started + 5 * 60_000)
  },
)
