import type { Engine } from '../../../../shared/contract/index.ts'
import type { Input, Output } from '../../client/use-live.ts'

/** Whoever signs in first comes later than this, and sees what was read since. */
const FRESH_MS = 5_000

let asked: { key: string; at: number; opened: Promise<Output<'reports.open'>> } | undefined

/** Opens the list that a start will show, beside what else a start asks; whoever shows it takes it. */
export const openEarly = (engine: Engine, input: Input<'reports.open'>): void => {
  const opened = engine.call('reports.open', input)
  // Whoever takes it hears why it failed.
  opened.catch(() => {})
  asked = { key: JSON.stringify(input), at: performance.now(), opened }
}

/** What was opened early, once, where it is the list of this key. */
export const takeEarly = (key: string): Promise<Output<'reports.open'>> | undefined => {
  const opened = asked?.key === key && performance.now() - asked.at < FRESH_MS ? asked.opened : undefined
  asked = undefined
  return opened
}
