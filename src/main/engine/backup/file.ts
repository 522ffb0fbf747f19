import { createHash } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { Failure } from '../../../shared/contract/failure.ts'
import { checkFirstLine, FIRST_LINE, type Manifest, readManifest } from './manifest.ts'

/**
 * A backup is one file: the first line, the bytes of the vault, and the manifest as the last line, which stands there because it names
 * their hash.
 */
const CHUNK = 1 << 20
const LONGEST_MANIFEST = 16 << 10

/** The bytes of an open file from `from` to `to`, in pieces of which each is done with before the next. */
const piecesOf = function* (fd: number, from: number, to: number): Generator<Buffer> {
  const buffer = Buffer.allocUnsafe(CHUNK)
  for (let at = from; at < to; ) {
    const read = readSync(fd, buffer, 0, Math.min(CHUNK, to - at), at)
    if (read === 0) return
    yield buffer.subarray(0, read)
    at += read
  }
}

/** The bytes of a file. */
export const readPieces = function* (file: string): Generator<Buffer> {
  const fd = openSync(file, 'r')
  try {
    yield* piecesOf(fd, 0, fstatSync(fd).size)
  } finally {
    closeSync(fd)
  }
}

/** A backup that is open: its manifest, and its vault's bytes as they lie there. */
export type OpenBackup = { manifest: Manifest; pieces(): Generator<Buffer>; close(): void }

const textAt = (fd: number, from: number, length: number): string => {
  const buffer = Buffer.alloc(length)
  return buffer.toString('utf8', 0, readSync(fd, buffer, 0, length, from))
}

const unreadable = (error: unknown) =>
  !(error instanceof Failure) && error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? new Failure('not-found', { reason: 'export.unreadable', sys: error.code })
    : error

/**
 * Opens a backup and reads what it says of itself; its bytes are checked by who reads them. Fails with `not-found` where nothing can be
 * read, `invalid-input` for what is no backup or was changed, `newer-data` for one of a later form.
 */
export const openBackup = (file: string): OpenBackup => {
  let fd: number | undefined
  try {
    fd = openSync(file, 'r')
    const open = fd
    if (!fstatSync(open).isFile()) throw new Failure('invalid-input', { reason: 'backup.none' })
    const { size } = fstatSync(open)
    checkFirstLine(textAt(open, 0, 32))
    const from = Math.max(FIRST_LINE.length, size - LONGEST_MANIFEST)
    const tail = Buffer.alloc(size - from)
    readSync(open, tail, 0, tail.length, from)
    const end = tail.lastIndexOf(10, -2)
    const manifest = readManifest(tail.toString('utf8', end + 1))
    const to = FIRST_LINE.length + manifest.bytes
    // One line end stands between the vault and the last line.
    if (end < 0 || from + end !== to || tail.at(-1) !== 10)
      throw new Failure('invalid-input', { reason: 'backup.changed' })
    return { manifest, pieces: () => piecesOf(open, FIRST_LINE.length, to), close: () => closeSync(open) }
  } catch (error) {
    if (fd !== undefined) closeSync(fd)
    throw unreadable(error)
  }
}

/** Writes the vault's bytes out of a backup, through `open` where they are sealed. Fails with `invalid-input` where they were changed. */
export const takeOut = (backup: OpenBackup, into: string, open: (piece: Buffer | null) => Buffer): void => {
  const sum = createHash('sha256')
  const fd = openSync(into, 'w', 0o600)
  const put = (piece: Buffer) => {
    for (let done = 0; done < piece.length; ) done += writeSync(fd, piece, done)
  }
  try {
    for (const piece of backup.pieces()) {
      sum.update(piece)
      put(open(piece))
    }
    if (sum.digest('hex') !== backup.manifest.sha256) throw new Failure('invalid-input', { reason: 'backup.changed' })
    put(open(null))
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
