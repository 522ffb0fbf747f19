import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Note } from '../../../shared/contract/notes.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'

type Row = {
  id: string
  server: ServerKey
  account_id: string
  text: string
  author: string
  written_at: number
  changed_at: number | null
}

const toNote = ({ id, text, author, written_at, changed_at }: Row): Note => ({
  id,
  text,
  author,
  writtenAt: written_at,
  changedAt: changed_at,
})

/** The notes on an account, newest first. */
export const listNotes = (db: ReadDb, server: ServerKey, account: string): Note[] =>
  db
    .all<Row>('SELECT * FROM note WHERE server = ? AND account_id = ? ORDER BY written_at DESC', [server, account])
    .map(toNote)

/** A note with what it is about, or nothing. */
export const findNote = (db: ReadDb, id: string): { note: Note; server: ServerKey; account: string } | undefined => {
  const row = db.get<Row>('SELECT * FROM note WHERE id = ?', [id])
  return row && { note: toNote(row), server: row.server, account: row.account_id }
}

/** Stores a new note. It is newer than every other on its account, whatever the clock says, so that their order is that of writing. */
export const putNote = (
  db: WriteDb,
  note: Pick<Row, 'id' | 'server' | 'account_id' | 'text' | 'author'>,
  now: number,
): Note => {
  const [newest] = listNotes(db, note.server, note.account_id)
  const row: Row = { ...note, written_at: Math.max(now, (newest?.writtenAt ?? 0) + 1), changed_at: null }
  db.run(
    `INSERT INTO note (id, server, account_id, text, author, written_at, changed_at)
     VALUES (@id, @server, @account_id, @text, @author, @written_at, @changed_at)`,
    row,
  )
  return toNote(row)
}

/** Gives a note another text. */
export const changeNote = (db: WriteDb, id: string, text: string, now: number): void =>
  void db.run('UPDATE note SET text = ?, changed_at = ? WHERE id = ?', [text, now, id])

/** Removes a note. */
export const dropNote = (db: WriteDb, id: string): void => void db.run('DELETE FROM note WHERE id = ?', [id])

/** Removes every note on an account. */
export const dropNotesOn = (db: WriteDb, server: ServerKey, account: string): void =>
  void db.run('DELETE FROM note WHERE server = ? AND account_id = ?', [server, account])
