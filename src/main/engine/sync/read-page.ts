import { Failure } from '../../../shared/contract/failure.ts'
import type { Cursor } from './cursor.ts'
import type { Reading, Since, StoredPage } from './list.ts'
import { endsOf } from './ord.ts'
import { askPage, mostOf, never, storePage } from './page.ts'
import { probe, sift, stepOver, tryPage } from './sift.ts'
import { around, numberOf, putSkipped, readSkipped, type Skipped, type Where } from './skipped.ts'
import { placeOf, putStumble, readStumble, type Stumble } from './stumble.ts'

/** What is left out is asked for again this often, and so is a search that found nothing begun again. */
const AGAIN_MS = 3_600_000
/** Places that one step asks for again. */
const MOST_AGAIN = 10
/** A list with more left out than this is not one with a few broken items. */
const MOST_SKIPPED = 100
/** Searches that one step may make, one after another. */
const MOST_SEARCHES = 3

/**
 * A page of a walk. `next`: where the walk goes on after it; null at the end of the list. `below`: it may show only what is below this
 * id; null where it begins with the newest.
 */
export type WalkPage = StoredPage & { next: string | null; below: string | null }

const skippedOf = ({ context, session, list }: Reading): Skipped[] =>
  context.gate.read(db => readSkipped(db, session.key, list.name))

const note = ({ context, session, list }: Reading, where: Where, stumble: Stumble | undefined): void =>
  context.gate.write([], db => putStumble(db, session.key, list.name, where, stumble))

/** One page, around what is left out. */
const turn = async (reading: Reading, cursor: Cursor, where: Where): Promise<WalkPage> => {
  const { asked, stop } = around(skippedOf(reading), where)
  const page = await askPage(reading, cursor, asked)
  const { highest, lowest } = endsOf(page.ids)
  const end = where.min === undefined ? lowest : highest
  return { ...page, next: page.full ? end : stop, below: asked.max ?? null }
}

const halfOf = (rows: number) => Math.max(1, Math.ceil(rows / 2))

/** The largest power of two below which a list can be read, where its newest item cannot be and no other is known. */
const startBelow = async (reading: Reading, cursor: Cursor): Promise<string> => {
  let [answers, fails] = [0, 63]
  while (fails - answers > 1) {
    const middle = (answers + fails) >> 1
    const page = await tryPage(() => askPage(reading, cursor, { max: String(2n ** BigInt(middle)), limit: 1 }))
    if (page instanceof Failure) fails = middle
    else answers = middle
  }
  return String(2n ** BigInt(answers))
}

/** A search: at what page the walk came upon it, what is known of it, and who is told of what comes on the way. */
type Search = { begun: Where; stumble: Stumble; since: Since; searches: number }

/**
 * Looks for what the server fails on: halves the page until one item is left, steps over it, and goes on beyond. Whatever answers on the
 * way is kept.
 */
const search = async (reading: Reading, cursor: Cursor, where: Where, by: Search): Promise<WalkPage> => {
  const { context, session, list } = reading
  const { begun, stumble, since, searches } = by
  const most = Math.min(mostOf(reading, cursor), where.limit ?? Number.POSITIVE_INFINITY)
  let { near } = stumble
  let limit = near === null ? most : halfOf(near)
  let page = await tryPage(() => turn(reading, cursor, { ...where, limit }))
  while (page instanceof Failure && limit > 1) {
    near = limit
    limit = halfOf(limit)
    page = await tryPage(() => turn(reading, cursor, { ...where, limit }))
  }
  if (!(page instanceof Failure)) {
    const left = near === null ? 0 : near - limit
    const place = left > 0 ? page.next : null
    const rows = stumble.rows + page.rows
    note(reading, begun, place === null ? undefined : { place, near: left, rows, gaveUpAt: null })
    return page
  }
  const failure = page
  const stop = (gaveUpAt: number | null): never => {
    note(reading, begun, { ...stumble, place: placeOf(begun), near: null, gaveUpAt })
    throw failure
  }
  const goOn = (from: Where) =>
    search(reading, cursor, from, { ...by, stumble: { ...stumble, near: null }, searches: searches + 1 })
  if (searches >= MOST_SEARCHES) return stop(null)
  if (where.min === undefined && where.max === undefined)
    return await goOn({ ...where, max: await startBelow(reading, cursor) })
  const over = await stepOver(reading, cursor, around(skippedOf(reading), where).asked)
  if (!over) return stop(context.clock.now())
  // Of what a sweep comes upon the rows are counted already.
  const counted = where.min !== undefined || cursor.complete === 0
  const { left, rows, exact } = await sift(reading, cursor, over.stretch, found =>
    storePage(reading, cursor, found, since, latest => (counted ? {} : { rows: latest.rows, bad: latest.bad })),
  )
  if (left.length > 0) {
    await probe(reading, cursor)
    const answered = exact || stumble.rows + over.rows + rows > 0
    if (!answered || skippedOf(reading).length + left.length > MOST_SKIPPED) return stop(context.clock.now())
    context.gate.write(['sync'], db => putSkipped(db, session.key, list.name, over.stretch, left, context.clock.now()))
  }
  return await goOn(where)
}

/** Where the search for what the newest page fails on begins: what came above the top is the gap's, and below it ids are known. */
const startOf = (where: Where, cursor: Cursor): Where => {
  const top = numberOf(cursor.top ?? undefined)
  return where.min === undefined && where.max === undefined && top !== undefined
    ? { ...where, max: String(top + 1n) }
    : where
}

/**
 * Reads one page of a walk. Where the server fails on it a second time, though it answers for the list, what it fails on is looked for
 * and left out; `since` is told of what comes on the way.
 */
export const readPage = async (reading: Reading, cursor: Cursor, where: Where, since: Since): Promise<WalkPage> => {
  const { context, session, list } = reading
  const stumble = context.gate.read(db => readStumble(db, session.key, list.name, where))
  const now = context.clock.now()
  const rests = stumble !== undefined && stumble.gaveUpAt !== null && now < stumble.gaveUpAt + AGAIN_MS
  if (stumble && !rests) {
    // One that is away as a whole is asked for nothing more than this.
    if (stumble.near === null) await probe(reading, cursor)
    return await search(reading, cursor, startOf(where, cursor), { begun: where, stumble, since, searches: 0 })
  }
  const page = await tryPage(() => turn(reading, cursor, where))
  if (page instanceof Failure) {
    if (!stumble) note(reading, where, { place: placeOf(where), near: null, rows: 0, gaveUpAt: null })
    throw page
  }
  if (stumble) note(reading, where, undefined)
  return page
}

/**
 * Asks once more for what was left out, an hour after the last time; what answers now is no longer left out. Says how many questions that
 * took.
 */
export const askSkipped = async (reading: Reading, cursor: Cursor): Promise<number> => {
  const { context, session, list } = reading
  const due = skippedOf(reading)
    .filter(({ triedAt }) => context.clock.now() >= triedAt + AGAIN_MS)
    .sort((one, other) => one.triedAt - other.triedAt)
    .slice(0, MOST_AGAIN)
  let questions = 0
  for (const stretch of due) {
    const store = (page: StoredPage) => storePage(reading, cursor, page, never, () => ({}))
    const { left, asked } = await sift(reading, cursor, stretch, store)
    questions += asked
    if (left.length > 0) await probe(reading, cursor)
    context.gate.write(['sync'], db => putSkipped(db, session.key, list.name, stretch, left, context.clock.now()))
  }
  return questions
}
