import { stringify } from 'csv-stringify/sync'
import { canonical, type Json } from './canonical.ts'
import { type Body, type Disclosed, readBody } from './entry.ts'

const FORMULA = '[=+\\-@\\t\\r\\n\\0＝＋－＠]'
const BLANKS = '[\\s"\'\\uFEFF]*'
const STARTS = new RegExp(`^${BLANKS}${FORMULA}`)
// A spreadsheet that splits at semicolons or tabs sees further cells inside of ours.
const INSIDE = new RegExp(`([;\\t\\r\\n])(?=${BLANKS}${FORMULA})`, 'g')

/**
 * A cell that no spreadsheet takes for a formula: where it begins, after blanks, quotes or a byte order mark, with `= + - @`, their
 * full-width forms, a tab, a line end or NUL, an apostrophe is put before it; also behind each `;`, tab and line end inside of it.
 */
export const safeCell = (text: string): string => {
  const inside = text.replace(INSIDE, "$1'")
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
  'hash',
  "note: a ' stands before every = + - @ that a spreadsheet would take for a formula; this file cannot be verified, the JSON Lines export can",
]

const write = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map(row => [...row]),
    { record_delimiter: '\r\n' },
  )

/** The first row. */
export const csvHead = (personal: boolean): string => write([columns(personal)])

/** An id with its mark, so that a spreadsheet keeps all of its digits. */
const idCell = (id: Json | undefined): string => (typeof id === 'string' || typeof id === 'number' ? `#${id}` : '')
const textCell = (text: Json | undefined): string => (typeof text === 'string' ? safeCell(text) : '')

/** One row's values. `personal` is undefined where personal values are left out. */
export type CsvEntry = { text: string; hash: string; personal: Record<string, Disclosed> | undefined }

/** The facts as the canonical body has them: sorted between the commitments and the key, and no text holds a bare quote. */
const factsIn = (body: string): string =>
  body.slice(body.indexOf('},"facts":') + '},"facts":'.length, body.lastIndexOf(',"key":{"id":'))

const row = ({ text, hash, personal }: CsvEntry, servers: ReadonlyMap<string, string>): string[] => {
  const body = readBody(text)
  if (!body) return ['', '', '', '', '', '', '', '', safeCell(text), '', '', hash, '']
  const { seq, at, source, server, action, facts } = body
  return [
    String(seq),
    new Date(at).toISOString(),
    source,
    safeCell(server === null ? '' : (servers.get(server) ?? server)),
    action,
    textCell(facts.kind),
    idCell(facts.report),
    idCell(facts.account),
    safeCell(factsIn(text)),
    ...personalCells(body, personal),
    hash,
    '',
  ]
}

const personalCells = ({ commitments }: Body, personal: CsvEntry['personal']): [string, string] => {
  if (!personal) return ['', '']
  const standing = Object.entries(personal).map(([name, { value }]) => [name, value] as const)
  const erased = Object.keys(commitments).filter(name => !Object.hasOwn(personal, name))
  return [
    standing.length > 0 ? safeCell(canonical(Object.fromEntries(standing))) : '',
    erased.length > 0 ? safeCell(erased.join(' ')) : '',
  ]
}

/** Rows of entries, CRLF-ended. `servers` gives the domain of a server's key. */
export const csvRows = (entries: readonly CsvEntry[], servers: ReadonlyMap<string, string>): string =>
  write(entries.map(entry => row(entry, servers)))
