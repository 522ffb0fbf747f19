import { MediaPlacesEntity } from '../entities/media.ts'
import { type Guard, PATIENCE_MS } from '../request.ts'
import type { Session } from '../session.ts'
import { entityIn } from './entity.ts'

/** Where the media of a report lies now: the report tells it also of posts that only some may see (contract E.2). */
export const fetchMediaPlaces = async (
  guard: Guard,
  session: Session,
  report: string,
  signal: AbortSignal,
): Promise<MediaPlacesEntity> => {
  const limits = { cls: 'interactive' as const, signal, timeoutMs: PATIENCE_MS.single }
  const path = `/api/v1/admin/reports/${encodeURIComponent(report)}`
  const exchange = await guard.exchange(session, limits, () => fetch(new URL(path, session.origin)))
  return entityIn(exchange, MediaPlacesEntity)
}
