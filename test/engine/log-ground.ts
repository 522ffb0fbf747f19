import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openData, openForReading } from '../../src/main/engine/db/open.ts'
import { appendLog, type LogDraft, readHead } from '../../src/main/engine/log/append.ts'
import { type Exported, exportLog, readServers } from '../../src/main/engine/log/export.ts'
import { logHandlers } from '../../src/main/engine/log/handlers.ts'
import { signHeader } from '../../src/main/engine/log/header.ts'
import { logTasks } from '../../src/main/engine/log/tasks.ts'
import { newWriterSecret, writerOf } from '../../src/main/engine/log/writer.ts'

export const NOON = Date.UTC(2026, 10, 23, 12)

/** A temporary folder, gone when the test is over. */
export const tempFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'howdah-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A real data folder with a writer; tasks run in this thread, on a handle for reading of their own. */
export const openGround = () => {
  const folder = tempFolder()
  const data = openData(folder, NOON)
  const readers: { close(): void }[] = []
  onTestFinished(() => {
    for (const reader of readers) reader.close()
    data.close()
  })
  const writer = writerOf(newWriterSecret())
  const { gate } = data
  const reading = () => {
    const reader = openForReading(folder)
    readers.push(reader)
    return reader.db
  }
  const append = (draft: Partial<LogDraft>, at = NOON): number =>
    gate.write(['log'], db =>
      appendLog(db, writer, at, { source: 'did', action: 'decision.armed', server: 's1', facts: {}, ...draft }),
    )
  const exported = (format: 'csv' | 'jsonl', personal: boolean): Exported & { file: string } => {
    mkdirSync(join(folder, 'exports'), { recursive: true })
    const file = join(folder, 'exports', `${Math.random()}.${format}`)
    const db = reading()
    const head = readHead(db)
    const to = head?.seq ?? 0
    const header = signHeader(
      { at: NOON, to, count: to, head: head?.hash, personal, servers: Object.fromEntries(readServers(db)) },
      writer,
    )
    return { file, ...exportLog(db, { format, file, personal, to, header }) }
  }
  const handlers = logHandlers({
    gate,
    writer,
    folder,
    now: () => NOON,
    logged: append,
    writeBack: data.writeBack,
    runTask: async (name, given) => logTasks[name](reading, given),
  })
  const verify = () => logTasks['log.verify'](reading)
  return { folder, gate, writer, append, exported, handlers, verify, reading }
}

/** A log with the kinds of entries that a week makes, personal values among them. */
export const fill = (append: ReturnType<typeof openGround>['append'], entries: number): void => {
  for (let i = 1; i <= entries; i++) {
    append(
      {
        source: i % 5 === 0 ? 'saw' : 'did',
        action: i % 5 === 0 ? 'report.seen-resolved' : 'decision.armed',
        facts: { kind: 'account.limit', report: String(i), status: i % 2 ? 200 : null },
        ...(i % 3 === 0 ? { personal: { name: `@person${i}@away.example`, note: `why ${i}` } } : {}),
      },
      NOON + i,
    )
  }
}
