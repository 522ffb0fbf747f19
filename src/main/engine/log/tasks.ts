import { z } from 'zod'
import { LogVerdict } from '../../../shared/contract/log.ts'
import type { ReadDb } from '../db/handle.ts'
import { Exported, ExportTask, exportLog } from './export.ts'
import { findHits, Hits } from './hits.ts'
import { sealedRows } from './rows.ts'
import { verifyExport, verifyLog } from './verify.ts'

/** A file to be verified, by its path. */
const VerifyFileTask = z.object({ file: z.string().min(1) })

/**
 * The log's long work, which only reads the vault: run in the second worker, with `open` giving a handle for reading. What they
 * are told and answer is copied between threads, so both ends parse it.
 */
export const logTasks = {
  'log.export': (open: () => ReadDb, data: unknown): Exported => exportLog(open(), ExportTask.parse(data)),
  'log.hits': (open: () => ReadDb): Hits => findHits(open()),
  'log.verify': (open: () => ReadDb): LogVerdict => {
    const db = open()
    return verifyLog(() => sealedRows(db))
  },
  /** Needs the file only: no vault is opened. */
  'log.verify-file': (_open: () => ReadDb, data: unknown): LogVerdict => verifyExport(VerifyFileTask.parse(data).file),
}
/** The name of one of these tasks. */
export type LogTask = keyof typeof logTasks

/** What a task answers, by its name. */
export const logTaskAnswers = {
  'log.export': Exported,
  'log.hits': Hits,
  'log.verify': LogVerdict,
  'log.verify-file': LogVerdict,
}
