import { expect, test } from 'vitest'
import { foldedTo, isFoldedIn } from '../../../src/renderer/src/features/reports/folds.ts'
import { nothingFolded } from '../../../src/shared/contract/reports.ts'

test('a group is folded and unfolded by its name, whether the others are or not', () => {
  for (const all of [false, true]) {
    const before = { ...nothingFolded, all }
    const changed = foldedTo(before, 'legal', !all)
    expect([isFoldedIn(changed, 'legal'), isFoldedIn(changed, 'single')]).toEqual([!all, all])
    expect(foldedTo(changed, 'legal', !all)).toBe(changed)
    expect(foldedTo(changed, 'legal', all)).toEqual(before)
  }
})

test('what is named stays within what the engine takes', () => {
  let folding = nothingFolded
  for (let n = 0; n < 5_003; n++) folding = foldedTo(folding, `target s1 ${n}`, true)
  expect(folding.but).toHaveLength(5_000)
  expect(isFoldedIn(folding, 'target s1 5002')).toBe(true)
})
