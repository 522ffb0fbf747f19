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

/** One round's times in ms; `gauge`: what a fixed piece of work took beside each. */
export type Round = { wall: number[]; gauge: number[] }

/** A fixed piece of work, about a millisecond. Its result is kept, or the compiler would leave it out. */
export const work = (): void => {
  for (let i = 0; i < 200_000; i++) worked = (worked + Math.imul(i, 2_654_435_761)) | 0
}
let worked = 0

/** How many rounds count, and how many are tried until as many were calm. */
const [COUNTED, TRIED] = [5, 12]
const disturbance = ({ gauge }: Round): number => quantile(gauge, 0.95)

/**
 * How long each run takes, in rounds of `count` after `warm` runs that do not count. `before` is not timed. Other programs may take a
 * core away at any time, which the gauge shows: rounds are tried again until five were calm, and the five calmest count.
 */
export const timed = async (
  count: number,
  run: (turn: number) => unknown,
  { warm = 20, before }: { warm?: number; before?: (turn: number) => unknown } = {},
): Promise<Round[]> => {
  const rounds: Round[] = []
  let turn = -warm
  const isCalm = (round: Round) => disturbance(round) <= 1.5 * Math.min(...rounds.map(one => quantile(one.gauge, 0.5)))
  do {
    const round: Round = { wall: [], gauge: [] }
    for (const end = Math.max(0, turn) + count; turn < end; turn++) {
      await before?.(turn)
      const begun = performance.now()
      const given = run(turn)
      if (given instanceof Promise) await given
      const ended = performance.now()
      work()
      if (turn < 0) continue
      round.wall.push(ended - begun)
      round.gauge.push(performance.now() - ended)
    }
    rounds.push(round)
  } while (rounds.length < TRIED && rounds.filter(isCalm).length < COUNTED)
  return rounds
}

/** The 95th percentile in ms of each of the calmest rounds, and of those the median. */
export const p95 = (
  name: string,
  rounds: readonly Round[],
  { target = null, context }: { target?: number | null; context: string },
): Figure => {
  const calmest = [...rounds].sort((a, b) => disturbance(a) - disturbance(b)).slice(0, COUNTED)
  const [wall, gauge] = [calmest.flatMap(round => round.wall), calmest.flatMap(round => round.gauge)]
  const value = quantile(
    calmest.map(round => quantile(round.wall, 0.95)),
    0.5,
  )
  const how = `median of the p95 of ${calmest.length} rounds of ${calmest[0]?.wall.length ?? 0}, the calmest of ${rounds.length}`
  const spread = `p50 ${rounded(quantile(wall, 0.5))}, longest ${rounded(Math.max(...wall))}`
  const beside = `a fixed piece of work beside it p50 ${rounded(quantile(gauge, 0.5))}, p95 ${rounded(quantile(gauge, 0.95))}`
  return figure(`${name}, p95`, value, 'ms', { target, context: `${context}; ${how}; ${spread}; ${beside}` })
}
