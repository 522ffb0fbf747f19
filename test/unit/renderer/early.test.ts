import { expect, test, vi } from 'vitest'
import { openEarly, takeEarly } from '../../../src/renderer/src/features/reports/early.ts'
import { contract } from '../../../src/shared/contract/index.ts'
import { ReportFilter } from '../../../src/shared/contract/reports.ts'
import { connect } from '../../../src/shared/contract/rpc.ts'
import { pairOfWires } from '../../../src/shared/contract/wires.ts'
import { systemClock } from '../../../src/shared/system-clock.ts'

test('the list that a start opens is asked for before anyone shows it, and given once, to whoever shows that very list soon', () => {
  const [near] = pairOfWires()
  const engine = connect(contract, async () => near, { clock: systemClock })
  const input = { filter: ReportFilter.parse({}), group: 'none', sort: 'newest' } as const
  const key = JSON.stringify(input)
  openEarly(engine, input)
  expect(takeEarly('another')).toBeUndefined()
  expect(takeEarly(key)).toBeUndefined()
  openEarly(engine, input)
  expect(takeEarly(key)).toBeInstanceOf(Promise)
  expect(takeEarly(key)).toBeUndefined()
  openEarly(engine, input)
  const later = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 6_000)
  expect(takeEarly(key)).toBeUndefined()
  later.mockRestore()
  engine.close()
})
