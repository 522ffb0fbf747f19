import { expect, test } from 'vitest'
import { watching } from '../../src/shared/contract/watching.ts'

test('the other end is told what is new at once, what is no more when the task is done, and nothing twice', async () => {
  const told: string[][] = []
  const { add, changed, tellAll } = watching(topics => told.push([...topics].sort()))
  const heard: string[] = []
  const stopA = add(['a', 'b'], () => heard.push('first'))
  expect(told.splice(0)).toEqual([['a', 'b']])
  add(['a'], () => heard.push('second'))
  expect(told.splice(0)).toEqual([])
  // A page that takes one part away and draws the next one watches the same as before.
  stopA()
  const stopB = add(['b', 'a'], () => heard.push('third'))
  await Promise.resolve()
  expect(told).toEqual([])
  changed(['b'])
  expect(heard.splice(0)).toEqual(['third'])
  stopB()
  stopB()
  expect(told).toEqual([])
  await Promise.resolve()
  expect(told.splice(0)).toEqual([['a']])
  add(['b'], () => {})
  expect(told.splice(0)).toEqual([['a', 'b']])
  // A wire that opened again knows nothing.
  tellAll()
  expect(told).toEqual([['a', 'b']])
})
