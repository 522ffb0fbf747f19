import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { SLICE_ROWS } from '../../src/main/engine/db/emptying.ts'
import type { ServerKey } from '../../src/shared/contract/ids.ts'
import type { Engine } from '../../src/shared/contract/index.ts'
import { arm, type Ground, NOON, openGround, openRows, signInAndSync, until, untilPast } from './ground.ts'
import { readDecision } from './journal-ground.ts'
import { colleaguesOf, mirrored, served, worldOf } from './sync-ground.ts'

const query = (folder: string, sql: string): unknown[] => {
  const raw = new Database(join(folder, 'mirror.db'), { readonly: true })
  try {
    return raw.prepare<[], unknown>(sql).pluck().all()
  } finally {
    raw.close()
  }
}
const isEmptied = (folder: string) => query(folder, 'SELECT server FROM emptying').length > 0
/** How many rows of servers there are, in the tables that may have many. */
const rowsIn = (folder: string) =>
  Number(
    query(
      folder,
      'SELECT (SELECT count(*) FROM report) + (SELECT count(*) FROM account) + (SELECT count(*) FROM post) + (SELECT count(*) FROM signup)',
    )[0],
  )
const told = async (desk: Engine) => (await desk.call('servers.list', {})).servers[0]?.wentBack ?? null
const sightings = async (desk: Engine) => (await desk.call('log.page', { kind: 'server.seen-put-back' })).entries.length

/** A desk whose server was put back a moment ago, as it was just seen: more than a slice is left of before. `first` comes just before. */
const openEmptied = async (first = (_: { ground: Ground; desk: Engine; key: ServerKey; account: string }) => {}) => {
  const ground = await openGround({ world: worldOf(1500) })
  const putBack = ground.server.backup()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const { world } = ground.server
  const [one = '', other = ''] = new Set(world.reports.all().map(report => report.targetAccountId))
  const members = world.accounts.all().filter(account => account.user?.approved)
  const [, , me] = members
  const lose = () => {
    colleaguesOf(ground).file('first', { targetAccountId: one })
    colleaguesOf(ground).file('second', { targetAccountId: other, accountId: me?.id ?? '' })
  }
  lose()
  await untilPast(ground, NOON + 300_000, 5_000)
  await until(
    () => mirrored(ground.folder).length,
    held => held === world.reports.all().length,
    ground.patient,
    1_000,
  )
  await until(
    () => ground.patient.isBusy(),
    busy => !busy,
  )
  first({ ground, desk, key, account: members.at(-1)?.id ?? '' })
  putBack()
  const looks = desk.call('sync.now', { all: true }).catch(error => error)
  await until(() => told(desk), Boolean)
  const slices = async () => {
    while (isEmptied(ground.folder)) {
      const before = rowsIn(ground.folder)
      ground.clock.advance(1)
      expect(before - rowsIn(ground.folder)).toBeLessThanOrEqual(SLICE_ROWS)
      // Whoever asks is answered between two of them.
      await desk.call('servers.list', {})
    }
  }
  return { ground, desk, key, putBack, looks, slices, lose }
}

/** The mirror is what the server holds, and nothing is found by words of before. */
const expectWhole = async ({ ground }: Awaited<ReturnType<typeof openEmptied>>) => {
  const { folder } = ground
  await until(() => JSON.stringify(mirrored(folder)) === JSON.stringify(served(ground)), Boolean, ground.patient, 1_000)
  expect(
    query(folder, 'SELECT rowid FROM report_text_docsize EXCEPT SELECT n FROM report'.replace('rowid', 'id')),
  ).toEqual([])
  expect(query(folder, 'SELECT id FROM account_text_docsize EXCEPT SELECT place FROM account')).toEqual([])
  expect(query(folder, 'SELECT n FROM report_key EXCEPT SELECT n FROM report')).toEqual([])
  for (const index of ['report_text', 'account_text'])
    expect(query(folder, `SELECT k || ' ' || v FROM ${index}_config WHERE k LIKE '%merge' ORDER BY k`)).toEqual([
      'automerge 4',
      'deletemerge 10',
    ])
}

describe('a large part of the mirror that begins anew', () => {
  test('goes in slices: meanwhile nothing is read of the server, and what is decided by what is left asks a person', async () => {
    const empty = await openEmptied()
    const { ground, desk, looks, slices } = empty
    await using _ = ground
    expect(isEmptied(ground.folder)).toBe(true)
    const [left] = await openRows(desk)
    if (!left) throw new Error('nothing is left of before')
    const asked: string[] = []
    ground.between(async (real, input, init) => {
      if (isEmptied(ground.folder)) asked.push(String(input))
      return await real(input, init)
    })
    const sent = ground.server.ledger.entries.length
    const { id } = await arm(desk, left, 'report.close')
    expect(await desk.call('decisions.sendNow', {})).toEqual({ sent: 1 })
    expect(await readDecision(desk, id)).toMatchObject({ state: 'ready' })
    await slices()
    expect(asked.filter(url => !url.includes('/streaming'))).toEqual([])
    await looks
    expect(await readDecision(desk, id)).toMatchObject({ state: 'ready', waitingFor: 'confirm', why: 'why.went-back' })
    await expectWhole(empty)
    expect(ground.server.ledger.entries.slice(sent)).toEqual([])
    expect(await sightings(desk)).toBe(1)
  })

  test('an answer that was on the way comes into what is left: it is asked for again after that', async () => {
    let asked = 0
    let comes = () => {}
    const way = new Promise<void>(resolve => {
      comes = resolve
    })
    let refreshed: Promise<unknown> | undefined
    const empty = await openEmptied(({ ground, desk, key, account }) => {
      ground.between(async (real, input, init) => {
        const answer = await real(input, init)
        if (!new URL(String(input)).pathname.endsWith(`/admin/accounts/${account}`)) return answer
        if (asked++ === 0) await way
        return answer
      })
      refreshed = desk.call('accounts.refresh', { server: key, id: account })
    })
    const { ground, slices } = empty
    await using _ = ground
    expect({ isLeft: isEmptied(ground.folder), asked }).toEqual({ isLeft: true, asked: 1 })
    comes()
    await until(
      () => ground.patient.isBusy(),
      busy => !busy,
    )
    expect(asked).toBe(1)
    await slices()
    await refreshed
    expect(asked).toBe(2)
    await expectWhole(empty)
  })

  test('goes on after a restart in the middle', async () => {
    const empty = await openEmptied()
    const { ground } = empty
    await using _ = ground
    ground.clock.advance(1)
    await ground.closeEngine()
    const left = rowsIn(ground.folder)
    expect(left).toBeGreaterThan(SLICE_ROWS)
    await ground.openEngine()
    const desk = ground.client()
    await until(
      () => isEmptied(ground.folder),
      one => !one,
      ground.clock,
      1,
    )
    await expectWhole(empty)
    expect(await sightings(desk)).toBe(1)
  })

  test('is read as the server is after it, though it is put back once more meanwhile', async () => {
    const empty = await openEmptied()
    const { ground, desk, putBack, slices, looks, lose } = empty
    await using _ = ground
    ground.clock.advance(1)
    lose()
    putBack()
    colleaguesOf(ground).file('after the second')
    await slices()
    await looks
    await expectWhole(empty)
    expect(await sightings(desk)).toBe(1)
  })

  test('goes on when somebody signs out', async () => {
    const empty = await openEmptied()
    const { ground, desk, key, slices } = empty
    await using _ = ground
    await desk.call('servers.signOut', { server: key })
    await slices()
    expect(rowsIn(ground.folder)).toBe(0)
  })
})
