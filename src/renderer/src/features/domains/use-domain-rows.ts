import type { Input } from '../../client/question.ts'
import { rowsNear, useNear } from '../../client/rows-near.ts'
import { useLive } from '../../client/use-live.ts'

type Asked = Omit<Input<'domains.list'>, 'from' | 'count'>

/** The table of blocks: how many there are, and those near what is in view. What changes is read again where one looks. */
export const useDomainRows = (asked: Asked) => {
  const { here, above, show } = useNear()
  const seen = useLive('domains.list', { ...asked, ...here })
  const over = useLive('domains.list', above && { ...asked, ...above })
  return { ...rowsNear(seen, over, page => page.rows), show }
}
