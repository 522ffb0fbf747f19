import type { Failure } from '../../../shared/contract/failure.ts'
import { lettersOf } from '../../../shared/domain-name.ts'
import { sayFailure } from '../../../shared/messages/say.ts'

/** Two columns wide in a terminal: East Asian wide and full-width forms, and pictures. */
const wide =
  /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{17000}-\u{18aff}\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\p{Emoji}\ufe0f/u
const nothing = /^[\p{Mark}\p{Default_Ignorable_Code_Point}]*$/u
let segmenter: Intl.Segmenter | undefined
/** Made when the first line is measured: making it takes some 10 ms of a start, and a door prints no tables. */
const segments = (text: string): Intl.Segments => {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return segmenter.segment(text)
}

/** How many columns a text takes in a terminal. */
export const displayWidth = (text: string): number => {
  let width = 0
  for (const { segment } of segments(text)) width += nothing.test(segment) ? 0 : wide.test(segment) ? 2 : 1
  return width
}

/** Cuts a text to some columns, with a mark where it was cut. */
export const cutTo = (text: string, columns: number): string => {
  if (displayWidth(text) <= columns) return text
  let kept = ''
  let width = 1
  for (const { segment } of segments(text)) {
    width += displayWidth(segment)
    if (width > columns) break
    kept += segment
  }
  return `${kept}…`
}

/**
 * A text of strangers as one harmless line: escape sequences, line breaks and controls that turn or hide text become visible marks,
 * since a terminal obeys them.
 */
export const plainLine = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .replace(
      /[\p{Cc}\p{Cs}\u00ad\u061c\u115f\u1160\u17b4\u17b5\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]|\u034f|[\u180b-\u180f]/gu,
      '\ufffd',
    )
    .trim()

/** A domain, or a handle, as one harmless line: its A-labels, and its own letters beside them. */
export const domainCell = (domain: string): string => plainLine(domain) + lettersOf(domain)

/** The sentence of a failure, in which what strangers said, such as a server's release, is one harmless line too. */
export const plainFailure = ({ code, detail }: Pick<Failure, 'code' | 'detail'>): string => {
  const plain = Object.entries(detail).map(([name, value]) => [
    name,
    typeof value === 'string' && name !== 'reason' ? plainLine(value) : value,
  ])
  return sayFailure({ code, detail: Object.fromEntries(plain) })
}

/** Rows with their columns under each other; the last column is left as it is. */
export const alignRows = (rows: readonly (readonly string[])[]): string[] => {
  const widths: number[] = []
  for (const row of rows)
    for (const [index, cell] of row.slice(0, -1).entries())
      widths[index] = Math.max(widths[index] ?? 0, displayWidth(cell))
  return rows.map(row =>
    row
      .map((cell, index) =>
        index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - displayWidth(cell)),
      )
      .join('  ')
      .trimEnd(),
  )
}

/** A moment as people in front of this computer write it: `2026-11-23 16:30`. */
export const showTime = (at: number | null): string => {
  if (at === null) return ''
  const date = new Date(at)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`
}

/** A moment in documents for programs. */
export const isoTime = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())
