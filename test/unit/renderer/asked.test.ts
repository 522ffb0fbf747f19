import { expect, test } from 'vitest'
import { makeAsked } from '../../../src/renderer/src/features/posts/asked.ts'
import { Failure } from '../../../src/shared/contract/failure.ts'

const setUp = () => {
  const asked: { key: string; answer(text: string): void; refuse(error: unknown): void; signal: AbortSignal }[] = []
  const made = makeAsked<string>(
    (key, signal) => new Promise((answer, refuse) => asked.push({ key, answer, refuse, signal })),
  )
  return { asked, answers: () => made.store.getState().answers, ...made }
}

test('asked, shown, taken away again; the next asking reads anew', async () => {
  const { asked, ask, answers } = setUp()
  const first = ask('case 1', 'a')
  expect(answers()).toEqual({ a: { busy: true, data: null, failure: null } })
  asked[0]?.answer('thread')
  await first
  expect(answers()).toEqual({ a: { busy: false, data: 'thread', failure: null } })
  await ask('case 1', 'a')
  expect(answers()).toEqual({})
  void ask('case 1', 'a')
  expect(asked).toHaveLength(2)
})

test('a failure stands there, and the same press asks once more', async () => {
  const { asked, ask, answers } = setUp()
  const first = ask('case 1', 'a')
  asked[0]?.refuse(new Failure('offline'))
  await first
  expect(answers().a?.failure?.code).toBe('offline')
  void ask('case 1', 'a')
  expect([asked.length, answers().a?.busy]).toEqual([2, true])
})

test('what comes after its case was left, or after it was taken away, is not shown', async () => {
  const { asked, ask, answers, leave } = setUp()
  const first = ask('case 1', 'a')
  const other = ask('case 2', 'b')
  expect(asked[0]?.signal.aborted).toBe(true)
  asked[0]?.answer('too late')
  await first
  await ask('case 2', 'b')
  asked[1]?.answer('taken away')
  await other
  expect(answers()).toEqual({})
  leave()
  expect(answers()).toEqual({})
})
