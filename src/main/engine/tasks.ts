import { WriteBackup, writeBackup } from './backup/write.ts'
import type { ReadDb } from './db/handle.ts'
import { copyVault, damagedParts, openForReading } from './db/open.ts'
import { logTasks } from './log/tasks.ts'

/** Long work that only reads, for the second worker: so the desk never waits for it. */
const tasks: Record<string, (open: () => ReadDb, data: unknown, folder: string) => unknown> = {
  ...logTasks,
  /** Which files are damaged: `main`, `mirror`. */
  'data.check': (_open, _data, folder) => damagedParts(folder),
  /** The vault's copy of a day, `YYYY-MM-DD`. */
  'data.copy': (_open, day, folder) => copyVault(folder, String(day)),
  /** A backup, to a file that a person named. */
  'backup.write': (_open, data, folder) => writeBackup(folder, WriteBackup.parse(data)),
}

/** Runs one task by its name. `folder` is the data folder, which some tasks need not open. */
export const runTaskHere = (name: string, folder: string, data: unknown): unknown => {
  const task = tasks[name]
  if (!task) throw new Error(`no task ${name}`)
  let handle: ReturnType<typeof openForReading> | undefined
  const open = (): ReadDb => {
    handle ??= openForReading(folder)
    return handle.db
  }
  try {
    return task(open, data, folder)
  } finally {
    handle?.close()
  }
}
