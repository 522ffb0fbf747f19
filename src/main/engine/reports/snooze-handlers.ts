import { Failure } from '../../../shared/contract/failure.ts'
import type { Target } from '../../../shared/contract/ids.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { reports } from '../../../shared/contract/reports.ts'
import type { Context } from '../context.ts'
import type { WriteDb } from '../db/handle.ts'
import type { LogDraft } from '../log/append.ts'
import { dropSnooze, putSnooze } from './snooze.ts'
import { findReport } from './table.ts'
import type { Waking } from './waking.ts'

type Snoozing = Pick<Handlers<typeof reports, unknown>, 'reports.snooze' | 'reports.wake'>

/** An entry names so many reports; of more it says how many. */
const MOST_NAMED = 50

/** Reports that wait for something. Each change is logged; the reason stands there as a personal value. */
export const snoozeHandlers = ({ gate, clock, log }: Context, waking: Waking): Snoozing => {
  /** One entry a server. */
  const logged = (db: WriteDb, targets: readonly Target[], draft: Pick<LogDraft, 'action' | 'facts' | 'personal'>) => {
    for (const server of new Set(targets.map(target => target.server))) {
      const ids = targets.filter(target => target.server === server).map(({ id }) => id)
      const named = ids.length <= MOST_NAMED ? { reports: ids } : {}
      log(db, { source: 'did', server, ...draft, facts: { ...draft.facts, count: ids.length, ...named } })
    }
  }
  return {
    'reports.snooze': ({ reports: targets, until, reason }) => {
      const now = clock.now()
      if (until <= now) throw new Failure('invalid-input', { reason: 'failure.snooze-past' })
      const snoozed = gate.write(['reports', 'log'], db => {
        const held = targets.filter(({ server, id }) => {
          const report = findReport(db, server, id)
          if (!report || report.resolved_at !== null) return false
          putSnooze(db, report, { until, reason }, now)
          return true
        })
        if (held.length === 0) throw new Failure('not-found', { reason: 'failure.snooze-closed' })
        const personal = reason === '' ? {} : { reason }
        logged(db, held, { action: 'report.snoozed', facts: { until }, personal })
        return held.length
      })
      waking.look()
      return { snoozed }
    },
    'reports.wake': ({ reports: targets }) => {
      const woken = gate.write(['reports', 'log'], db => {
        const held = targets.filter(({ server, id }) => dropSnooze(db, server, id))
        logged(db, held, { action: 'report.woken', facts: {} })
        return held.length
      })
      waking.look()
      return { woken }
    },
  }
}
