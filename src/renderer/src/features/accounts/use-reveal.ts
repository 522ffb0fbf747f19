import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { Account, PersonalData } from '../../../../shared/contract/accounts.ts'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import { say } from '../../../../shared/messages/say.ts'
import { systemClock } from '../../../../shared/system-clock.ts'
import { useEngine } from '../../client/engine.tsx'
import { announce } from '../../ui/announce.tsx'
import { makeReveal } from './reveal.ts'

/** What of an account's personal data is in view. `toggle` shows or masks it, `cover` masks it without a word. */
export type Reveal = { data: PersonalData | null; failure: Failure | null; toggle(): void; cover(): void }

/** What of an account is personal, as it comes: masked. */
export type Masked = Pick<Account, 'email' | 'address' | 'inviteLetters'>

/** True where the server gave something of it that is masked. */
export const hasPersonal = ({ email, address, inviteLetters }: Masked) =>
  email !== null || address !== null || inviteLetters !== null

/** The reveal of the case in view, named by `of`: whichever comes up next begins masked. */
export const useReveal = (
  of: string | undefined,
  server: ServerKey | undefined,
  account: (Masked & Pick<Account, 'id'>) | undefined,
  /** Where nothing of it is kept here, the server may be asked. */
  canAsk = false,
): Reveal => {
  const engine = useEngine()
  const [reveal] = useState(() =>
    makeReveal({
      clock: systemClock,
      ask: target => engine.call('accounts.reveal', target),
      tell: what => announce(say(what === 'shown' ? 'accounts.revealed' : 'accounts.covered')),
    }),
  )
  const state = useStore(reveal.store)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another case masks what the one before showed
  useEffect(() => reveal.cover, [reveal, of])
  const mine = of !== undefined && state.of === of
  return {
    data: mine ? state.data : null,
    failure: mine ? state.failure : null,
    cover: reveal.cover,
    toggle: () => {
      if (of === undefined || server === undefined || !account) return
      const isKept = hasPersonal(account)
      if (isKept || canAsk) void reveal.toggle(of, { server, account: account.id, ask: !isKept })
      else announce(say('accounts.nothing-personal'))
    },
  }
}
