import type { Context } from '../context.ts'
import { doubtAll } from '../decisions/doubt.ts'
import { takeNote } from './note.ts'

/**
 * At the first start after a restore: the log says where it was taken up again, and what was under way when the backup was made is
 * unknown, since the earlier desk went on. In one transaction, so that a crash on the way repeats all of it or nothing.
 */
export const settleRestore = (context: Context): void =>
  context.gate.write(['log', 'decisions'], db => {
    const note = takeNote(db)
    if (!note) return
    const { replaced, ...brought } = note
    const facts = replaced ? { ...brought, replacedEntries: replaced.entries, replacedHead: replaced.head } : brought
    context.log(db, { source: 'did', action: 'vault.restored', server: null, facts })
    doubtAll(context, db, note.madeAt)
  })
