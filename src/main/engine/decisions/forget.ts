import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { NOT_ENDED } from './journal.ts'

/** How many decisions about an account have not ended: they still need its name and the texts. */
export const undecidedAbout = (db: ReadDb, server: ServerKey, account: string): number =>
  db.get<{ n: number }>(`SELECT count(*) AS n FROM decision WHERE server = ? AND account_id = ? AND ${NOT_ENDED}`, [
    server,
    account,
  ])?.n ?? 0

const NAMED = `(account_name IS NOT NULL OR name <> '' OR text <> '' OR note <> '' OR fields <> '{}')`

/** How many decisions about an account hold its name, or texts. */
export const namedAbout = (db: ReadDb, server: ServerKey, account: string): number =>
  db.get<{ n: number }>(`SELECT count(*) AS n FROM decision WHERE server = ? AND account_id = ? AND ${NAMED}`, [
    server,
    account,
  ])?.n ?? 0

/** Erases name and texts from the decisions about an account; what was decided, when and how it ended stays. */
export const forgetNames = (db: WriteDb, server: ServerKey, account: string): void =>
  void db.run(
    `UPDATE decision SET account_name = NULL, name = '', text = '', note = '', fields = '{}', kept = '{}' WHERE server = ? AND account_id = ? AND ${NAMED}`,
    [server, account],
  )

/** Erases a handle from what batches are called. */
export const forgetInBatches = (db: WriteDb, handle: string): void =>
  void db.run(`UPDATE batch SET label = '' WHERE instr(lower(label), ?) > 0`, [handle.toLowerCase()])
