import type { Clock } from '../../shared/clock.ts'
import type { DecisionKind } from '../../shared/contract/decisions.ts'
import { accountKinds } from './accounts/decisions.ts'
import { makeDeleteKind } from './accounts/delete.ts'
import { blockKinds } from './blocks/kinds.ts'
import type { Kind } from './decisions/kind.ts'
import { domainAllowKinds } from './domains/allow-kinds.ts'
import { domainBlockKinds } from './domains/block-kinds.ts'
import { interestIn } from './interests/table.ts'
import { categoriseKind } from './reports/categorise.ts'
import { reportKinds } from './reports/decisions.ts'
import { forwardKind } from './reports/forward.ts'
import { signupKinds } from './signups/decisions.ts'
import { trendKinds } from './trends/kinds.ts'

/** What answers a report, or acts on an account, knows the interests of who decides; to take a case, or to give it back, hurts nobody. */
const knowingInterests = (kind: Kind): Kind =>
  kind.hasGrace && /^(report|account)\./.test(kind.kind)
    ? { ...kind, interest: (db, server, { account, report }) => interestIn(db, server, account?.id ?? null, report) }
    : kind

/** Every kind of decision, by name, in the order in which the ladder shows its rungs. */
export const allKinds = (clock: Clock): ReadonlyMap<DecisionKind, Kind> =>
  new Map(
    [
      ...reportKinds,
      categoriseKind,
      forwardKind,
      ...accountKinds,
      makeDeleteKind(clock),
      ...signupKinds,
      ...domainBlockKinds,
      ...domainAllowKinds,
      ...blockKinds,
      ...trendKinds,
    ].map(kind => [kind.kind, knowingInterests(kind)]),
  )
