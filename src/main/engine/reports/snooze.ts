import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'

/** Until when a report is left alone, and why. `back`: what brought it back; null while it is away. */
export type Snooze = { until: number; reason: string; back: 'time' | 'change' | null }

/** The numbers of the reports that are snoozed at this moment. */
export const snoozedNow = (db: ReadDb, now: number): Int32Array =>
  Int32Array.from(
    db.all<{ n: number }>(
      `SELECT r.n FROM snooze z INDEXED BY snooze_waiting CROSS JOIN mirror.report r ON r.server = z.server AND r.id = z.report_id
       WHERE z.back IS NULL AND z.until > ?`,
      [now],
    ),
    ({ n }) => n,
  )

/** Snoozes a report as the server last told it; once more changes time and reason. */
export const putSnooze = (
  db: WriteDb,
  { server, id, updated_at }: { server: ServerKey; id: string; updated_at: number },
  { until, reason }: Pick<Snooze, 'until' | 'reason'>,
  now: number,
): void =>
  void db.run(
    `INSERT INTO snooze (server, report_id, until, reason, updated_at, snoozed_at, back) VALUES (@server, @id, @until, @reason, @updated_at, @now, NULL)
     ON CONFLICT DO UPDATE SET until = excluded.until, reason = excluded.reason, updated_at = excluded.updated_at, snoozed_at = excluded.snoozed_at, back = NULL`,
    { server, id, updated_at, until, reason, now },
  )

/** Forgets that a report was snoozed: it was brought back by hand, or closed. False when it was not. */
export const dropSnooze = (db: WriteDb, server: ServerKey, id: string): boolean =>
  db.run('DELETE FROM snooze WHERE server = ? AND report_id = ?', [server, id]) === 1

/** Reports were told again: changed since, one is back; closed, there is nothing to wait for. */
export const noteChanges = (
  db: WriteDb,
  server: ServerKey,
  reports: readonly { id: string; updated_at: number; action_taken: boolean }[],
): void => {
  const snoozed = new Set(
    db.column<string>(
      'SELECT report_id FROM snooze WHERE server = ? AND report_id IN (SELECT value FROM json_each(?))',
      [server, JSON.stringify(reports.map(({ id }) => id))],
    ),
  )
  for (const { id, updated_at, action_taken } of reports.filter(report => snoozed.has(report.id)))
    if (action_taken) dropSnooze(db, server, id)
    else
      db.run(
        `UPDATE snooze SET back = 'change' WHERE server = ? AND report_id = ? AND back IS NULL AND updated_at <> ?`,
        [server, id, updated_at],
      )
}

/** Brings back those whose time has come; says how many. */
export const wakeDue = (db: WriteDb, now: number): number =>
  db.run(`UPDATE snooze SET back = 'time' WHERE back IS NULL AND until <= ?`, [now])

/** When the next one comes back; null where none waits. */
export const nextWake = (db: ReadDb): number | null =>
  db.get<{ until: number | null }>('SELECT min(until) AS until FROM snooze WHERE back IS NULL')?.until ?? null
