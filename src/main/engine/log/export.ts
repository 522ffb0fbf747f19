import { z } from 'zod'
import { Failure } from '../../../shared/contract/failure.ts'
import { LogFormat } from '../../../shared/contract/log.ts'
import type { ReadDb } from '../db/handle.ts'
import { type CsvEntry, csvHead, csvRows } from './csv.ts'
import { writeLine } from './lines.ts'
import { vaultRows } from './rows.ts'
import { writeWhole } from './whole-file.ts'

/** What the second worker is told to write: `to` is the newest entry, `header` the signed first line of a JSON Lines file. */
export const ExportTask = z.object({
  format: LogFormat,
  file: z.string(),
  personal: z.boolean(),
  to: z.int(),
  header: z.string(),
})
export type ExportTask = z.infer<typeof ExportTask>

/** What was written. */
export const Exported = z.object({ entries: z.int(), bytes: z.int(), sha256: z.string() })
export type Exported = z.infer<typeof Exported>

/** The domain behind each server's key. */
export const readServers = (db: ReadDb): Map<string, string> =>
  new Map(
    db
      .all<{ key: string; domain: string }>('SELECT key, domain FROM server ORDER BY key')
      .map(({ key, domain }) => [key, domain]),
  )

const ROWS_AT_ONCE = 100

const writeCsv = (db: ReadDb, task: ExportTask, write: (text: string) => void): number => {
  const servers = readServers(db)
  let entries = 0
  let waiting: CsvEntry[] = []
  const flush = () => {
    if (waiting.length > 0) write(csvRows(waiting, servers))
    entries += waiting.length
    waiting = []
  }
  write(csvHead(task.personal))
  for (const { body, hash, columns, personal } of vaultRows(db, task.to, task.personal)) {
    waiting.push({ body, hash, columns, personal: task.personal ? personal : undefined })
    if (waiting.length >= ROWS_AT_ONCE) flush()
  }
  flush()
  return entries
}

const writeLines = (db: ReadDb, task: ExportTask, write: (text: string) => void): number => {
  let entries = 0
  write(`${task.header}\n`)
  for (const { body, hash, signature, personal } of vaultRows(db, task.to, task.personal)) {
    write(`${writeLine('body', { hash, signature, personal, text: body })}\n`)
    entries += 1
  }
  return entries
}

/**
 * Writes the log up to `to` into a new file, streaming; the same task gives the same bytes. Fails as `writeWhole` does, and with
 * `conflict` when a personal value was erased since the task was made: its value would be missing without an entry that says why.
 */
export const exportLog = (db: ReadDb, task: ExportTask): Exported => {
  let entries = 0
  const written = writeWhole(task.file, write => {
    entries = task.format === 'csv' ? writeCsv(db, task, write) : writeLines(db, task, write)
    const erased = "SELECT 1 FROM log_entry WHERE action = 'personal.erased' AND seq > @to LIMIT 1"
    if (task.personal && db.get(erased, { to: task.to }))
      throw new Failure('conflict', { reason: 'export.erased-since' })
  })
  return { entries, ...written }
}
