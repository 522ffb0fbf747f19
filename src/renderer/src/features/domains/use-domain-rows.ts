import { useState } from 'react'
import type { Input, Output } from '../../client/question.ts'
import { useLive } from '../../client/use-live.ts'

type Rows = Output<'domains.list'>
type Asked = Omit<Input<'domains.list'>, 'from' | 'count'>

/** Rows are read by the hundred, and the hundred before and after with them. */
const PAGE = 100

/**
 * The table of blocks: how many there are, and those near what is in view. What changes is read again where one looks; a row that is
 * not read yet is nothing.
 */
export const useDomainRows = (asked: Asked) => {
  const [start, show] = useState(0)
  const page = Math.floor(start / PAGE) * PAGE
  const here = useLive('domains.list', { ...asked, from: page, count: 2 * PAGE })
  const above = useLive('domains.list', page === 0 ? null : { ...asked, from: page - PAGE, count: PAGE })
  const known: Rows[] = [here.data, above.data, here.before].flatMap(each => each ?? [])
  return {
    total: (here.data ?? here.before)?.total,
    failure: here.failure,
    loading: here.loading,
    rowAt: (index: number) => {
      const from = known.find(each => index >= each.from && index < each.from + each.rows.length)
      return from?.rows[index - from.from]
    },
    /** Says where one looks. */
    show,
  }
}
