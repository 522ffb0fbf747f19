import { useState } from 'react'
import type { DecisionKind, Fields } from '../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import { asksFirst } from '../client/ask-first.ts'
import { useEngine } from '../client/engine.tsx'
import { asFailure } from '../client/use-live.ts'
import { useBundle } from '../features/batches/store.ts'
import type { Deciding } from '../features/domains/deciding.ts'
import { announce } from '../ui/announce.tsx'
import { kindName } from '../ui/decision-words.ts'
import { backToRows } from './back-to-rows.ts'

/** Arms decisions about one domain; what went wrong stands until another one is in view or armed. */
export const useDomainDecide = (server: ServerKey | undefined, domain: string | null, onArmed: () => void) => {
  const engine = useEngine()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<{ of: string; says: NonNullable<Deciding['trouble']> }>()
  const of = `${server} ${domain}`
  const fail = (error: unknown) => {
    const says = asFailure(error)
    setTrouble({ of, says })
    announce(sayFailure(says))
  }
  const arm = async (
    kind: DecisionKind,
    fields: Fields,
    typed: string,
    onThis?: () => void,
    elsewhere = false,
  ): Promise<void> => {
    if (server === undefined || domain === null || busy) return
    setBusy(true)
    try {
      const subject = { of: 'domain', id: domain } as const
      await engine.call('decisions.arm', { server, subject, kind, fields, typed, view: server, elsewhere })
      setTrouble(undefined)
      onThis?.()
      backToRows(onArmed)
    } catch (error) {
      const again = (meant: boolean) => void arm(kind, fields, typed, onThis, meant)
      if (!asksFirst(error, { what: kindName(kind), again, elsewhere })) fail(error)
    } finally {
      setBusy(false)
    }
  }
  /** A suspended domain leaves its reports open (contract E.4): they are closed as a batch, seen before. */
  const closeReports = (asked: string) => {
    if (server === undefined) return
    engine.call('domains.openReports', { server, domain: asked }).then(({ ids }) => {
      if (ids.length === 0) return announce(say('domains.none-open'))
      const items = ids.map(id => ({ server, subject: { of: 'report' as const, id } }))
      useBundle.setState({ proposal: { kind: 'report.close', items, label: asked, of: asked, onArmed } })
    }, fail)
  }
  return { deciding: { arm, busy, trouble: trouble?.of === of ? trouble.says : null } satisfies Deciding, closeReports }
}
