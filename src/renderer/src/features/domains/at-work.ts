import type { Output } from '../../client/question.ts'

/** A block is worked through in the background, on a big domain for hours; by then it should be. */
const WORKS_MS = 86_400_000

type Known = Pick<Output<'domains.show'>, 'block' | 'decisions' | 'measure'>

/**
 * What the server's numbers show of a suspension that it may still be working through: `unasked` where they are older than that, else how
 * many follows and posts were left. Nothing says when it is through.
 */
export const atWork = ({ block, decisions, measure }: Known, now: number) => {
  if (block?.severity !== 'suspend') return null
  // What was limited before and suspended since keeps the day of its block.
  const ours = decisions
    .filter(({ state, fields }) => state === 'done' && fields.severity === 'suspend')
    .map(({ settledAt }) => settledAt ?? 0)
  const since = Math.max(block.createdAt, ...ours)
  if (now - since > WORKS_MS) return null
  if (measure === null || measure.at <= since) return 'unasked'
  return { follows: (measure.follows ?? 0) + (measure.followers ?? 0), statuses: measure.statuses ?? 0 }
}
