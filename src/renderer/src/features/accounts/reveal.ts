import { createStore } from 'zustand'
import type { Clock } from '../../../../shared/clock.ts'
import type { PersonalData } from '../../../../shared/contract/accounts.ts'
import { Failure } from '../../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../../shared/contract/ids.ts'

/** How long personal data stays in view. */
export const SHOWN_MS = 60_000

/** What is in view now, and of which case; why the last try showed nothing. */
type Revealed = { of: string; data: PersonalData | null; failure: Failure | null }
const covered: Revealed = { of: '', data: null, failure: null }

/** Whose data; `ask`: it is not kept here, so the server is asked. */
type Revealing = { server: ServerKey; account: string; ask: boolean }

type Given = {
  clock: Clock
  /** Asks the engine, which logs it before it answers. */
  ask(target: Revealing): Promise<PersonalData>
  /** Says what happened to whoever cannot see it. */
  tell(what: 'shown' | 'masked'): void
}

/** Personal data of one case at a time, for a minute; an answer that comes too late for its case is never shown. */
export const makeReveal = ({ clock, ask, tell }: Given) => {
  const store = createStore<Revealed>(() => covered)
  let asking: string | null = null
  let stopClock = () => {}
  /** Masks without a word, since another case is in view. */
  const cover = () => {
    asking = null
    stopClock()
    store.setState(covered)
  }
  const mask = () => {
    cover()
    tell('masked')
  }
  return {
    store,
    cover,
    toggle: async (of: string, target: Revealing) => {
      if (store.getState().data !== null) return mask()
      // A second press while the first is on its way would be a second entry in the log.
      if (asking === of) return
      asking = of
      try {
        const data = await ask(target)
        if (asking !== of) return
        store.setState({ of, data, failure: null })
        stopClock = clock.after(SHOWN_MS, mask)
        tell('shown')
      } catch (error) {
        const failure = error instanceof Failure ? error : new Failure('internal')
        if (asking === of) store.setState({ of, data: null, failure })
      }
      asking = null
    },
  }
}
