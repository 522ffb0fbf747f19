import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Topic } from '../../../shared/contract/topics.ts'
import { type Gate, makeGate } from './gate.ts'
import { asStorageFailure, handleOf, harden, isDamage, type ReadDb } from './handle.ts'
import { lockFolder } from './lock.ts'
import { migrate } from './migrate.ts'
import { makePrivateFile } from './private-file.ts'
import { finishRestore } from './restore.ts'
import { finishSalvage, removeMirror, type Salvage, salvageVault } from './salvage.ts'

/** An opened data folder. `happened` tells what had to be mended at opening, for the log. */
export type Data = {
  gate: Gate
  /** Counts the mirrors that this folder has had: what was compared across two of them proves nothing. */
  generation(): number
  happened: { salvage: Salvage | null; mirrorRenewed: boolean }
  /** Deletes the mirror and begins a new one, after damage was found. */
  renewMirror(): void
  /** Writes the vault's journal back and empties it, as far as no other reader holds it. */
  writeBack(): void
  close(): void
}

const everyTopic: readonly Topic[] = [
  'servers',
  'reports',
  'campaigns',
  'accounts',
  'posts',
  'decisions',
  'log',
  'sync',
  'settings',
  'domains',
  'signups',
  'blocks',
]
const COPIES_KEPT = 7

/** Pragmas as they must read back. FULL: an acknowledged decision survives power loss; the mirror can be fetched again. */
const pragmas: readonly (readonly [string, string | number])[] = [
  ['main.journal_mode', 'wal'],
  ['mirror.journal_mode', 'wal'],
  ['main.synchronous', 2],
  ['mirror.synchronous', 1],
  ['foreign_keys', 1],
  ['trusted_schema', 0],
  ['cell_size_check', 1],
  ['secure_delete', 1],
  ['main.mmap_size', 0],
]
/**
 * Pages that a connection keeps of each file, in kB. What is not there comes from the system's own cache in microseconds: the mirror is
 * searched and put in order, the vault is read here and there, and more for either bought no time that could be measured.
 */
const CACHE_KB = { main: 4096, mirror: 16_384 }
/** Who reads every page once, in order, has no use for those it has read. */
const PASSING_CACHE_KB = 1024

const setPragmas = (raw: Database.Database) => {
  for (const [part, size] of Object.entries(CACHE_KB)) raw.pragma(`${part}.cache_size = -${size}`)
  raw.pragma('temp_store = MEMORY')
  raw.pragma('busy_timeout = 5000')
  for (const [name, value] of pragmas) {
    raw.pragma(`${name} = ${value}`)
    const now = raw.pragma(name, { simple: true })
    if (now !== undefined && now !== value) throw new Error(`pragma ${name} is ${now}, not ${value}`)
  }
}

const connectVault = (folder: string): Database.Database => {
  const file = join(folder, 'vault.db')
  makePrivateFile(file)
  const raw = new Database(file)
  try {
    harden(raw)
    raw.pragma('main.synchronous = FULL')
    migrate(raw, 'main')
    raw.prepare('SELECT count(*) FROM meta').get()
    return raw
  } catch (error) {
    raw.close()
    throw error
  }
}

const DAMAGE_MARK = 'vault.damaged'
class MarkedAsDamaged extends Error {}

/** Notes that `quick_check` found the vault damaged: it is salvaged when it is opened next. */
export const markVaultDamaged = (folder: string): void => writeFileSync(join(folder, DAMAGE_MARK), '', { mode: 0o600 })

const openVault = (folder: string, now: number): { raw: Database.Database; salvage: Salvage | null } => {
  finishSalvage(folder, now)
  finishRestore(folder, now)
  try {
    if (existsSync(join(folder, DAMAGE_MARK))) throw new MarkedAsDamaged()
    return { raw: connectVault(folder), salvage: null }
  } catch (error) {
    if (!isDamage(error) && !(error instanceof MarkedAsDamaged)) throw error
    const salvage = salvageVault(folder, now)
    rmSync(join(folder, DAMAGE_MARK), { force: true })
    return { raw: connectVault(folder), salvage }
  }
}

const attachMirror = (raw: Database.Database, file: string) => {
  makePrivateFile(file)
  raw.prepare('ATTACH ? AS mirror').run(file)
  migrate(raw, 'mirror')
  raw.prepare('SELECT count(*) FROM mirror.cursor').get()
}
const detachMirror = (raw: Database.Database) => {
  if (raw.prepare("SELECT 1 FROM pragma_database_list WHERE name = 'mirror'").get()) raw.exec('DETACH mirror')
}

const readMeta = (raw: Database.Database, name: string): string | undefined =>
  raw.prepare<[string], { value: string }>('SELECT value FROM meta WHERE name = ?').get(name)?.value
const writeMeta = (raw: Database.Database, name: string, value: string) =>
  raw.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run(name, value)

/**
 * Opens a data folder for writing and holds it. Fails with `owned`, `newer-data` or `storage`; a damaged mirror is deleted and
 * begun anew, a damaged vault is salvaged.
 */
export const openData = (folder: string, now: number): Data => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
    const release = lockFolder(folder)
    try {
      return openHeld(folder, now, release)
    } catch (error) {
      release()
      throw error
    }
  } catch (error) {
    throw asStorageFailure(error)
  }
}

const openHeld = (folder: string, now: number, release: () => void): Data => {
  const opened = openVault(folder, now)
  try {
    return openBeside(folder, release, opened)
  } catch (error) {
    opened.raw.close()
    throw error
  }
}

/** Adds the mirror to an opened vault. */
const openBeside = (folder: string, release: () => void, { raw, salvage }: ReturnType<typeof openVault>): Data => {
  const mirrorFile = join(folder, 'mirror.db')
  const begin = () => {
    detachMirror(raw)
    removeMirror(folder)
    attachMirror(raw, mirrorFile)
    writeMeta(raw, 'generation', String(Number(readMeta(raw, 'generation') ?? 1) + 1))
  }
  let mirrorRenewed = false
  try {
    attachMirror(raw, mirrorFile)
  } catch (error) {
    if (!isDamage(error)) throw error
    begin()
    mirrorRenewed = true
  }
  setPragmas(raw)
  const gate = makeGate(raw)
  return {
    gate,
    generation: () => Number(readMeta(raw, 'generation') ?? 1),
    happened: { salvage, mirrorRenewed },
    renewMirror: () => {
      begin()
      setPragmas(raw)
      gate.write(everyTopic, () => {})
    },
    writeBack: () => void raw.pragma('main.wal_checkpoint(TRUNCATE)'),
    close: () => {
      try {
        raw.pragma('main.wal_checkpoint(TRUNCATE)')
      } catch (error) {
        // What a full disk keeps in the journal is read from there the next time.
        if (asStorageFailure(error) === error) throw error
      } finally {
        raw.close()
        release()
      }
    },
  }
}

/**
 * Writes the day's copy of the vault unless it is there, and keeps the newest seven; `day` is `YYYY-MM-DD`. Reads every page, so
 * only for the second worker.
 */
export const copyVault = (folder: string, day: string): boolean => {
  const copies = join(folder, 'copies')
  mkdirSync(copies, { recursive: true, mode: 0o700 })
  const file = join(copies, `vault-${day}.db`)
  if (existsSync(file)) return false
  const part = `${file}.part`
  rmSync(part, { force: true })
  const raw = openInPassing(folder, 'vault.db')
  try {
    raw.prepare('VACUUM INTO ?').run(part)
  } catch (error) {
    // Half a copy helps nobody, and on a full disk it would keep the room.
    rmSync(part, { force: true })
    throw error
  } finally {
    raw.close()
  }
  chmodSync(part, 0o600)
  const written = openSync(part, 'r+')
  fsyncSync(written)
  closeSync(written)
  renameSync(part, file)
  const whole = readdirSync(copies).filter(name => name.endsWith('.db'))
  for (const old of whole.sort().slice(0, -COPIES_KEPT)) rmSync(join(copies, old))
  return true
}

/** One of the folder's files, for who reads all of it once. */
const openInPassing = (folder: string, file: 'vault.db' | 'mirror.db'): Database.Database => {
  const raw = harden(new Database(join(folder, file), { readonly: true }))
  raw.pragma(`cache_size = -${PASSING_CACHE_KB}`)
  return raw
}

/** Opens a folder's two files for reading only, beside its owner: for the second worker's long work. */
export const openForReading = (folder: string): { db: ReadDb; close(): void } => {
  const raw = harden(new Database(join(folder, 'vault.db'), { readonly: true }))
  raw.prepare('ATTACH ? AS mirror').run(join(folder, 'mirror.db'))
  return { db: handleOf(raw), close: () => void raw.close() }
}

/** Which of the two files `quick_check` finds damaged; reads every page, so only for the second worker. */
export const damagedParts = (folder: string): ('main' | 'mirror')[] => {
  const files = { main: 'vault.db', mirror: 'mirror.db' } as const
  return (['main', 'mirror'] as const).filter(part => {
    const raw = openInPassing(folder, files[part])
    try {
      return raw.pragma('quick_check(1)', { simple: true }) !== 'ok'
    } catch (error) {
      if (isDamage(error)) return true
      throw error
    } finally {
      raw.close()
    }
  })
}

/**
 * Loads SQLite itself, which else happens when a file is first opened: a thread that is ended in the middle of that takes its whole process
 * along.
 */
export const loadSqlite = (): void => void new Database(':memory:').close()
