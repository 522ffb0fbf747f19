import { Failure } from '../../../shared/contract/failure.ts'
import type { WriteDb } from '../db/handle.ts'
import { appendLog } from './append.ts'
import type { Signer } from './entry.ts'
import { changeInSearch } from './search-index.ts'

/**
 * Erases personal values of one entry, with their salts: the commitment then says nothing, and the chain still holds. The entry
 * `personal.erased` says which, and is answered. Fails with `not-found` when none of them stands. Exports made before keep them.
 */
export const erasePersonal = (
  db: WriteDb,
  writer: Signer,
  at: number,
  seq: number,
  names: readonly string[],
): number => {
  const sql = 'UPDATE log_personal SET salt = NULL, value = NULL WHERE seq = ? AND name = ? AND value IS NOT NULL'
  let erased: string[] = []
  changeInSearch(db, seq, () => {
    erased = [...new Set(names)].filter(name => db.run(sql, [seq, name]) > 0)
  })
  if (erased.length === 0) throw new Failure('not-found')
  const facts = { entry: seq, names: erased.sort() }
  return appendLog(db, writer, at, { source: 'did', action: 'personal.erased', server: null, facts })
}
