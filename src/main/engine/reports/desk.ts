import type { Handlers } from '../../../shared/contract/method.ts'
import type { reports } from '../../../shared/contract/reports.ts'
import type { Context } from '../context.ts'
import type { Inverses } from '../decisions/read.ts'
import { takeMissingGists } from './gist.ts'
import { reportsHandlers } from './handlers.ts'
import { makeLists } from './lists.ts'
import { makeWaking } from './waking.ts'

/** What desks see of reports, and what goes on for it behind them. `fault` hears what went wrong, and where. */
export const makeReportsDesk = (
  context: Context,
  inverses: Inverses,
  fault: (error: unknown, where: string) => void,
): { handlers: Handlers<typeof reports, unknown>; start(): void; readAhead(): void } => {
  const { gate, clock, stop } = context
  const lists = makeLists()
  const waking = makeWaking(context, error => fault(error, 'waking'))
  return {
    handlers: reportsHandlers(context, lists, waking, inverses),
    start: () => {
      waking.look()
      takeMissingGists(gate, clock, stop, error => fault(error, 'gists'))
    },
    /** Finds out where the open reports stand while the first page is still on its way: the longest part of its first list. */
    readAhead: () => {
      try {
        if (!stop.aborted) gate.read(db => lists.counts(db, clock.now()))
      } catch (error) {
        fault(error, 'read-ahead')
      }
    },
  }
}
