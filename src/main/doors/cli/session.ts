import type { Readable } from 'node:stream'
import type { Engine } from '../../../shared/contract/index.ts'
import { alignRows, cutTo } from './table.ts'
import type { Words } from './words.ts'

/** Where a command writes. `note` is for people who watch; only `out` is for programs. */
export type Printer = {
  out(text: string): void
  note(text: string): void
  /** Columns of the terminal, where there is one. */
  columns: number | undefined
}

/** What a command works with. */
export type Session = {
  words: Words
  print: Printer
  stdin: Readable
  enginePath: string
  /** Where this Howdah is installed. */
  root: string
  /** The data folder, not made yet. */
  folder: string
  /** The engine of the data folder, opened at the first call. Fails with the engine's own word about the folder. */
  engine(): Promise<Engine>
}

/** The exit code of a command: 0 done, 1 failed, 2 wrong use, 3 there are changes that were only shown. */
type Outcome = 0 | 1 | 2 | 3
export type Run = (session: Session) => Promise<Outcome>

/** What JSON leaves as it is, and a terminal obeys or hides. */
const OBEYED = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu
const escaped = (one: string) =>
  [...Array(one.length).keys()].map(at => `\\u${one.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')

/** One document for programs; a terminal that shows it takes nothing in it for an order. */
export const printJson = (print: Printer, document: unknown) =>
  print.out(`${JSON.stringify(document, null, 2).replace(OBEYED, escaped)}\n`)
/** Lines for people, or for tools that cut columns. */
export const printLines = (print: Printer, lines: readonly string[]) =>
  print.out(lines.map(line => `${line}\n`).join(''))
/** Rows under their head, for people or for tools that cut columns; in a terminal no longer than a line of it. */
export const printTable = (print: Printer, head: readonly string[], rows: readonly (readonly string[])[]) => {
  const { columns } = print
  for (const line of alignRows([head, ...rows])) print.out(`${columns === undefined ? line : cutTo(line, columns)}\n`)
}
