import { basename } from 'node:path'
import { Failure } from '../../../shared/contract/failure.ts'
import type { LogFormat, log } from '../../../shared/contract/log.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Gate } from '../db/gate.ts'
import type { ReadDb } from '../db/handle.ts'
import { type LogDraft, readHead } from './append.ts'
import { GENESIS } from './entry.ts'
import { erasePerson, touchedBy } from './erase.ts'
import { type Exported, type ExportTask, readServers } from './export.ts'
import { exportsFolder, freeExportFile, givenExportFile, onlyFromCli } from './export-file.ts'
import { signHeader } from './header.ts'
import { logPage } from './page.ts'
import { type LogTask, logTaskAnswers } from './tasks.ts'
import { removeParts, takeAway } from './whole-file.ts'
import type { Writer } from './writer.ts'

/** What the log's handlers stand on. `runTask` runs one of `logTasks` in the second worker, `logged` writes an entry. */
export type LogParts = {
  gate: Gate
  runTask(name: LogTask, data: unknown): Promise<unknown>
  now(): number
  writer: Writer
  /** The data folder. */
  folder: string
  logged(draft: LogDraft): unknown
  /** Writes what the vault's journal holds back into it: what was erased stands in the journal until then. */
  writeBack(): void
}

const TRIES = 3

const headOf = (db: ReadDb) => {
  const head = readHead(db)
  const count = db.get<{ n: number }>('SELECT count(*) AS n FROM log_entry')?.n ?? 0
  return { to: head?.seq ?? 0, head: head?.hash, count, servers: Object.fromEntries(readServers(db)) }
}

/** Answers `log.*`. Made once for a data folder: what an export that was killed left behind is removed then. */
export const logHandlers = (parts: LogParts): Handlers<typeof log, unknown> => {
  const { gate, runTask, now, writer, folder, logged, writeBack } = parts
  removeParts(exportsFolder(folder))

  const writeOnce = async (format: LogFormat, file: string, personal: boolean, at: number) => {
    const facts = gate.read(headOf)
    const task: ExportTask = {
      format,
      file,
      personal,
      to: facts.to,
      header: signHeader({ ...facts, at, personal }, writer),
    }
    const made = await runTask('log.export', task).catch(error => takeAway(file, error))
    return { ...logTaskAnswers['log.export'].parse(made), head: facts.head ?? GENESIS }
  }
  /** An erasure that came between is a reason to begin again, with the entry that tells of it. */
  const write = async (
    format: LogFormat,
    file: string,
    personal: boolean,
    at: number,
  ): Promise<Exported & { head: string }> => {
    for (let tried = 1; ; tried++) {
      try {
        return await writeOnce(format, file, personal, at)
      } catch (error) {
        const again = error instanceof Failure && error.detail.reason === 'export.erased-since'
        if (!again || tried >= TRIES) throw error
      }
    }
  }

  const hitsNow = async () => logTaskAnswers['log.hits'].parse(await runTask('log.hits', {}))
  return {
    'log.page': input => gate.read(db => logPage(db, input)),
    'log.touched': who => gate.read(db => touchedBy(db, who)),
    'log.erase': given => {
      const touched = gate.write(['log', 'decisions', 'notes', 'posts', 'drafts'], db =>
        erasePerson(db, writer, now(), given),
      )
      writeBack()
      return touched
    },
    'log.verify': async () => logTaskAnswers['log.verify'].parse(await runTask('log.verify', {})),
    'log.hits': async () => await hitsNow(),
    'log.export': async ({ format, file: given, personal, hits: shown }, { from }) => {
      if (given !== undefined) onlyFromCli(from)
      const at = now()
      const file = given === undefined ? freeExportFile(folder, 'howdah-log', format, at) : givenExportFile(given)
      const hits = personal ? 0 : (await hitsNow()).total
      // Whatever may name a person is shown to one before it is written.
      if (hits > shown) throw new Failure('conflict', { reason: 'export.hits', hits })
      const { entries, bytes, sha256, head } = await write(format, file, personal, at)
      const facts = { format, entries, bytes, sha256, personal, hits, head }
      logged({ source: 'did', action: 'log.exported', server: null, facts, personal: { file } })
      return { file, name: basename(file), entries, bytes, head }
    },
  }
}
