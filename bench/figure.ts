import { cpus, loadavg } from 'node:os'

/** One figure, as `--json` prints it. `target` is the most it may be; `ok` is null where there is none, or nothing was measured. */
export type Figure = {
  name: string
  value: number | null
  unit: string
  target: number | null
  ok: boolean | null
  context: string
}

/** The load tells how far to trust a time: above the number of cores, others were in the way. */
const machine = () =>
  `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), load ${loadavg()[0]?.toFixed(1)}, node ${process.versions.node}`

const rounded = (value: number): number => Number(value.toPrecision(3))

/** A figure of one value. `context` says of how much, and how it was measured; the machine is added. */
export const figure = (
  name: string,
  value: number,
  unit: string,
  { target = null, context }: { target?: number | null; context: string },
): Figure => ({
  name,
  value: rounded(value),
  unit,
  target,
  ok: target === null ? null : rounded(value) <= target,
  context: `${context}; ${machine()}`,
})

/** A figure that could not be had here, and why. */
export const notMeasured = (name: string, unit: string, target: number | null, why: string): Figure => ({
  name,
  value: null,
  unit,
  target,
  ok: null,
  context: `not measured: ${why}; ${machine()}`,
})

/** The value below which this share of the times lies. */
export const quantile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0

/** Times in ms, in rounds; `gauge`: what a fixed piece of work took beside them. */
export type Times = { wall: number[][]; gauge: number[] }

/** A fixed piece of work, about a millisecond. Its result is kept, or the compiler would leave it out. */
export const work = (): void => {
  for (let i = 0; i < 400_000; i++) worked = (worked + Math.imul(i, 2_654_435_761)) | 0
}
let worked = 0

/**
 * How long each run takes, in five rounds of `count` after `warm` runs that do not count. `before` is not timed. Other programs may
 * take a core away at any time: rounds keep one bad moment from being the figure, and the gauge shows how bad the moments were.
 */
export const timed = async (
  count: number,
  run: (turn: number) => unknown,
  { warm = 20, before }: { warm?: number; before?: (turn: number) => unknown } = {},
): Promise<Times> => {
  const times: Times = { wall: Array.from({ length: ROUNDS }, () => []), gauge: [] }
  for (let turn = -warm; turn < count * ROUNDS; turn++) {
    await before?.(turn)
    const begun = performance.now()
    const given = run(turn)
    if (given instanceof Promise) await given
    const ended = performance.now()
    work()
    if (turn < 0) continue
    times.wall[Math.floor(turn / count)]?.push(ended - begun)
    times.gauge.push(performance.now() - ended)
  }
  return times
}
const ROUNDS = 5

/** The 95th percentile in ms: the median of the rounds' own. */
export const p95 = (
  name: string,
  { wall, gauge }: Times,
  { target = null, context }: { target?: number | null; context: string },
): Figure => {
  const all = wall.flat()
  return figure(
    `${name}, p95`,
    quantile(
      wall.map(round => quantile(round, 0.95)),
      0.5,
    ),
    'ms',
    {
      target,
      context: `${context}; ${wall.length} rounds of ${wall[0]?.length ?? 0}, median of their p95; p50 ${rounded(quantile(all, 0.5))}, longest ${rounded(Math.max(...all))}; a fixed piece of work beside it p50 ${rounded(quantile(gauge, 0.5))}, p95 ${rounded(quantile(gauge, 0.95))}`,
    },
  )
}
