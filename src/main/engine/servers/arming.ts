import type { batches } from '../../../shared/contract/batches.ts'
import type { decisions } from '../../../shared/contract/decisions.ts'
import { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Context } from '../context.ts'
import { lacksRight } from './capabilities.ts'
import { findServer } from './table.ts'

type Both = Handlers<typeof decisions & typeof batches, unknown>

/** Stands before all arming: a token must be one for deciding, and what lies on another server than the one in view is asked about first. */
export const guardArming = (
  context: Context,
  ofDecisions: Handlers<typeof decisions, unknown>,
  ofBatches: Handlers<typeof batches, unknown>,
): Both => {
  const check = (
    kind: string,
    server: ServerKey,
    { view, elsewhere }: { view: ServerKey | null; elsewhere: boolean },
  ) => {
    const [there, here] = context.gate.read(db => [
      findServer(db, server),
      view === null ? undefined : findServer(db, view),
    ])
    if (!there) throw new Failure('not-found')
    if (here && here.key !== there.key && !elsewhere)
      throw new Failure('not-allowed', {
        reason: 'refusal.other-server',
        server: there.domain,
        view: here.domain,
        key: there.key,
      })
    if (lacksRight(there.scopes, kind))
      throw new Failure('not-allowed', { reason: 'refusal.no-write-scope', server: there.domain, key: there.key })
  }
  return {
    ...ofDecisions,
    ...ofBatches,
    'decisions.arm': (asked, call) => {
      check(asked.kind, asked.server, asked)
      return ofDecisions['decisions.arm'](asked, call)
    },
    'batches.arm': (asked, call) => {
      for (const server of new Set(asked.items.map(item => item.server))) check(asked.kind, server, asked)
      return ofBatches['batches.arm'](asked, call)
    },
  }
}
