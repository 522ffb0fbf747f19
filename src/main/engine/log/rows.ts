import type { ReadDb } from '../db/handle.ts'
import type { Sealed } from './chain.ts'
import type { Body, Disclosed } from './entry.ts'

/** What repeats the body, so that lists need not read it. */
type Columns = Pick<Body, 'seq' | 'at' | 'source' | 'action' | 'server'>
/** An entry as the vault holds it, with the personal values that still stand. */
export type VaultRow = {
  body: string
  hash: string
  signature: string
  columns: Columns
  personal: Record<string, Disclosed>
}

type PersonalRow = { seq: number; name: string } & Disclosed

/**
 * Hands out personal values by entry, in the order of the entries. Both readings run on one connection at once, so they see one
 * state of the vault.
 */
const personalAlong = (db: ReadDb, to: number) => {
  const rows = db.each<PersonalRow>(
    'SELECT seq, name, salt, value FROM log_personal WHERE seq <= @to AND value IS NOT NULL ORDER BY seq, name',
    { to },
  )
  let next = rows.next()
  return {
    of: (seq: number): Record<string, Disclosed> => {
      const personal: Record<string, Disclosed> = {}
      for (; !next.done && next.value.seq <= seq; next = rows.next()) {
        const { name, salt, value } = next.value
        if (next.value.seq === seq) personal[name] = { salt, value }
      }
      return personal
    },
    close: () => void rows.return?.(),
  }
}

const NONE: Record<string, Disclosed> = {}

/** The log up to `to`, oldest first, with or without personal values. */
export const vaultRows = function* (db: ReadDb, to: number, withPersonal: boolean): Generator<VaultRow> {
  const entries = db.each<Columns & { body: string; hash: string; signature: string }>(
    'SELECT seq, at, source, action, server, body, hash, signature FROM log_entry WHERE seq <= @to ORDER BY seq',
    { to },
  )
  let along: ReturnType<typeof personalAlong> | undefined
  try {
    for (const row of entries) {
      if (withPersonal) along ??= personalAlong(db, to)
      const { body, hash, signature } = row
      yield { body, hash, signature, columns: row, personal: along?.of(row.seq) ?? NONE }
    }
  } finally {
    along?.close()
  }
}

/** The whole log for verification. */
export const sealedRows = function* (db: ReadDb): Generator<Sealed> {
  for (const { body, ...row } of vaultRows(db, Number.MAX_SAFE_INTEGER, true)) yield { ...row, text: Buffer.from(body) }
}
