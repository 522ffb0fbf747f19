import { useState } from 'react'
import type { Input, Output } from '../../client/question.ts'
import { useLive } from '../../client/use-live.ts'

type Rows = Output<'blocks.page'>
type Asked = Omit<Input<'blocks.page'>, 'from' | 'count'>

/** Rows are read by the hundred, and the hundred before and after with them. */
const PAGE = 100

/** The blocks of one family: how many there are, and those near what is in view; a row that is not read yet is nothing. */
export const useBlockRows = (asked: Asked) => {
  const [start, show] = useState(0)
  const page = Math.floor(start / PAGE) * PAGE
  const here = useLive('blocks.page', { ...asked, from: page, count: 2 * PAGE })
  const above = useLive('blocks.page', page === 0 ? null : { ...asked, from: page - PAGE, count: PAGE })
  const known: Rows[] = [here.data, above.data, here.before].flatMap(each => each ?? [])
  return {
    total: (here.data ?? here.before)?.total,
    failure: here.failure,
    rowAt: (index: number) => {
      const part = known.find(each => index >= each.from && index < each.from + each.blocks.length)
      return part?.blocks[index - part.from]
    },
    /** Says where one looks. */
    show,
  }
}
