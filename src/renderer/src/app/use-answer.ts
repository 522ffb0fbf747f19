import { useRef, useState } from 'react'
import type { Rung } from '../../../shared/contract/decisions.ts'
import type { Failure } from '../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import { asksFirst } from '../client/ask-first.ts'
import { dropDraft } from '../client/drafts.ts'
import { useEngine } from '../client/engine.tsx'
import { asFailure } from '../client/use-live.ts'
import type { Reasons } from '../features/decisions/SheetForm.tsx'
import { placeOf } from '../features/decisions/store.ts'
import { announce } from '../ui/announce.tsx'
import { doing, kindName } from '../ui/decision-words.ts'
import { signupSlot } from './use-decide.ts'

type Answer = 'signup.approve' | 'signup.reject'
type Person = { server: ServerKey; id: string }

/** Answers one person who waits: approving is armed at once, rejecting destroys and has its sheet first. */
export const useAnswer = (onArmed: () => void) => {
  const engine = useEngine()
  const [sheet, setSheet] = useState<{ person: Person; rung: Rung } | null>(null)
  const [trouble, setTrouble] = useState<Failure | null>(null)
  const busy = useRef(false)
  const failed = (error: unknown) => {
    const failure = asFailure(error)
    setTrouble(failure)
    announce(sayFailure(failure))
  }
  const once = async (run: () => Promise<void>) => {
    if (busy.current) return
    busy.current = true
    try {
      await run()
    } catch (error) {
      failed(error)
    } finally {
      busy.current = false
    }
  }
  const arm = (
    kind: Answer,
    { server, id }: Person,
    reasons: Partial<Reasons> = {},
    elsewhere = false,
  ): Promise<void> =>
    once(async () => {
      try {
        const subject = { of: 'signup', id } as const
        const { decision } = await engine.call('decisions.arm', { server, subject, kind, elsewhere, ...reasons })
        setTrouble(null)
        setSheet(null)
        dropDraft(placeOf(signupSlot({ server, id })))
        announce(say('signups.armed', { what: doing(kind), who: `@${decision.account?.username ?? ''}` }))
        onArmed()
      } catch (error) {
        const again = (meant: boolean) => void arm(kind, { server, id }, reasons, meant)
        if (!asksFirst(error, { what: kindName(kind), again, elsewhere })) failed(error)
      }
    })
  return {
    sheet,
    trouble,
    approve: (person: Person) => void arm('signup.approve', person),
    openReject: (person: Person) =>
      void once(async () => {
        const subject = { of: 'signup', id: person.id } as const
        const { rungs } = await engine.call('decisions.ladder', { server: person.server, subject })
        const rung = rungs.find(each => each.kind === 'signup.reject')
        if (rung) setSheet({ person, rung })
      }),
    reject: (reasons: Reasons) => {
      if (sheet) void arm('signup.reject', sheet.person, reasons)
    },
    closeSheet: () => setSheet(null),
  }
}
