import { Failure } from './contract/failure.ts'

/** Codes of Node and SQLite, and what a person can do about them. */
const reasons: readonly (readonly [RegExp, string | null])[] = [
  // The index of its log is the first thing for which SQLite needs room.
  [/^(ENOSPC|EDQUOT|SQLITE_FULL|SQLITE_IOERR_SHMSIZE)$/, 'failure.disk-full'],
  [/^(EROFS|EACCES|EPERM|SQLITE_READONLY.*|SQLITE_PERM)$/, 'failure.not-writable'],
  [/^(EIO|ENOTDIR|ENAMETOOLONG|EMFILE|ENFILE|EFBIG|SQLITE_(CANTOPEN|IOERR).*)$/, null],
]

/** What the system, or SQLite, says of a disk that is full, not to be written, or broken; undefined when it is about something else. */
export const diskFailure = (error: unknown): Failure | undefined => {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return undefined
  const { code } = error
  const known = reasons.find(([shape]) => shape.test(code))
  return known && new Failure('storage', { disk: code, ...(known[1] === null ? {} : { reason: known[1] }) })
}
