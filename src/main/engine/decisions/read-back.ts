import type { ReadBack } from './kind.ts'

/** What a list shows of what was to be put on it: where not `all` of the list can be read, that it is not found shows nothing. */
export const shownBy = (isThere: boolean, all: boolean): ReadBack => {
  if (isThere) return { shows: 'done' }
  return all ? { shows: 'not-done', why: 'why.read-back-not' } : { shows: 'nothing' }
}
