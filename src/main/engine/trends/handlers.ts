import { Failure } from '../../../shared/contract/failure.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { trends } from '../../../shared/contract/trends.ts'
import { askServer } from '../ask-server.ts'
import type { Context } from '../context.ts'
import { readTrends } from '../mastodon/endpoints/trends.ts'
import { releaseNumber } from '../mastodon/session.ts'
import { findServer } from '../servers/table.ts'
import { SINCE } from './kinds.ts'
import { readFamily } from './queue.ts'
import { putTrends, readTrend } from './table.ts'

/** Shows what trends, and reads it when a person asks; nothing of it is read by itself. */
export const trendsHandlers = (context: Context): Handlers<typeof trends, unknown> => ({
  'trends.list': ({ server, family }) => context.gate.read(db => readFamily(db, server, family, context.clock.now())),
  'trends.read': async ({ server, family }, { signal }) => {
    // Without the right the server answers with the public trends, and no word (contract B.3).
    const me = context.gate.read(db => findServer(db, server))
    if (!me?.role.manageTaxonomies) throw new Failure('not-allowed', { reason: 'refusal.role-trends' })
    if (family === 'publishers' && releaseNumber(me.release) < SINCE)
      throw new Failure('not-allowed', { reason: 'refusal.release-publishers' })
    const askedAt = context.clock.now()
    const items = await askServer(context, server, signal, (session, ended) =>
      readTrends(context.guard, session, family, 'interactive', ended),
    )
    const told = items.flatMap(item => readTrend(family, item) ?? [])
    context.gate.write(['trends'], db => putTrends(db, server, family, told, askedAt))
    return { count: told.length }
  },
})
