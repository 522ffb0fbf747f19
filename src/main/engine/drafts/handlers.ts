import type { drafts } from '../../../shared/contract/drafts.ts'
import type { Handlers } from '../../../shared/contract/method.ts'
import type { Context } from '../context.ts'
import { listDrafts, putDraft } from './table.ts'

/** Answers `drafts.*`. */
export const draftsHandlers = ({ gate, clock }: Pick<Context, 'gate' | 'clock'>): Handlers<typeof drafts, unknown> => ({
  'drafts.list': () => ({ drafts: gate.read(listDrafts) }),
  'drafts.keep': draft => {
    gate.write([], db => putDraft(db, draft, clock.now()))
    return {}
  },
})
