import type { Batch } from '../../../shared/contract/batches.ts'
import type { Decision } from '../../../shared/contract/decisions.ts'
import { isHeld } from '../features/batches/words.ts'
import { lastHeld } from '../features/decisions/held.ts'

/** What the key that takes back means: the last that was armed and of which nothing has left, be it one decision or many; null where there is none. */
export const lastArmed = (
  decisions: readonly Decision[],
  batches: readonly Batch[],
): { of: 'batch' | 'decision'; id: string } | null => {
  const last = lastHeld(decisions)
  const [batch] = batches.filter(isHeld)
  if (batch && batch.armedAt >= (last?.armedAt ?? 0)) return { of: 'batch', id: batch.id }
  return last ? { of: 'decision', id: last.id } : null
}
