import { z } from 'zod'
import { nextGeneration } from '../db/generation.ts'
import type { WriteDb } from '../db/handle.ts'

/** What a restore leaves in the vault for the next start: which log was brought, and which it took the place of. */
const Note = z.object({
  madeAt: z.int(),
  entries: z.int(),
  head: z.string(),
  replaced: z.object({ entries: z.int(), head: z.string() }).nullable(),
})
/** A note as it was read back. */
export type Note = z.infer<typeof Note>

/**
 * Writes it, with the key that signs the log where it came along. The mirror begins anew, so what was compared before with it proves
 * nothing.
 */
export const noteRestore = (db: WriteDb, note: Note, key: { id: string; sealed: string } | null): void => {
  db.run(`INSERT OR REPLACE INTO meta (name, value) VALUES ('restored', ?)`, [JSON.stringify(note)])
  nextGeneration(db)
  if (key) db.run('UPDATE writer_key SET sealed_private_key = ? WHERE id = ?', [key.sealed, key.id])
}

/** Takes it out of the vault. */
export const takeNote = (db: WriteDb): Note | null => {
  const [value] = db.column<string>(`SELECT value FROM meta WHERE name = 'restored'`)
  if (value === undefined) return null
  db.run(`DELETE FROM meta WHERE name = 'restored'`)
  return Note.parse(JSON.parse(value))
}
