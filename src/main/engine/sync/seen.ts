import type { Context } from '../context.ts'
import type { Reading } from './list.ts'

/** Looks once, when it is asked first, whether a server was put back. */
export const lookOnce = (look: () => Promise<boolean>): Reading['wentBack'] => {
  let answer: Promise<boolean> | undefined
  return () => {
    answer ??= look()
    return answer
  }
}

/** Thrown where something would be told as someone's doing before it was asked whether a backup did it. */
class Unasked extends Error {}

/** The engine as it stores what nobody did: what would be logged as seen ends the transaction. */
const unasked = (context: Context): Context => ({
  ...context,
  log: (db, draft) => {
    if (draft.source === 'saw' && draft.action !== 'server.seen-put-back') throw new Unasked()
    context.log(db, draft)
  },
})

/**
 * Stores what a server showed, in one transaction. Most of what changes there carries no time, so that what a backup undid looks like a
 * colleague's doing: where something would be told as such, it is asked first whether the server was put back. What it showed is of no use
 * then, and not stored.
 */
export const storeSeen = async (
  { context, wentBack }: Pick<Reading, 'context' | 'wentBack'>,
  store: (context: Context) => void,
): Promise<void> => {
  try {
    return store(unasked(context))
  } catch (error) {
    if (!(error instanceof Unasked)) throw error
  }
  if (!(await wentBack())) store(context)
}
