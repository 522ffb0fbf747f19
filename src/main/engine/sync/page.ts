import { Failure } from '../../../shared/contract/failure.ts'
import { type Cursor, halvePage, readCursor, writeCursor } from './cursor.ts'
import type { Reading, Since, StoredPage } from './list.ts'
import { BEYOND, ordOf } from './ord.ts'
import { storeSeen } from './seen.ts'
import type { Where } from './skipped.ts'

/** How many rows a page may have at most. */
export const mostOf = ({ list, session }: Reading, cursor: Cursor): number =>
  Math.min(cursor.page_size, list.most(session))

/** A page with an id beyond what was asked for answers another question: it is refused whole, else it would be asked for ever. */
const refuseOthers = ({ ids }: StoredPage, { min, max, since }: Where) => {
  const from = min ?? since
  const [above, below] = [from === undefined ? '' : ordOf(from), max === undefined ? BEYOND : ordOf(max)]
  const isAsked = (ord: string) => above < ord && ord < below
  if (!ids.every(id => isAsked(ordOf(id)))) throw new Failure('upstream', { reason: 'failure.no-progress' })
}

/**
 * Reads one page. Where it was too large or too slow, the next try asks for half; where the server says that it is not for us, that is
 * remembered.
 */
export const askPage = async (reading: Reading, cursor: Cursor, where: Where): Promise<StoredPage> => {
  const { context, session, list, cls, signal } = reading
  const most = mostOf(reading, cursor)
  const limit = Math.min(most, where.limit ?? most)
  try {
    const page = await list.read(context, session, { ...where, limit, cls, signal })
    refuseOthers(page, where)
    return page
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    if (error.code === 'timeout' || error.detail.reason === 'failure.too-large')
      context.gate.write(['sync'], db => halvePage(db, session.key, list.name, most))
    if (error.code === 'not-allowed' || error.code === 'not-found')
      context.gate.write(['sync'], db =>
        writeCursor(db, session.key, list.name, {
          ...readCursor(db, session.key, list.name),
          refused_at: context.clock.now(),
        }),
      )
    throw error
  }
}

/** True when the mirror was begun anew since the cursor was read: what was asked for by it says nothing about a list that is not read yet. */
export const wasBegunAnew = (before: Cursor, latest: Cursor): boolean => latest.pages < before.pages

/** Stores a page that was asked for by `cursor`, and moves the cursor in the same transaction, from where it stands by then. */
export const storePage = async (
  reading: Reading,
  cursor: Cursor,
  page: StoredPage,
  since: Since,
  move: (latest: Cursor) => Partial<Cursor>,
): Promise<void> => {
  const { session, list } = reading
  await storeSeen(reading, context => {
    const begunAnew = wasBegunAnew(
      cursor,
      context.gate.read(db => readCursor(db, session.key, list.name)),
    )
    page.store(context, begunAnew ? never : since, db => {
      const latest = readCursor(db, session.key, list.name)
      if (wasBegunAnew(cursor, latest)) return
      const count = {
        pages: latest.pages + 1,
        ms: latest.ms + page.ms,
        rows: latest.rows + page.rows,
        bad: latest.bad + page.bad,
      }
      writeCursor(db, session.key, list.name, { ...latest, ...count, refused_at: null, ...move(latest) })
    })
  })
}

/** What was always there, as far as is known: nobody is seen to have added it. */
export const never: Since = () => null
