import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Ability } from '../../../shared/contract/servers.ts'
import { keepAccounts } from '../accounts/store.ts'
import type { Context } from '../context.ts'
import type { ReadDb } from '../db/handle.ts'
import { findAccountThere } from '../mastodon/endpoints/accounts.ts'
import { findReportThere } from '../mastodon/endpoints/reports.ts'
import { findServer } from '../servers/table.ts'
import type { Asking } from '../sync/as-left.ts'
import type { Reading } from '../sync/list.ts'
import { lookOnce, storeSeen } from '../sync/seen.ts'
import { passOver } from '../sync/settle.ts'
import { beginAnew, weigh } from '../sync/went-back.ts'
import { storeReports } from './store.ts'
import { findReport, type StoredReport } from './table.ts'

/** So many of the newest reports are asked for at most, and so many must be lost: one could have been removed by hand. */
const MOST_ASKED = 5
const LEAST_LOST = 2
/** Where all of those are of the same people, as in a wave about one account, the newest of others among so many is asked for as well. */
const MOST_HELD = 200

type Held = Pick<StoredReport, 'id' | 'created_at' | 'target_id' | 'reporter_id'>

/** The newest reports that we hold, open or closed, the newest first. */
const newestHeld = (db: ReadDb, server: ServerKey): Held[] =>
  db.all<Held>(
    `SELECT id, created_at, target_id, reporter_id FROM (
       SELECT * FROM (SELECT * FROM mirror.report WHERE server = @server AND resolved_at IS NULL ORDER BY ord DESC LIMIT @most)
       UNION ALL
       SELECT * FROM (SELECT * FROM mirror.report WHERE server = @server AND resolved_at IS NOT NULL ORDER BY ord DESC LIMIT @most))
     ORDER BY ord DESC LIMIT @most`,
    { server, most: MOST_HELD },
  )

/** Whether reports are about several accounts, and filed by several. */
const areDifferent = (reports: readonly Held[]): boolean =>
  [new Set(reports.map(one => one.target_id)), new Set(reports.map(one => one.reporter_id))].every(
    ({ size }) => size >= LEAST_LOST,
  )

/** Whether a report is about another account than all of these, and filed by another. */
const isOfOthers = ({ target_id, reporter_id }: Held, reports: readonly Held[]): boolean =>
  reports.every(one => one.target_id !== target_id && one.reporter_id !== reporter_id)

/**
 * Looks whether the newest reports that we hold are lost. A report goes with the account that it is about or that filed it, and in no other
 * way but by hand: several of different people, all of whom are still there, went with the time in which they were filed. Begins the server's
 * mirror anew then, and answers true. One request where the newest is there, none where the role may not see reports; what cannot be read
 * tells nothing.
 */
export const newestAreLost = async ({ context, session, cls, signal }: Asking): Promise<boolean> => {
  const isBarred = (from: Ability) =>
    context.gate.read(db => findServer(db, session.key))?.cannot.some(({ ability }) => ability === from) ?? false
  if (isBarred('reports.see')) return false
  const begunAt = () => context.gate.read(db => findServer(db, session.key))?.wentBack?.seenAt
  const begunBefore = begunAt()
  const gone: Held[] = []
  /** What is found there is kept once it is known whether a backup did what it shows. */
  let keep = () => {}
  const held = context.gate.read(db => newestHeld(db, session.key))
  /** Whether it is there; what cannot be read is not known. */
  const ask = async (report: Held): Promise<boolean> => {
    let isHere = false
    await passOver(async () => {
      const { item: found, askedAt } = await findReportThere(context.guard, session, report.id, cls, signal)
      if (found) keep = () => storeReports(context, session.key, [found], askedAt)
      else gone.push(report)
      isHere = found !== undefined
    })
    return isHere
  }
  for (const report of held.slice(0, MOST_ASKED)) if (await ask(report)) break
  if (gone.length === MOST_ASKED && !areDifferent(gone)) {
    const other = held.find(one => isOfOthers(one, gone))
    if (other) await ask(other)
  }
  /** What was found shows no backup's doing, unless it names something else than what is held. */
  const isNot = (): boolean => {
    keep()
    return begunAt() !== begunBefore
  }
  // Without the right to see accounts nothing tells why they are gone.
  if (gone.length < LEAST_LOST || isBarred('accounts.see')) return isNot()
  const people = new Map<string, Awaited<ReturnType<typeof findAccountThere>>>()
  const isThere = async (id: string) => {
    if (id === '') return false
    const found = people.get(id) ?? (await findAccountThere(context.guard, session, id, cls, signal))
    people.set(id, found)
    return found.item !== undefined
  }
  const lost: Held[] = []
  for (const report of gone)
    if ((await isThere(report.target_id)) && (await isThere(report.reporter_id))) lost.push(report)
  if (areDifferent(lost)) {
    const evidence = weigh(lost.map(({ created_at }) => ({ shows: 'gone', lost: created_at })))
    if (evidence)
      context.gate.write([], (db, touch) => {
        // Whoever asked at the same time may have seen it before us.
        if (lost.some(({ id }) => findReport(db, session.key, id))) beginAnew(context, db, touch, session.key, evidence)
      })
    return evidence !== null
  }
  // What they show is no backup's doing. Until that was known it was nobody's, and not to be kept.
  for (const { item, askedAt } of people.values()) if (item) keepAccounts(context, session.key, [item], askedAt)
  return isNot()
}

/** For whoever asked a server: what looks, once, whether it was put back, where that has to be known before what it showed is kept. */
export const askingFirst = (asking: Asking): Pick<Reading, 'context' | 'wentBack'> => ({
  context: asking.context,
  wentBack: lookOnce(() => newestAreLost(asking)),
})

/** Stores what a server showed to whoever asked, as `storeSeen` does. */
export const storeShown = (asking: Asking, store: (context: Context) => void): Promise<void> =>
  storeSeen(askingFirst(asking), store)
