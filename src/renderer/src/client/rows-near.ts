import { useState } from 'react'
import type { Live } from './use-live.ts'

/** Rows are read by the hundred, and the hundred before and after with them. */
const PAGE = 100

/** Where one looks in a long list that is read in parts: what to ask for there and above it, as `from` and `count`. `show` says where that is. */
export const useNear = () => {
  const [start, show] = useState(0)
  const page = Math.floor(start / PAGE) * PAGE
  return {
    here: { from: page, count: 2 * PAGE },
    above: page === 0 ? null : { from: page - PAGE, count: PAGE },
    show,
  }
}

/** A part of a list, as an answer tells it. */
type Part = { from: number; total: number }

/** How many rows there are, and those that were read; one that is not read yet is nothing. `rowsOf`: the rows of an answer. */
export const rowsNear = <P extends Part, Row>(here: Live<P>, above: Live<P>, rowsOf: (part: P) => readonly Row[]) => {
  const known = [here.data, above.data, here.before].flatMap(part => part ?? [])
  return {
    total: (here.data ?? here.before)?.total,
    failure: here.failure,
    loading: here.loading,
    rowAt: (index: number): Row | undefined => {
      const part = known.find(each => index >= each.from && index < each.from + rowsOf(each).length)
      return part && rowsOf(part)[index - part.from]
    },
  }
}
