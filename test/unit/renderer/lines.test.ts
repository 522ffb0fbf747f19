import { expect, test } from 'vitest'
import { lastUpTo, readLines, slicesOf } from '../../../src/renderer/src/features/reports/lines.ts'
import { SLICE } from '../../../src/renderer/src/features/reports/queue.ts'
import { Failure } from '../../../src/shared/contract/failure.ts'
import { contract } from '../../../src/shared/contract/index.ts'
import type { Handlers } from '../../../src/shared/contract/method.ts'
import type { ListLine } from '../../../src/shared/contract/reports.ts'
import { connect, serve } from '../../../src/shared/contract/rpc.ts'
import { pairOfWires } from '../../../src/shared/contract/wires.ts'
import { ownClock } from './own-clock.ts'

const head = (index: number): ListLine => ({
  line: 'group',
  index,
  folded: null,
  group: {
    name: 'single',
    account: null,
    server: null,
    origin: null,
    campaign: null,
    kind: 'single',
    reports: 1,
    accounts: 1,
    reporters: 1,
    sources: 1,
    oldestAt: 0,
    newestAt: 0,
    brigade: null,
  },
})
const report = (index: number, comment: string): ListLine => ({
  line: 'report',
  index,
  row: {
    server: 's1',
    id: String(index),
    category: 'spam',
    comment,
    createdAt: 0,
    resolvedAt: null,
    resolvedBy: null,
    assignedTo: null,
    target: {
      id: '1',
      username: 'a',
      domain: null,
      displayName: '',
      flags: { suspended: false, limited: false, sensitive: false, frozen: false },
    },
    reporter: { domain: null },
    posts: 0,
    snooze: null,
    interest: null,
    openOnTarget: 1,
    decision: null,
  },
})

/** The real kernel over a wire in this process; only the lines behind it are made up. */
const setUp = (count: number, heads: readonly number[]) => {
  const asked: number[] = []
  const failures: unknown[] = []
  let version = 1
  let forgotten = false
  const [mine, theirs] = pairOfWires()
  const handlers: Partial<Handlers<typeof contract, null>> = {
    'reports.lines': ({ from, count: wanted }) => {
      if (forgotten) throw new Failure('not-found')
      asked.push(from / SLICE)
      const at = (index: number) => (heads.includes(index) ? head(index) : report(index, `v${version}`))
      return { lines: Array.from({ length: wanted }, (_, offset) => at(from + offset)) }
    },
  }
  const announce = serve({ 'reports.lines': contract['reports.lines'] }, handlers as never, theirs, {
    from: null,
    newSignal: () => new AbortController().signal as never,
  })
  const clock = ownClock()
  const engine = connect(contract, () => Promise.resolve(mine), { clock })
  const lines = readLines(engine, clock, { list: 'l', lines: count }, error => failures.push(error))
  /** A while later. */
  const after = <T>(ms: number, look: () => T): T => {
    clock.advance(ms)
    return look()
  }
  const change = () => {
    version++
    announce(['reports'])
  }
  const forget = () => {
    forgotten = true
    announce(['reports'])
  }
  return { lines, asked, failures, clock, after, change, forget }
}
const said = (line: ListLine | undefined) => (line?.line === 'report' ? line.row.comment : line?.line)

test('slices of a range', () => {
  expect(slicesOf(0, SLICE - 1, 1000)).toEqual([0])
  expect(slicesOf(SLICE - 1, SLICE, 1000)).toEqual([0, 1])
  expect(slicesOf(-20, 5, 1000)).toEqual([0])
  expect(slicesOf(990, 1020, 1000)).toEqual([Math.floor(990 / SLICE)])
  expect(slicesOf(0, 10, 0)).toEqual([])
  expect(slicesOf(50, 60, 10)).toEqual([])
})

test('the last number up to a limit', () => {
  expect(lastUpTo([2, 5, 9], 5)).toBe(5)
  expect(lastUpTo([2, 5, 9], 8)).toBe(5)
  expect(lastUpTo([2, 5, 9], 1)).toBeUndefined()
  expect(lastUpTo([], 1)).toBeUndefined()
})

test('only what is in view is read, and a head is known where all between is', async () => {
  const { lines, asked } = setUp(1000, [0, 2 * SLICE + 3])
  lines.show(0, 10)
  await expect.poll(() => said(lines.at(1))).toBe('v1')
  expect(asked).toEqual([0])
  expect(lines.at(SLICE)).toBeUndefined()
  expect(lines.headAbove(5)).toBe(0)
  expect(lines.headAbove(2 * SLICE)).toBeUndefined()
  expect(said(await lines.find(2 * SLICE + 4))).toBe('v1')
  expect(lines.headAbove(2 * SLICE + 4)).toBe(2 * SLICE + 3)
  expect(lines.headAbove(2 * SLICE)).toBeUndefined()
})

test('a change reads the slices in view again, the others when they come into view', async () => {
  const { lines, asked, after, change } = setUp(1000, [])
  lines.show(0, 10)
  await lines.find(SLICE)
  await expect.poll(() => said(lines.at(0))).toBe('v1')
  asked.length = 0
  change()
  await expect.poll(() => after(100, () => said(lines.at(0)))).toBe('v2')
  expect(asked).toEqual([0])
  expect(said(lines.at(SLICE))).toBe('v1')
  lines.show(SLICE, SLICE + 10)
  await expect.poll(() => said(lines.at(SLICE))).toBe('v2')
})

test('what one scrolls past while slices are on their way is not read', async () => {
  const { lines, asked } = setUp(100 * SLICE, [])
  for (let slice = 0; slice < 90; slice++) lines.show(slice * SLICE, slice * SLICE + 10)
  await expect.poll(() => said(lines.at(89 * SLICE))).toBe('v1')
  expect(asked.length).toBeLessThanOrEqual(3)
})

test('a list that the engine has forgotten is told once, not asked for again and again', async () => {
  const { lines, failures, clock, after, forget } = setUp(1000, [])
  lines.show(0, 10)
  await expect.poll(() => said(lines.at(0))).toBe('v1')
  forget()
  await expect.poll(() => after(100, () => failures.length)).toBe(1)
  clock.advance(10_000)
  await lines.find(1)
  expect(failures).toHaveLength(1)
  expect(failures[0]).toMatchObject({ code: 'not-found' })
})
