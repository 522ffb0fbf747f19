import type { lookalikes } from '../../../shared/contract/lookalikes.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Context } from '../context.ts'
import { listLookalikes } from './table.ts'

/** Tells which domains are not what they seem. */
export const lookalikesHandlers = ({ gate }: Context): Handlers<typeof lookalikes, unknown> => ({
  'lookalikes.list': () => gate.read(db => ({ lookalikes: listLookalikes(db) })),
})
