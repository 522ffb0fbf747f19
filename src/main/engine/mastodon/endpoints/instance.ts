import { Failure } from '../../../../shared/contract/failure.ts'
import { InstanceEntity } from '../entities/instance.ts'
import { jsonOf } from '../outcome.ts'
import { type Guard, PATIENCE_MS } from '../request.ts'
import type { Session } from '../session.ts'

/** Who answers there (contract A.1); needs no token. `upstream` with reason when that is no Mastodon. */
export const fetchInstance = async (guard: Guard, session: Session, signal: AbortSignal): Promise<InstanceEntity> => {
  const exchange = await guard.exchange(session, { cls: 'interactive', signal, timeoutMs: PATIENCE_MS.single }, () =>
    session.api.v2.instance.fetch(),
  )
  if (exchange.fate === 'answered' && exchange.json === undefined)
    throw new Failure('upstream', { reason: 'failure.not-mastodon' })
  const instance = InstanceEntity.safeParse(jsonOf(exchange).json)
  if (!instance.success) throw new Failure('upstream', { reason: 'failure.not-mastodon' })
  return instance.data
}
