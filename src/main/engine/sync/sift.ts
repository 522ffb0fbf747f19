import { Failure } from '../../../shared/contract/failure.ts'
import { isStumble } from '../mastodon/outcome.ts'
import type { Cursor } from './cursor.ts'
import type { Reading, StoredPage } from './list.ts'
import { endsOf } from './ord.ts'
import { askPage } from './page.ts'
import { HIGHEST, numberOf, type Stretch, type Where } from './skipped.ts'

/** A search takes so many questions at most, and a few more for what it has halved and not asked for yet. */
const MOST_QUESTIONS = 48
/** Each step past what cannot be read is so many times as long as the one before: ids are counted, or made of a time. */
const STRIDE = 16n

/** A page, or the server's own failure in its place; every other failure is thrown. */
export const tryPage = async <Page>(ask: () => Promise<Page>): Promise<Page | Failure> => {
  try {
    return await ask()
  } catch (error) {
    if (isStumble(error)) return error
    throw error
  }
}

/** Fails where it is the whole list that the server fails on: between two ids that follow each other there is nothing to stumble over. */
export const probe = async (reading: Reading, cursor: Cursor): Promise<void> =>
  void (await askPage(reading, cursor, { min: '0', max: '1', limit: 1 }))

/**
 * The ids that a walk has to step over when the very next item cannot be read, up to where another one answers or the list ends. `rows`:
 * how many did answer there. Nothing where ids are no numbers.
 */
export const stepOver = async (
  reading: Reading,
  cursor: Cursor,
  asked: Where,
): Promise<{ stretch: Stretch; rows: number } | undefined> => {
  const up = asked.min !== undefined
  const from = numberOf(up ? asked.min : asked.max)
  if (from === undefined) return undefined
  const end = up ? (numberOf(asked.max) ?? HIGHEST) - 1n : (numberOf(asked.since) ?? 0n) + 1n
  for (let stride = 1n; ; stride *= STRIDE) {
    const to = up ? from + stride : from - stride
    if (up ? to >= end : to <= end)
      return { stretch: up ? { low: from + 1n, high: end } : { low: end, high: from - 1n }, rows: 0 }
    const where = { ...asked, ...(up ? { min: String(to) } : { max: String(to) }), limit: 1 }
    const page = await tryPage(() => askPage(reading, cursor, where))
    if (page instanceof Failure) continue
    return { stretch: up ? { low: from + 1n, high: to } : { low: to, high: from - 1n }, rows: page.rows }
  }
}

/**
 * Reads a stretch of ids by halves, stores what answers, and gives what is `left`: each part of it was asked for by itself and failed.
 * `exact`: each is one id only, since the questions lasted. Whatever is left wider is sifted further the next time.
 */
export const sift = async (
  reading: Reading,
  cursor: Cursor,
  stretch: Stretch,
  store: (page: StoredPage) => Promise<void>,
): Promise<{ left: Stretch[]; asked: number; rows: number; exact: boolean }> => {
  const left: Stretch[] = []
  const toAsk = [stretch]
  let [asked, rows] = [0, 0]
  for (let part = toAsk.shift(); part !== undefined; part = toAsk.shift()) {
    const { low, high } = part
    const where = { min: String(low - 1n), max: String(high + 1n) }
    const page = await tryPage(() => askPage(reading, cursor, where))
    asked++
    if (page instanceof Failure) {
      if (low === high || asked >= MOST_QUESTIONS) left.push(part)
      else {
        const middle = (low + high) / 2n
        toAsk.push({ low: middle + 1n, high }, { low, high: middle })
      }
      continue
    }
    await store(page)
    rows += page.rows
    const highest = numberOf(endsOf(page.ids).highest ?? undefined)
    if (page.full && highest !== undefined && highest < high) toAsk.push({ low: highest + 1n, high })
  }
  return { left, asked, rows, exact: left.every(({ low, high }) => low === high) }
}
