import { Failure } from '../../../shared/contract/failure.ts'
import type { LogVerdict } from '../../../shared/contract/log.ts'
import { isSigned, type Sealed, type Walk, walkFast } from './chain.ts'
import { CSV_START } from './csv.ts'
import { headerHash } from './entry.ts'
import { type Header, readHeader } from './header.ts'
import { linesOf, readLine } from './lines.ts'

const verdict = ({ bad, entries, head }: Walk): LogVerdict => ({ ok: bad === null, entries, firstBad: bad, head })

/** Verifies a log given entry by entry, with all personal values that still stand; `rows` is begun again to name a bad one. */
export const verifyLog = (rows: () => Iterable<Sealed | undefined>): LogVerdict =>
  verdict(walkFast(rows, { personal: 'all' }))

const badHeader: LogVerdict = { ok: false, entries: 0, firstBad: { seq: 0, why: 'verdict.header' }, head: '' }

const skipFirst = function* (file: string): Generator<Sealed | undefined> {
  const lines = linesOf(file)
  lines.next()
  for (const line of lines) yield line && readLine('body', line)
}

/**
 * Verifies an exported JSON Lines file from nothing but itself: its header, the whole chain, the values it discloses. Entry 0 is
 * the header. Fails with `invalid-input` for a CSV, which cannot be verified, and with `not-found` where there is no file.
 */
export const verifyExport = (file: string): LogVerdict => {
  const first = firstLine(file)
  if (first?.toString('latin1').startsWith(CSV_START))
    throw new Failure('invalid-input', { reason: 'export.csv-unverifiable' })
  const line = first && readLine('header', first)
  const header = line && readHeader(line.text.toString('utf8'))
  if (!line || !header || headerHash(line.text) !== line.hash) return badHeader
  if (!isSigned(header.key, line.hash, line.signature)) return badHeader
  const walk = walkFast(() => skipFirst(file), { personal: header.personal ? 'all' : 'none', count: header.count })
  if (walk.bad === null && !fits(header, walk)) return { ...badHeader, entries: walk.entries, head: walk.head }
  return verdict(walk)
}

/** The header is signed by who signed the newest entry, and names that one. */
const fits = (header: Header, { head, last }: Walk): boolean =>
  header.head === head && (last === undefined || last.body.key.publicKey === header.key.publicKey)

const firstLine = (file: string): Buffer | undefined => {
  try {
    const lines = linesOf(file)
    const { value } = lines.next()
    lines.return(undefined)
    return value ?? undefined
  } catch (error) {
    throw new Failure('not-found', { reason: 'export.unreadable', sys: codeOf(error) })
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
