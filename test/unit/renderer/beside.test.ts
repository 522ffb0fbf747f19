import { expect, test } from 'vitest'
import { beside, isAboutSame, likelyNext } from '../../../src/renderer/src/features/reports/beside.ts'
import { standFor } from '../../../src/renderer/src/features/reports/bring.ts'
import type { ListLine } from '../../../src/shared/contract/reports.ts'

/** Lines by a letter each: a head, a report that is open (`s`: about the same account as the others of it), closed, decided or put off, and one that was not read. */
const linesOf = (letters: string) => ({
  count: letters.length,
  at: (index: number): ListLine | undefined => {
    const letter = letters[index]
    if (letter === undefined || letter === '?') return undefined
    if (letter === 'h') return { line: 'group', index } as ListLine
    return {
      line: 'report',
      index,
      row: {
        server: 's1',
        id: String(index),
        resolvedAt: letter === 'c' ? 1 : null,
        decision: letter === 'd' ? { state: 'held' } : null,
        snooze: letter === 'z' ? { until: 1 } : null,
        target: { id: letter === 's' ? 'same' : `account ${index}` },
      },
    } as ListLine
  },
})
const idsOf = (letters: string, index: number) => {
  const { ahead, back } = beside(linesOf(letters), index)
  return { ahead: ahead.map(({ id }) => id), back: back?.id }
}

test('the next row, and the one that a decision leads to where it is another', () => {
  expect(idsOf('hoooo', 2)).toEqual({ ahead: ['3'], back: '1' })
  expect(idsOf('hohoo', 1)).toEqual({ ahead: ['3'], back: undefined })
  expect(idsOf('oodczo', 1)).toEqual({ ahead: ['2', '5'], back: '0' })
  expect(idsOf('oodc', 1)).toEqual({ ahead: ['2'], back: '0' })
  expect(idsOf('o', 0)).toEqual({ ahead: [], back: undefined })
  // Before the first line: what was asked for is not in the list.
  expect(idsOf('hoo', -1)).toEqual({ ahead: ['1'], back: undefined })
})

test('nothing is guessed behind lines that were not read', () => {
  expect(idsOf('?od?o', 1)).toEqual({ ahead: ['2'], back: undefined })
  expect(likelyNext(linesOf('o?'), 0)).toBeUndefined()
})

test('whether a decision concerns the report that it leads to: it does where they are about one account, or nobody knows', () => {
  const concerns = (letters: string, index: number) => {
    const lines = linesOf(letters)
    const next = likelyNext(lines, index)
    return next && [next.id, isAboutSame(lines, index, next)]
  }
  expect(concerns('oo', 0)).toEqual(['1', false])
  expect(concerns('ss', 0)).toEqual(['1', true])
  expect(concerns('sdo', 0)).toEqual(['2', false])
  expect(concerns('ho', 0)).toEqual(['1', true])
})

test('a list stands where it is while the line is in view, else it goes no further than it must', () => {
  const box = { top: 320, height: 640 }
  const at = (index: number) => standFor({ start: index * 32, line: 32 }, box)
  expect([at(11), at(29)]).toEqual([undefined, undefined])
  expect(at(30)).toBe(31 * 32 - 640)
  expect(at(60)).toBe(61 * 32 - 640)
  // Under the head that sticks to the top.
  expect(at(10)).toBe(9 * 32)
  expect(at(0)).toBe(0)
})
