import { z } from 'zod'
import { RemoteId, ServerKey, Time } from './ids.ts'
import { command, query } from './method.ts'
import type { Topic } from './topics.ts'

/** A note's own id (a random UUID). */
const NoteId = z.uuid()

/** The most characters of a note, in UTF-16 units, as fields of a page count them. */
export const NOTE_LENGTH = 2000
const NoteText = z.string().trim().min(1).max(NOTE_LENGTH)

/** What someone here wrote about an account. It stays on this computer: no server has a way to take it. */
export const Note = z.object({
  id: NoteId,
  /** Plain text, with line breaks. */
  text: z.string(),
  /** Who was signed in to the server when it was written, such as `ada`. */
  author: z.string(),
  writtenAt: Time,
  /** When its text was last changed. */
  changedAt: Time.nullable(),
})
export type Note = z.infer<typeof Note>

/** What may be asked and said about notes. */
export const notes = {
  /** The notes on an account, newest first. */
  'notes.list': query(z.object({ server: ServerKey, account: RemoteId }), z.object({ notes: z.array(Note) }), [
    'notes',
  ] as const satisfies Topic[]),
  /** Keeps a new note. `not-found` where server or account is not known here. */
  'notes.add': command(z.object({ server: ServerKey, account: RemoteId, text: NoteText }), z.object({ note: Note })),
  /** Gives a note another text. `not-found` when it was removed. */
  'notes.change': command(z.object({ id: NoteId, text: NoteText }), z.object({ note: Note })),
  /** Removes a note; what the log says of it stays until it is erased there. `not-found` when it is gone already. */
  'notes.remove': command(z.object({ id: NoteId }), z.object({})),
}
