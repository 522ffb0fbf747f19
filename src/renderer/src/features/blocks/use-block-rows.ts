import type { Input } from '../../client/question.ts'
import { rowsNear, useNear } from '../../client/rows-near.ts'
import { useLive } from '../../client/use-live.ts'

type Asked = Omit<Input<'blocks.page'>, 'from' | 'count'>

/** The blocks of one family: how many there are, and those near what is in view. */
export const useBlockRows = (asked: Asked) => {
  const { here, above, show } = useNear()
  const seen = useLive('blocks.page', { ...asked, ...here })
  const over = useLive('blocks.page', above && { ...asked, ...above })
  return { ...rowsNear(seen, over, page => page.blocks), show }
}
