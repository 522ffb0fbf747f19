import type { Rung } from '../../../shared/contract/decisions.ts'

/** They say that there is nothing to it: it is left out. The right to file a report is asked for when it is armed. */
const pointless = [
  'refusal.forward-local',
  'refusal.delete-first-suspend',
  'refusal.role-delete',
  'refusal.own-account',
  'refusal.instance-actor',
]

/** What stands beside the rungs, without what has no point. */
export const asidesOf = (asides: readonly Rung[]): Rung[] =>
  asides
    .filter(
      ({ kind, refusal }) =>
        kind !== 'report.assign' && kind !== 'report.unassign' && !pointless.includes(refusal ?? ''),
    )
    .map(aside => (aside.refusal === 'refusal.report-scope' ? { ...aside, refusal: null } : aside))
