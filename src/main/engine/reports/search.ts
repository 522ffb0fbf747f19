import type { ReadDb } from '../db/handle.ts'
import { searchExpression } from './words.ts'

/** Domains of the subscribed servers: their members are held without one. */
export const homesOf = (db: ReadDb): string[] =>
  db.all<{ key: string; domain: string }>('SELECT key, domain FROM server').map(({ domain }) => domain)

/**
 * The numbers of the reports, open and closed, whose words fit what was typed; null where nothing was typed to search for. They come as
 * one text, since handing over 60,000 rows one by one takes longer than finding them.
 */
export const searchReports = (db: ReadDb, typed: string): Int32Array | null => {
  const expression = searchExpression(typed, homesOf(db))
  if (expression === null) return null
  const found = db.get<{ numbers: string | null }>(
    'SELECT group_concat(rowid) AS numbers FROM mirror.report_text WHERE report_text MATCH ?',
    [expression],
  )?.numbers
  return found ? numbersIn(found) : new Int32Array(0)
}

const numbersIn = (text: string): Int32Array => {
  let numbers = new Int32Array(1024)
  let [count, number] = [0, 0]
  for (let at = 0; at <= text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 48 && code <= 57) {
      number = number * 10 + code - 48
      continue
    }
    if (count === numbers.length) {
      const wider = new Int32Array(count * 4)
      wider.set(numbers)
      numbers = wider
    }
    numbers[count++] = number
    number = 0
  }
  return numbers.subarray(0, count)
}
