import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { LogErasure, LogPerson, LogTouched } from '../../../shared/contract/log.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { forgetInBatches, forgetNames, namedAbout, undecidedAbout } from '../decisions/forget.ts'
import { draftsAbout, dropDrafts, dropDraftsAboutSome } from '../drafts/table.ts'
import { countEvidence, dropEvidence } from '../evidence/table.ts'
import { putClose } from '../interests/table.ts'
import { dropNotesOn, listNotes } from '../notes/table.ts'
import { openReportsAbout, reportsAbout } from '../reports/table.ts'
import { dropRejected } from '../signups/rejected.ts'
import { appendLog } from './append.ts'
import type { Json } from './canonical.ts'
import type { Signer } from './entry.ts'
import { findPerson, handlesOf, type Person, valuesOf } from './person.ts'
import { changeInSearch } from './search-index.ts'

/** Entries of which one entry tells that they were erased: a line of the log stays one that people can read. */
const TOLD_AT_ONCE = 500

/**
 * Erases personal values, with their salts: the commitments then say nothing, and the chain still holds. The entries
 * `personal.erased` say which; the newest is answered. Fails with `not-found` when none of them stands. Exports made before keep them.
 */
export const erasePersonal = (
  db: WriteDb,
  writer: Signer,
  at: number,
  values: ReadonlyMap<number, readonly string[]>,
  more: Record<string, Json> = {},
): number => {
  const sql = 'UPDATE log_personal SET salt = NULL, value = NULL WHERE seq = ? AND name = ? AND value IS NOT NULL'
  const erased: { entry: number; names: string[] }[] = []
  changeInSearch(db, [...values.keys()], () => {
    for (const [entry, names] of values) {
      const gone = [...new Set(names)].filter(name => db.run(sql, [entry, name]) > 0).sort()
      if (gone.length > 0) erased.push({ entry, names: gone })
    }
  })
  if (erased.length === 0) throw new Failure('not-found')
  let told = 0
  for (let from = 0; from < erased.length; from += TOLD_AT_ONCE) {
    const part = erased.slice(from, from + TOLD_AT_ONCE)
    const count = part.reduce((sum, { names }) => sum + names.length, 0)
    const facts = { ...more, entries: part.length, values: count, erased: part }
    told = appendLog(db, writer, at, { source: 'did', action: 'personal.erased', server: null, facts })
  }
  return told
}

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0)

/** The drafts about an account. */
const writtenAbout = (db: ReadDb, server: ServerKey, account: string): string[] =>
  draftsAbout(db, server, account, {
    notes: listNotes(db, server, account).map(note => note.id),
    reports: reportsAbout(db, server, account),
  })

const countTouched = (db: ReadDb, person: Person, values: ReadonlyMap<number, readonly string[]>): LogTouched => {
  const each = person.accounts.map(({ server, id }) => ({
    decisions: namedAbout(db, server, id),
    notes: listNotes(db, server, id).length + writtenAbout(db, server, id).length,
    undecided: undecidedAbout(db, server, id),
    openReports: openReportsAbout(db, server, id).length,
    posts: countEvidence(db, server, id, reportsAbout(db, server, id)),
  }))
  const openReports = sum(each.map(one => one.openReports))
  return {
    handles: handlesOf(person),
    entries: values.size,
    values: sum([...values.values()].map(names => names.length)),
    decisions: sum(each.map(one => one.decisions)),
    notes: sum(each.map(one => one.notes)),
    posts: openReports > 0 ? 0 : sum(each.map(one => one.posts)),
    undecided: sum(each.map(one => one.undecided)),
    openReports,
  }
}

/** What erasing a person would touch. Fails as `findPerson` does. */
export const touchedBy = (db: ReadDb, who: LogPerson): LogTouched => {
  const person = findPerson(db, who)
  return countTouched(db, person, valuesOf(db, person))
}

/**
 * Erases a person: their values in the log, name and texts in ended decisions, notes and what is being written about them, and what was kept of their posts unless a
 * report about them is open. Fails with `conflict` while a decision about them has not ended, or when it is no longer as many entries
 * as were shown; with `not-found` where there is nothing.
 */
export const erasePerson = (
  db: WriteDb,
  writer: Signer,
  at: number,
  { reason, entries: shown, ...who }: LogErasure,
): LogTouched => {
  const person = findPerson(db, who)
  const values = valuesOf(db, person)
  const touched = countTouched(db, person, values)
  if (touched.undecided > 0) throw new Failure('conflict', { reason: 'erase.undecided' })
  if (touched.entries !== shown) throw new Failure('conflict', { reason: 'erase.changed', entries: touched.entries })
  if (touched.entries + touched.decisions + touched.notes + touched.posts === 0)
    throw new Failure('not-found', { reason: 'erase.nothing' })
  for (const { server, id } of person.accounts) {
    forgetNames(db, server, id)
    dropDrafts(db, writtenAbout(db, server, id))
    dropNotesOn(db, server, id)
    dropRejected(db, server, id)
    putClose(db, server, id, false, at)
    if (touched.openReports === 0) dropEvidence(db, server, id, reportsAbout(db, server, id))
  }
  dropDraftsAboutSome(db)
  for (const handle of touched.handles) forgetInBatches(db, handle.slice(1))
  const { decisions, notes, posts } = touched
  const facts = { reason, decisions, notes, posts }
  if (values.size > 0) erasePersonal(db, writer, at, values, facts)
  else
    appendLog(db, writer, at, {
      source: 'did',
      action: 'personal.erased',
      server: null,
      facts: { ...facts, entries: 0, values: 0, erased: [] },
    })
  return touched
}
