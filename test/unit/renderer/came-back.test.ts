import { expect, test } from 'vitest'
import { changesSince, leaving } from '../../../src/renderer/src/features/reports/CameBack.tsx'
import type { Case } from '../../../src/renderer/src/features/reports/CaseHead.tsx'

type Given = { suspended?: boolean; limited?: boolean; frozen?: boolean | null; resolvedAt?: number | null }
const caseOf = (standings: Case['posts'][number]['standing'][], given: Given = {}) => {
  const { suspended = false, limited = false, frozen = false, resolvedAt = null } = given
  return {
    report: { resolvedAt },
    account: { flags: { suspended, limited, sensitive: false, frozen } },
    posts: standings.map((standing, index) => ({ id: String(index), standing })),
  } as Case
}

test('only what was done meanwhile is offered, and only while the report is open', () => {
  const left = leaving(caseOf(['there', 'hidden', 'not-looked'], { limited: true }))
  expect(changesSince(left, caseOf(['there', 'hidden', 'there'], { limited: true }))).toBeNull()
  expect(changesSince(left, caseOf(['hidden', 'hidden', 'out'], { limited: true, suspended: true }))).toEqual({
    flags: ['suspended'],
    posts: 2,
  })
  expect(changesSince(left, caseOf(['hidden', 'hidden', 'out'], { suspended: true, resolvedAt: 1 }))).toBeNull()
  // Lifted is not done to; what the server does not tell of a remote account is no change.
  expect(changesSince(left, caseOf(['there', 'hidden', 'untold'], { frozen: null }))).toBeNull()
})
