import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeBudget, type RequestClass } from '../../src/main/engine/mastodon/budget.ts'
import { createClock } from '../../src/main/sample/clock.ts'
import { arm, NOON, openGround, openRows, signInAndSync } from './ground.ts'
import { ended, untilIn } from './journal-ground.ts'

const minute = 60_000
const signal = new AbortController().signal
const open = () => {
  const clock = createClock(NOON, { running: false })
  return { clock, budget: makeBudget(clock, () => 0) }
}

/** How many requests of a class may go at once, until one would have to wait. */
const atOnce = async ({ budget, clock }: ReturnType<typeof open>, cls: RequestClass, paging: boolean) => {
  for (let n = 0; ; n++) {
    if (budget.nextAt(cls, paging) > clock.now()) return n
    await budget.take(cls, paging, signal)
  }
}
const heard = (status: number, of: Record<string, string>) => ({ status, headers: new Headers(of), paging: false })

test('work that can wait takes six tenths of each limit; a person and a decision have the rest', async () => {
  const one = open()
  expect(await atOnce(one, 'background', true)).toBe(180)
  expect(await atOnce(one, 'background', false)).toBe(0)
  expect(await atOnce(one, 'interactive', false)).toBe(120)
  expect(await atOnce(one, 'decision', false)).toBe(0)
  // Five minutes on, calls are free again; pages only after fifteen.
  one.clock.advance(5 * minute)
  expect(await atOnce(one, 'background', true)).toBe(0)
  expect(await atOnce(one, 'background', false)).toBe(180)
  one.clock.advance(10 * minute)
  expect(await atOnce(one, 'background', true)).toBe(180)
})

test('a server that names no limits is not held to any for decisions, until it refuses one', async () => {
  const { clock, budget } = open()
  const answered = (status: number, of: Record<string, string> = {}) => budget.learn(heard(status, of))
  const full = {
    'x-ratelimit-limit': '300',
    'x-ratelimit-remaining': '299',
    'x-ratelimit-reset': new Date(NOON + 5 * minute).toISOString(),
  }
  for (let n = 0; n < 300; n++) await budget.take('interactive', false, signal)
  // What stands before a server may answer without them, and an answer that is no good proves nothing.
  for (let n = 0; n < 40; n++) answered(n % 2 === 0 ? 503 : 200, n % 4 === 1 ? full : {})
  expect(budget.nextAt('batch', false)).toBe(NOON + 5 * minute)
  for (let n = 0; n < 20; n++) answered(200)
  expect([budget.nextAt('batch', false), budget.nextAt('decision', false)]).toEqual([clock.now(), clock.now()])
  expect(budget.nextAt('background', false)).toBe(NOON + 5 * minute)
  expect(budget.timeFor('batch', 10_000)).toBe(0)
  answered(429)
  for (let n = 0; n < 40; n++) answered(200)
  expect(budget.nextAt('batch', false)).toBe(NOON + 5 * minute)
})

test('who waits: work that can, until its window; a person and a decision are told', async () => {
  const { clock, budget } = open()
  for (let n = 0; n < 300; n++) await budget.take('interactive', false, signal)
  for (const cls of ['interactive', 'decision'] as const)
    await expect(budget.take(cls, false, signal)).rejects.toMatchObject({
      code: 'rate-limited',
      detail: { seconds: 300 },
    })
  let went = 0
  const waiting = budget.take('background', false, signal).then(() => {
    went = clock.now()
  })
  for (let n = 0; n < 301; n++) {
    await Promise.resolve()
    clock.advance(1_000)
  }
  await waiting
  expect(went - NOON).toBeGreaterThanOrEqual(5 * minute)
  const stop = new AbortController()
  for (let n = 0; n < 299; n++) await budget.take('interactive', false, signal)
  const cut = expect(budget.take('background', false, stop.signal)).rejects.toMatchObject({ code: 'cancelled' })
  stop.abort()
  await cut
})

test('what others of this person use is learned from the headers', async () => {
  const { clock, budget } = open()
  const reset = new Date(NOON + 5 * minute).toISOString().replace('Z', '000Z')
  budget.learn(heard(200, { 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '20', 'x-ratelimit-reset': reset }))
  expect(budget.used()).toEqual({ used: 280, limit: 300 })
  expect(budget.nextAt('background', false)).toBe(NOON + 5 * minute)
  expect(budget.nextAt('interactive', false)).toBe(clock.now())
})

test.for([
  ['ISO 8601', new Date(NOON + 2 * minute).toISOString(), 2 * minute],
  ['seconds of the epoch', String((NOON + 2 * minute) / 1000), 2 * minute],
  ['milliseconds of the epoch', String(NOON + 2 * minute), 2 * minute],
  ['seconds from now', '120', 2 * minute],
  ['an HTTP date', new Date(NOON + 2 * minute).toUTCString(), 2 * minute],
  ['the past', new Date(NOON - 9 * minute).toISOString(), 1_000],
  ['the year 2999', '2999-01-01T00:00:00Z', 15 * minute],
  ['nothing', '', 1_000],
  ['a word', 'soon', minute],
  ['a negative number', '-5', 1_000],
] as const)('a 429 that gives %s is obeyed within reason', ([, reset, waits]) => {
  const { clock, budget } = open()
  budget.learn(heard(429, { 'x-ratelimit-reset': reset }))
  for (const cls of ['interactive', 'decision', 'background'] as const)
    expect(budget.nextAt(cls, false) - clock.now()).toBe(waits)
})

test('Retry-After counts where it is later, and a bare 429 doubles the wait up to a quarter of an hour', () => {
  const { clock, budget } = open()
  budget.learn(heard(429, { 'x-ratelimit-reset': '60', 'retry-after': '180' }))
  expect(budget.nextAt('decision', false) - clock.now()).toBe(3 * minute)
  budget.learn(heard(429, { 'retry-after': '30', ratelimit: '"burst";r=0;t=20, "hour";r=3;t=240' }))
  expect(budget.nextAt('decision', false) - clock.now(), 'the draft of RateLimit').toBe(4 * minute)
  budget.learn(heard(429, { ratelimit: '"burst";r=0;t=99999999' }))
  budget.learn(heard(200, {}))
  budget.learn(heard(429, { 'x-ratelimit-reset': '60', 'retry-after': '180', ratelimit: 'limit=5' }))
  const waits = [1, 2, 3, 4, 5, 6].map(() => {
    budget.learn(heard(429, {}))
    return (budget.nextAt('decision', false) - clock.now()) / minute
  })
  expect(waits).toEqual([2, 4, 8, 15, 15, 15])
  budget.learn(heard(200, {}))
  budget.learn(heard(429, {}))
  expect((budget.nextAt('decision', false) - clock.now()) / minute).toBe(1)
})

test('no header, however odd, lets anything go early, or keeps it for more than a quarter of an hour', () => {
  const text = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.double().map(String),
    fc.date({ noInvalidDate: true }).map(date => date.toISOString()),
  )
  const plain = text.map(value => value.replace(/[^\x20-\x7e]/g, '').trim())
  const date = fc.oneof(
    plain,
    fc.date({ noInvalidDate: true }).map(at => at.toUTCString()),
    fc.constant(new Date(NOON).toUTCString()),
  )
  const age = fc.oneof(plain, fc.constantFrom('0', 'Infinity', '-Infinity', '1e400', '99999999999999', '-1', '0x10'))
  fc.assert(
    fc.property(plain, plain, plain, plain, date, age, (limit, remaining, reset, retry, date, age) => {
      const { clock, budget } = open()
      budget.learn(heard(200, { date, age }))
      expect(budget.nextAt('decision', false) - clock.now(), 'nothing is refused by a clock').toBe(0)
      budget.learn(
        heard(429, {
          'x-ratelimit-limit': limit,
          'x-ratelimit-remaining': remaining,
          'x-ratelimit-reset': reset,
          'retry-after': retry,
          date,
          age,
        }),
      )
      const wait = budget.nextAt('decision', false) - clock.now()
      expect(wait).toBeGreaterThanOrEqual(1_000)
      expect(wait).toBeLessThanOrEqual(15 * minute)
    }),
    { numRuns: 500 },
  )
})

test('however a server or a proxy tells when to come back, nobody comes early, and nobody waits for longer than a quarter of an hour', () => {
  const at = (ms: number) => new Date(ms)
  const zoned = (ms: number) =>
    at(ms + 9_000_000)
      .toISOString()
      .replace('Z', '+02:30')
  const absolute = [
    (ms: number) => at(ms).toISOString(),
    (ms: number) => at(ms).toISOString().replace('000Z', '000000Z'),
    zoned,
    (ms: number) => at(ms).toUTCString(),
    (ms: number) => String(ms / 1_000),
    (ms: number) => String(ms),
  ]
  const told = [
    ...absolute.map(form => (ms: number) => ({ 'x-ratelimit-reset': form(NOON + ms) })),
    (ms: number) => ({ 'x-ratelimit-reset': String(ms / 1_000) }),
    (ms: number) => ({ 'retry-after': String(ms / 1_000) }),
    (ms: number) => ({ 'retry-after': at(NOON + ms).toUTCString() }),
    (ms: number) => ({ ratelimit: `"default";r=0;t=${ms / 1_000}`, 'ratelimit-policy': '"default";q=300;w=300' }),
    (ms: number) => ({ ratelimit: `"burst";r=0;t=1, "hour";r=0; t=${ms / 1_000}` }),
  ]
  // What else stands in such answers: of other limits, of no sense, or earlier.
  const beside = fc.record(
    {
      'x-ratelimit-limit': fc.constantFrom('300', '1500', '', 'many', '-1', '1e999'),
      'x-ratelimit-remaining': fc.constantFrom('0', '299', '', 'none', 'NaN'),
      'retry-after': fc.constantFrom('0', '-5', 'soon', '', 'Thu, 01 Jan 1970 00:00:00 GMT'),
      ratelimit: fc.constantFrom('limit=5', '"x";r=1', ';t=', '"x";t=99999999'),
      'x-ratelimit-reset': fc.constantFrom('', 'soon', '-5', '1970-01-01T00:00:00Z', 'NaN'),
    },
    { requiredKeys: [] },
  )
  let seen = 0
  fc.assert(
    fc.property(
      fc.constantFrom(...told),
      fc.integer({ min: 1, max: 1_200 }),
      beside,
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (form, seconds, other, chance) => {
        seen++
        const clock = createClock(NOON, { running: false })
        const budget = makeBudget(clock, () => chance)
        const [wanted, most] = [Math.min(seconds * 1_000, 15 * minute), 15 * minute + 10_000]
        budget.learn(heard(429, { ...other, ...form(seconds * 1_000) }))
        for (const cls of ['interactive', 'decision', 'background'] as const) {
          const wait = budget.nextAt(cls, false) - clock.now()
          expect([cls, wait >= wanted, wait <= most]).toEqual([cls, true, true])
          expect(wait - Math.max(1_000, wanted), 'not all at once, and not much later').toBeLessThanOrEqual(10_000)
        }
      },
    ),
    { numRuns: 2_000 },
  )
  expect(seen).toBe(2_000)
})

test.each([-10 * 365 * 24 * 60 * minute, -1_000, 1_000, 10 * 365 * 24 * 60 * minute])(
  'a clock that jumps by %i ms while a server has to be left alone keeps nobody from it for longer than that',
  async jump => {
    const clock = { at: NOON, now: () => clock.at, after: createClock(NOON, { running: false }).after }
    const budget = makeBudget(clock, () => 0.5)
    for (let n = 0; n < 300; n++) await budget.take('interactive', false, signal)
    budget.learn(heard(429, { 'retry-after': '600' }))
    clock.at += jump
    const wait = budget.nextAt('decision', false) - clock.now()
    expect(wait).toBeLessThanOrEqual(15 * minute + 10_000)
    clock.at += wait
    expect(budget.nextAt('decision', false), 'and it ends').toBe(clock.now())
  },
)

test('the token is in no file of the folder in clear, whatever goes wrong', async () => {
  const token = 'tokenthatstandsnowhereelse'
  await using ground = await openGround()
  const known = ground.server.world.tokens.get('admin')
  if (!known) throw new Error('no token')
  ground.server.world.tokens.set(token, { ...known, id: '4711', token })
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, token)
  const [row] = await openRows(desk)
  if (!row) throw new Error('no row')
  for (const kind of ['html', 'cut-after', 'silent', 'truncated'] as const)
    ground.server.faults.add({ kind }, { method: 'POST' })
  const decision = await arm(desk, { server: key, id: row.id }, 'report.close')
  await untilIn(ground, desk, decision.id, ended)
  ground.server.faults.add({ kind: 'revoked-token' }, { method: 'GET' })
  await desk.call('sync.now', { all: true }).catch(() => {})
  await expect(desk.call('servers.signIn', { url: ground.server.url, token: `${token}x` })).rejects.toBeDefined()
  await ground.closeEngine()
  const files = readdirSync(ground.folder, { recursive: true, encoding: 'utf8' })
  expect(files).toEqual(expect.arrayContaining(['vault.db', 'mirror.db']))
  for (const name of files) {
    const file = join(ground.folder, name)
    if (statSync(file).isFile()) expect([name, readFileSync(file).includes(token)]).toEqual([name, false])
  }
})

test('a server that asks to wait: until when is told to whoever looks, and what was decided goes out then', async () => {
  await using ground = await openGround({ throttles: false })
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const until = async () => (await desk.call('servers.list', {})).servers[0]?.waitsUntil ?? null
  expect(await until()).toBe(null)
  await desk.call('settings.set', { graceSeconds: 2 })
  const [row] = await openRows(desk)
  if (!row) throw new Error('no report')
  let told = 0
  const stop = desk.watch(['servers'], () => told++)
  ground.server.faults.add({ kind: 'throttled', headers: false }, { path: /admin\/reports/ })
  ground.clock.advance(1)
  await expect(desk.call('sync.now', { server: key })).rejects.toMatchObject({ code: 'rate-limited' })
  const left = ((await until()) ?? 0) - ground.clock.now()
  expect(left).toBeGreaterThanOrEqual(minute)
  expect(left).toBeLessThan(2 * minute)
  expect(told).toBeGreaterThan(0)
  stop()
  const { id } = await arm(desk, row, 'report.close')
  expect((await untilIn(ground, desk, id, ['ready'], 2_000)).waitingFor).toBe('rate')
  expect(await until()).not.toBe(null)
  expect((await untilIn(ground, desk, id, ended)).state).toBe('done')
  expect(await until()).toBe(null)
  expect(ground.server.ledger.of(/resolve$/)).toHaveLength(1)
})
