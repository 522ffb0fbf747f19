import type { DecisionKind, DecisionState, WaitingFor } from '../../../shared/contract/decisions.ts'
import { type Handover, type Pile, STALE_DAYS } from '../../../shared/contract/handover.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb } from '../db/handle.ts'
import { NOT_ENDED } from '../decisions/journal.ts'
import { rowsOf } from '../reports/rows.ts'
import { snoozedNow } from '../reports/snooze.ts'

const DAY_MS = 86_400_000
/** So many entries are counted: a week of a large team. */
const MOST_SEEN = 10_000
/** How far before it a decision may have been armed that ended since. */
const ARMED_WITHIN_MS = 7 * DAY_MS
const ROWS = 5

type Seen = { server: ServerKey; who: string | null; me: string; action: string; count: number; newestAt: number }

/** What others were seen to do, by whom, the most recent first. */
export const seenSince = (db: ReadDb, since: number): Pick<Handover, 'seen' | 'more'> => {
  const rows = db.all<Seen>(
    `SELECT e.server, coalesce(b.value, a.value) AS who, s.acct AS me, e.action, count(*) AS count, max(e.at) AS newestAt
     FROM (SELECT seq, server, action, at FROM log_entry INDEXED BY log_by_at
           WHERE at > @since AND source = 'saw' AND server IS NOT NULL ORDER BY at DESC LIMIT ${MOST_SEEN}) e
     JOIN server s ON s.key = e.server
     LEFT JOIN log_personal b ON b.seq = e.seq AND b.name = 'by'
     LEFT JOIN log_personal a ON a.seq = e.seq AND a.name = 'assigned'
     GROUP BY 1, 2, 4 ORDER BY newestAt DESC, e.action LIMIT 200`,
    { since },
  )
  return {
    seen: rows.map(({ who, me, ...row }) => ({ ...row, by: who, me: who !== null && who === me })),
    more: rows.reduce((sum, { count }) => sum + count, 0) >= MOST_SEEN,
  }
}

/** How decisions ended that had been armed before. */
export const endedSince = (db: ReadDb, since: number): Handover['ended'] =>
  db.all<{ server: ServerKey; kind: DecisionKind; state: DecisionState; count: number; newestAt: number }>(
    `SELECT server, kind, state, count(*) AS count, max(settled_at) AS newestAt FROM decision INDEXED BY decision_by_armed
     WHERE armed_at <= @since AND armed_at > @earliest AND settled_at > @since AND state NOT IN ('cancelled', 'superseded')
     GROUP BY 1, 2, 3 ORDER BY newestAt DESC`,
    { since, earliest: since - ARMED_WITHIN_MS },
  )

/** What waits for a person or a moment. */
export const waiting = (db: ReadDb): Handover['waits'] => {
  const rows = db.all<{ state: DecisionState; waiting: WaitingFor | null; n: number }>(
    `SELECT state, waiting_for AS waiting, count(*) AS n FROM decision INDEXED BY decision_by_state WHERE ${NOT_ENDED} GROUP BY 1, 2`,
  )
  const sum = (fits: (row: (typeof rows)[number]) => boolean) => rows.filter(fits).reduce((all, { n }) => all + n, 0)
  return {
    held: sum(({ state, waiting: on }) => state === 'held' && on !== 'paused'),
    confirm: sum(({ waiting: on }) => on === 'confirm'),
    paused: sum(({ waiting: on }) => on === 'paused'),
    signIn: sum(({ waiting: on }) => on === 'sign-in'),
    unknown: sum(({ state }) => state === 'unknown'),
    needsPerson: sum(({ state }) => state === 'needs-person'),
  }
}

type Params = Readonly<Record<string, string | number>>

const rowsIn = (db: ReadDb, numbers: readonly number[], now: number): Pile['rows'] => {
  const rows = rowsOf(db, numbers, now)
  return numbers.flatMap(n => rows.get(n) ?? [])
}

/** `of` names reports by a FROM and a WHERE, of which as much as can be is answered by an index alone: there may be many. */
const pileOf = (db: ReadDb, now: number, of: string, params: Params): Pile => ({
  count: db.get<{ n: number }>(`SELECT count(*) AS n ${of}`, params)?.n ?? 0,
  rows: rowsIn(db, db.column<number>(`SELECT r.n ${of} ORDER BY r.created_at, r.n LIMIT ${ROWS}`, params), now),
})

/** Open reports but those of a list. */
const OPEN = `FROM mirror.report r INDEXED BY report_open
  WHERE r.resolved_at IS NULL AND r.n NOT IN (SELECT value FROM json_each(@off))`
/** Those that came back from being put off, the longest waiting first. A closed report is no longer put off, so there are few. */
const cameBack = (db: ReadDb): number[] =>
  db
    .column<ServerKey>('SELECT key FROM server')
    .flatMap(server =>
      db.all<{ n: number; at: number }>(
        `SELECT r.n, r.created_at AS at FROM snooze z CROSS JOIN mirror.report r ON r.server = z.server AND r.id = z.report_id
         WHERE z.server = ? AND z.back IS NOT NULL AND r.resolved_at IS NULL`,
        [server],
      ),
    )
    .sort((a, b) => a.at - b.at)
    .map(({ n }) => n)

/** What is left lying, the longest waiting first. */
export const stale = (db: ReadDb, since: number, now: number): Handover['stale'] => {
  const before = now - STALE_DAYS * DAY_MS
  const [away, back] = [[...snoozedNow(db, now)], cameBack(db)]
  const off = JSON.stringify(away)
  return {
    old: pileOf(db, now, `${OPEN} AND r.created_at < @before`, { off: JSON.stringify([...away, ...back]), before }),
    back: { count: back.length, rows: rowsIn(db, back.slice(0, ROWS), now) },
    mine: pileOf(
      db,
      now,
      `${OPEN} AND (r.server, r.assigned_id) IN (SELECT key, account_id FROM server) AND r.updated_at <= @since`,
      { off, since },
    ),
    signups:
      db.get<{ n: number | null }>(
        'SELECT sum((SELECT count(*) FROM mirror.signup u WHERE u.server = home.key AND u.signed_up_at < ?)) AS n FROM server home',
        [before],
      )?.n ?? 0,
  }
}
