import type { Target } from '../../../../shared/contract/ids.ts'
import type { ReportRow } from '../../../../shared/contract/reports.ts'
import type { Lines } from './lines.ts'
import { sameTarget } from './store.ts'

/** How far is looked for the next one that is left. */
const FAR = 30

type Known = Pick<Lines, 'at' | 'count'>

/** The nearest row in a direction that `fits`, as far as the lines are known. */
const nearest = (
  lines: Known,
  from: number,
  step: 1 | -1,
  fits: (row: ReportRow) => boolean,
): ReportRow | undefined => {
  for (let index = from + step; index >= 0 && index < lines.count && Math.abs(index - from) <= FAR; index += step) {
    const line = lines.at(index)
    if (!line) return undefined
    if (line.line === 'report' && fits(line.row)) return line.row
  }
  return undefined
}

/** The report that a decision on this line most likely leads to; the engine knows. */
export const likelyNext = (lines: Known, index: number): ReportRow | undefined =>
  nearest(lines, index, 1, row => row.resolvedAt === null && row.decision === null && row.snooze === null)

/** Whether this line is about the account of that report, or may be. */
export const isAboutSame = (lines: Known, index: number, { server, target }: ReportRow): boolean => {
  const line = lines.at(index)
  return line?.line !== 'report' || (line.row.server === server && line.row.target.id === target.id)
}

const any = () => true
const targetOf = ({ server, id }: ReportRow): Target => ({ server, id })

/** The reports that a key could lead to from this line. `ahead`: the next, and where it is another, the one that a decision leads to. */
export const beside = (lines: Known, index: number): { ahead: Target[]; back: Target | undefined } => {
  const next = nearest(lines, index, 1, any)
  const left = likelyNext(lines, index)
  const back = nearest(lines, index, -1, any)
  const ahead = [...(next ? [next] : []), ...(left && !sameTarget(left, next) ? [left] : [])]
  return { ahead: ahead.map(targetOf), back: back && targetOf(back) }
}
