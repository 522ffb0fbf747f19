import type { Clock } from '../../shared/clock.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** When the data is looked through, which reads every page of it. */
export type Inspection = {
  /** From now on each day, the first time after `waitMs`; once, whoever asks. */
  begin(waitMs: number): void
  /** Now, since something met damage; but at most once an hour. */
  soon(): void
  stop(): void
}

/** The inspections of one engine. `fault` is told when one fails; the next comes all the same. */
export const makeInspection = (
  clock: Clock,
  inspect: () => Promise<void>,
  fault: (error: unknown) => void,
): Inspection => {
  let stop = () => {}
  let begun = false
  let lastAt = 0
  const run = () => {
    lastAt = clock.now()
    inspect().catch(fault)
    stop = clock.after(DAY_MS, run)
  }
  return {
    begin: waitMs => {
      if (begun) return
      begun = true
      stop = clock.after(waitMs, run)
    },
    soon: () => {
      if (clock.now() - lastAt < HOUR_MS) return
      stop()
      run()
    },
    stop: () => stop(),
  }
}
