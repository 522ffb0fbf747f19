import type { Consequence } from '../../../shared/contract/decisions.ts'
import type { DomainMeasure } from '../../../shared/contract/domains.ts'

const says = (code: string, values: Consequence['values'] = {}, gone = false): Consequence => ({ code, values, gone })

/** What the consequences of a block are counted from: the server's numbers where it was asked, and the open reports held here. */
export type Known = { measure: DomainMeasure | null; open: number }

/** What each severity does, what refusing media adds, and what lifting and no longer allowing give and take (contract E.3, E.4). */
export const domainEffects = ({ measure, open }: Known) => {
  const accounts = measure?.accounts ?? null
  const follows = measure?.follows ?? null
  const followers = measure?.followers ?? null
  const counted = accounts !== null && follows !== null && followers !== null
  const cut = counted ? follows + followers : 0
  const destroys = (there: string): Consequence[] => [
    counted ? says(there, { accounts, statuses: measure?.statuses ?? 0 }) : says(`${there}-unmeasured`),
    counted
      ? says('effect.domain.follows', { follows, followers, cut }, cut > 0)
      : says('effect.domain.follows-unmeasured', {}, true),
    says('effect.domain.deleted', {}, true),
  ]
  return {
    noop: [says('effect.domain.noop'), says('effect.domain.below')],
    silence: [
      counted ? says('effect.domain.silence', { accounts }) : says('effect.domain.silence-unmeasured'),
      says('effect.domain.silence-keeps'),
      says('effect.domain.below'),
      says('effect.domain.silence-back'),
    ],
    suspend: [
      ...destroys('effect.domain.suspend'),
      says('effect.domain.below'),
      ...(open > 0 ? [says('effect.domain.reports-stay', { open })] : []),
      says('effect.domain.tells'),
      says('effect.domain.suspend-back', { cut: counted ? cut : 1 }),
    ],
    media: [says('effect.domain.media', {}, true)],
    lift: [says('effect.domain.lift')],
    disallow: [
      says('effect.domain.disallow'),
      ...destroys('effect.domain.suspend'),
      says('effect.domain.disallow-back'),
    ],
  }
}
