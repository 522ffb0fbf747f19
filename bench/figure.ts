import { cpus } from 'node:os'

/** One figure, as `--json` prints it. `target` is the most it may be; `ok` is null where there is none, or nothing was measured. */
export type Figure = {
  name: string
  value: number | null
  unit: string
  target: number | null
  ok: boolean | null
  context: string
}

const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), node ${process.versions.node}`

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
  context: `${context}; ${machine}`,
})

/** A figure that could not be had here, and why. */
export const notMeasured = (name: string, unit: string, target: number | null, why: string): Figure => ({
  name,
  value: null,
  unit,
  target,
  ok: null,
  context: `not measured: ${why}; ${machine}`,
})

/** The value below which this share of the times lies. */
export const quantile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0

/** The 95th percentile of times in ms; the median, the longest and their number stand in the context. */
export const p95 = (
  name: string,
  times: readonly number[],
  { target = null, context }: { target?: number | null; context: string },
): Figure =>
  figure(`${name}, p95`, quantile(times, 0.95), 'ms', {
    target,
    context: `${context}; ${times.length} times, p50 ${rounded(quantile(times, 0.5))}, longest ${rounded(Math.max(...times))}`,
  })

/** How long each of `count` runs takes, in ms, after `warm` that do not count. `before` is not timed. */
export const timed = async (
  count: number,
  run: (turn: number) => unknown,
  { warm = 10, before }: { warm?: number; before?: (turn: number) => unknown } = {},
): Promise<number[]> => {
  const times: number[] = []
  for (let turn = -warm; turn < count; turn++) {
    await before?.(turn)
    const begun = performance.now()
    const given = run(turn)
    if (given instanceof Promise) await given
    if (turn >= 0) times.push(performance.now() - begun)
  }
  return times
}
