import type { Consequence } from '../../../shared/contract/decisions.ts'
import type { DomainMeasure } from '../../../shared/contract/domains.ts'

const says = (code: string, values: Consequence['values'] = {}, gone = false): Consequence => ({ code, values, gone })

/**
 * What the consequences of a decision are told from: the server's numbers where it was asked, the open reports held here, whether the
 * server talks to allowed domains alone (null where its release does not say), and whether this one is among them.
 */
export type Known = { measure: DomainMeasure | null; open: number; limited: boolean | null; allowed: boolean }

/** What each severity does, what refusing media adds, and what lifting, allowing and no longer allowing give and take (contract E.3, E.4). */
export const domainEffects = ({ measure, open, limited, allowed }: Known) => {
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
  const apart = limited === true && !allowed ? [says('effect.domain.not-allowed')] : []
  return {
    noop: [...apart, says('effect.domain.noop'), says('effect.domain.below')],
    silence: [
      ...apart,
      counted ? says('effect.domain.silence', { accounts }) : says('effect.domain.silence-unmeasured'),
      says('effect.domain.silence-keeps'),
      says('effect.domain.below'),
      says('effect.domain.silence-back'),
    ],
    suspend: [
      ...apart,
      ...destroys('effect.domain.suspend'),
      says('effect.domain.below'),
      ...(open > 0 ? [says('effect.domain.reports-stay', { open })] : []),
      says('effect.domain.tells'),
      says('effect.domain.suspend-back', { cut: counted ? cut : 1 }),
    ],
    media: [says('effect.domain.media', {}, true)],
    lift: [says('effect.domain.lift')],
    allow: [
      says(
        limited === null ? 'effect.domain.allow' : limited ? 'effect.domain.allow-limited' : 'effect.domain.list-idle',
      ),
    ],
    disallow:
      limited === false
        ? [says('effect.domain.list-idle')]
        : [
            says(limited === null ? 'effect.domain.disallow' : 'effect.domain.disallow-limited'),
            ...destroys('effect.domain.suspend'),
            says('effect.domain.disallow-back'),
          ],
  }
}
