import type { ReadDb } from '../db/handle.ts'
import type { Sealed } from './chain.ts'
import type { Disclosed } from './entry.ts'

type Row = {
  seq: number
  at: number
  source: 'did' | 'saw'
  action: string
  server: string | null
  body: string
  hash: string
  signature: string
  name: string | null
  salt: string | null
  value: string | null
}

/** An entry as the vault holds it. */
export type VaultEntry = Required<Sealed> & { body: string }

/** The log as the vault holds it, oldest first, each entry with the personal values that still stand. One reading, one state. */
export const vaultRows = function* (db: ReadDb, upTo: number = Number.MAX_SAFE_INTEGER): Generator<VaultEntry> {
  const rows = db.each<Row>(
    `SELECT e.seq, e.at, e.source, e.action, e.server, e.body, e.hash, e.signature, p.name, p.salt, p.value
     FROM log_entry e LEFT JOIN log_personal p ON p.seq = e.seq WHERE e.seq <= @upTo ORDER BY e.seq, p.name`,
    { upTo },
  )
  let open: VaultEntry | undefined
  for (const { seq, at, source, action, server, body, hash, signature, name, salt, value } of rows) {
    if (open?.columns.seq !== seq) {
      if (open) yield open
      const personal: Record<string, Disclosed> = {}
      open = { hash, signature, personal, text: Buffer.from(body), body, columns: { seq, at, source, action, server } }
    }
    if (name !== null && salt !== null && value !== null) open.personal[name] = { salt, value }
  }
  if (open) yield open
}
