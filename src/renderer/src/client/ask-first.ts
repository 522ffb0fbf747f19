import { create } from 'zustand'
import { Failure } from '../../../shared/contract/failure.ts'
import { ServerKey } from '../../../shared/contract/ids.ts'

/**
 * A decision that was not armed because the person is asked first: for the right to decide on its server, or whether a server other
 * than the one in view is meant. `what` is the decision in their words, `view` the server in view, `again` arms it after all.
 */
export type Asking = {
  about: 'rights' | 'elsewhere'
  server: ServerKey
  what: string
  view: string
  again(): void
}

/** What is asked, where something is. */
export const useAskFirst = create<{ asking: Asking | null }>(() => ({ asking: null }))

const reasons: Readonly<Record<string, Asking['about']>> = {
  'refusal.no-write-scope': 'rights',
  'refusal.other-server': 'elsewhere',
}

/** Whether a decision failed because the person is to be asked first; then they are, and it waits. `again` says whether elsewhere is meant. */
export const asksFirst = (
  error: unknown,
  { what, again, elsewhere }: { what: string; again(elsewhere: boolean): void; elsewhere: boolean },
): boolean => {
  if (!(error instanceof Failure)) return false
  const about = reasons[String(error.detail.reason)]
  const server = ServerKey.safeParse(error.detail.key).data
  if (!about || server === undefined) return false
  useAskFirst.setState({
    asking: {
      about,
      server,
      what,
      view: String(error.detail.view ?? ''),
      again: () => again(elsewhere || about === 'elsewhere'),
    },
  })
  return true
}
