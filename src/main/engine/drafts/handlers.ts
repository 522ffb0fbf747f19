import type { Draft, drafts } from '../../../shared/contract/drafts.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Context } from '../context.ts'

/** So many are held; the one that was left alone the longest goes. */
const KEPT = 100

/** Answers `drafts.*`, out of memory alone. */
export const draftsHandlers = ({ gate }: Pick<Context, 'gate'>): Handlers<typeof drafts, unknown> => {
  const held = new Map<string, Draft>()
  return {
    'drafts.list': () => ({ drafts: [...held.values()] }),
    'drafts.keep': draft => {
      const place = `${draft.of} ${draft.key}`
      held.delete(place)
      if (Object.values(draft.words).some(words => words !== '')) held.set(place, draft)
      for (const [oldest] of held) {
        if (held.size <= KEPT) break
        held.delete(oldest)
      }
      gate.announce(['drafts'])
      return {}
    },
  }
}
