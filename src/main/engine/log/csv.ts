import { inert, type Json } from './canonical.ts'
import { commitmentsIn, factsIn, readFacts } from './entry.ts'
import type { VaultRow } from './rows.ts'

const FORMULA = '[=+\\-@\\t\\r\\n\\0＝＋－＠]'
const BLANKS = '[\\s"\'\\uFEFF]*'
const STARTS = new RegExp(`^${BLANKS}${FORMULA}`)
// A spreadsheet that splits at semicolons or tabs sees further cells inside of ours.
const SPLITS = /[;\t\r\n]/
// Its blanks are none of these, so that a long run of them is looked at once.
const INSIDE = new RegExp(`([;\\t\\r\\n])(?=(?:[^\\S\\t\\r\\n]|["'\\uFEFF])*${FORMULA})`, 'g')

/**
 * A cell that no spreadsheet takes for a formula: where it begins, after blanks, quotes or a byte order mark, with `= + - @`, their
 * full-width forms, a tab, a line end or NUL, an apostrophe is put before it; also behind each `;`, tab and line end inside of it.
 */
export const safeCell = (text: string): string => {
  const inside = SPLITS.test(text) ? text.replace(INSIDE, "$1'") : text
  return STARTS.test(text) ? `'${inside}` : inside
}

/** What every CSV of ours begins with. */
export const CSV_START = 'seq,time (UTC),source,'

const columns = (personal: boolean) => [
  'seq',
  'time (UTC)',
  'source',
  'server',
  'action',
  'kind',
  'report',
  'account',
  'facts',
  personal ? 'personal' : 'personal (left out)',
  'erased',
  "hash (note: a ' stands before every = + - @ that a spreadsheet would take for a formula; this file cannot be verified, the JSON Lines export can)",
]

/** What a cell needs quotes for (RFC 4180). By hand, since a stream of a million rows takes a fifth longer through a library. */
const QUOTED = /[",\r\n]/
const quoted = (cell: string): string => (QUOTED.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
/** One row with its end. */
export const csvLine = (cells: readonly string[]): string => {
  let text = ''
  for (const [at, cell] of cells.entries()) text += at === 0 ? quoted(cell) : `,${quoted(cell)}`
  return `${text}\r\n`
}

/** The first row. */
export const csvHead = (personal: boolean): string => csvLine(columns(personal))

/** An id with its mark, so that a spreadsheet keeps all of its digits. */
const idCell = (id: Json | undefined): string =>
  typeof id === 'string' || typeof id === 'number' ? safeCell(`#${id}`) : ''
const textCell = (text: Json | undefined): string => (typeof text === 'string' ? safeCell(text) : '')

/** What a row is made of; `personal` is undefined where personal values are left out. */
export type CsvEntry = Omit<VaultRow, 'signature' | 'personal'> & { personal: VaultRow['personal'] | undefined }

const row = ({ body, hash, columns, personal }: CsvEntry, servers: ReadonlyMap<string, string>): string[] => {
  const { seq, at, source, action, server } = columns
  const text = factsIn(body)
  const facts = readFacts(text) ?? {}
  return [
    String(seq),
    new Date(at).toISOString(),
    source,
    server === null ? '' : safeCell(servers.get(server) ?? server),
    safeCell(action),
    textCell(facts.kind),
    idCell(facts.report),
    idCell(facts.account),
    safeCell(text),
    ...personalCells(body, personal),
    hash,
  ]
}

/** The values that still stand, as JSON, and the names of those that were erased. */
const personalCells = (body: string, personal: CsvEntry['personal']): [string, string] => {
  const commitments = commitmentsIn(body)
  if (!personal || commitments === '{}') return ['', '']
  const values: Record<string, string> = {}
  for (const name in personal) values[name] = personal[name]?.value ?? ''
  const erased = Object.keys(readFacts(commitments) ?? {}).filter(name => !Object.hasOwn(personal, name))
  return [safeCell(inert(JSON.stringify(values))), erased.join(' ')]
}

/** Rows of entries, CRLF-ended. `servers` gives the domain of a server's key. */
export const csvRows = (entries: readonly CsvEntry[], servers: ReadonlyMap<string, string>): string =>
  entries.map(entry => csvLine(row(entry, servers))).join('')
