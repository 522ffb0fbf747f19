import type { Engine } from '../../../../shared/contract/index.ts'
import { systemClock } from '../../../../shared/system-clock.ts'
import type { Input, Output } from '../../client/question.ts'
import { type Lines, readLines } from './lines.ts'
import { SLICE } from './queue.ts'

/** Whoever signs in first comes later than this, and sees what was read since. */
const FRESH_MS = 5_000

/** A list that was opened before anyone shows it, with its first lines. `hear` is told what later reads of lines gave instead. */
export type Early = { opened: Output<'reports.open'>; of: Lines; hear(onFailure: (error: unknown) => void): void }

let held: { key: string; at: number; early: Early } | undefined

/** Opens the list that a start will show, and reads its first lines. Ends when they are there; what fails, whoever shows it asks again. */
export const openEarly = async (engine: Engine, input: Input<'reports.open'>): Promise<void> => {
  let told = (_error: unknown) => {}
  let failed = false
  const opened = await engine.call('reports.open', input).catch(() => undefined)
  if (!opened) return
  const of = readLines(engine, systemClock, opened, error => {
    failed = true
    told(error)
  })
  await of.read(0, SLICE - 1)
  if (failed) return of.stop()
  held?.early.of.stop()
  const hear: Early['hear'] = onFailure => {
    told = onFailure
  }
  held = { key: JSON.stringify(input), at: performance.now(), early: { opened, of, hear } }
}

/** What was opened early, once, where it is the list of this key. */
export const takeEarly = (key: string): Early | undefined => {
  const mine = held
  held = undefined
  if (mine?.key === key && performance.now() - mine.at < FRESH_MS) return mine.early
  mine?.early.of.stop()
  return undefined
}
