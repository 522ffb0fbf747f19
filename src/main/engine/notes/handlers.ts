import { randomUUID } from 'node:crypto'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { notes } from '../../../shared/contract/notes.ts'
import { findHandle } from '../accounts/table.ts'
import type { Context } from '../context.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { findServer } from '../servers/table.ts'
import { changeNote, dropNote, findNote, listNotes, putNote } from './table.ts'

/** Own notes on accounts. Each change is logged; the text and whom it is about stand there as personal values. */
export const notesHandlers = ({ gate, clock, log }: Context): Handlers<typeof notes, unknown> => {
  const logged = (
    db: WriteDb,
    action: 'note.added' | 'note.changed' | 'note.removed',
    on: { note: string; server: ServerKey; account: string; text: string },
  ) => {
    const handle = findHandle(db, on.server, on.account)
    log(db, {
      source: 'did',
      action,
      server: on.server,
      facts: { note: on.note, account: on.account },
      personal: { text: on.text, ...(handle === undefined ? {} : { target: handle }) },
    })
  }
  const found = (db: ReadDb, id: string) => {
    const known = findNote(db, id)
    if (!known) throw new Failure('not-found', { reason: 'failure.note-gone' })
    return known
  }
  return {
    'notes.list': ({ server, account }) => gate.read(db => ({ notes: listNotes(db, server, account) })),
    'notes.add': ({ server, account, text }) =>
      gate.write(['notes', 'log'], db => {
        const home = findServer(db, server)
        if (!home || findHandle(db, server, account) === undefined) throw new Failure('not-found')
        const author = home.account.acct
        const note = putNote(db, { id: randomUUID(), server, account_id: account, text, author }, clock.now())
        logged(db, 'note.added', { note: note.id, server, account, text })
        return { note }
      }),
    'notes.change': ({ id, text }) =>
      gate.write(['notes', 'log'], db => {
        const { note, server, account } = found(db, id)
        if (note.text === text) return { note }
        changeNote(db, id, text, clock.now())
        logged(db, 'note.changed', { note: id, server, account, text })
        return { note: found(db, id).note }
      }),
    'notes.remove': ({ id }) =>
      gate.write(['notes', 'log'], db => {
        const { note, server, account } = found(db, id)
        dropNote(db, id)
        logged(db, 'note.removed', { note: id, server, account, text: note.text })
        return {}
      }),
  }
}
