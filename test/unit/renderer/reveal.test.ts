import { expect, test } from 'vitest'
import { makeReveal, SHOWN_MS } from '../../../src/renderer/src/features/accounts/reveal.ts'
import type { PersonalData } from '../../../src/shared/contract/accounts.ts'
import { Failure } from '../../../src/shared/contract/failure.ts'
import { ownClock } from './own-clock.ts'

const zaina: PersonalData = { email: 'zaina@post.example', address: '203.0.113.9', invite: null }
const target = { server: 's1', account: '7', ask: false }

const setUp = () => {
  const clock = ownClock()
  const asked: { answer(data: PersonalData): void; refuse(error: unknown): void }[] = []
  const told: string[] = []
  const reveal = makeReveal({
    clock,
    ask: () => new Promise<PersonalData>((answer, refuse) => asked.push({ answer, refuse })),
    tell: what => told.push(what),
  })
  /** Presses the key on a case, and lets the engine answer. */
  const shown = async (of: string) => {
    const pressed = reveal.toggle(of, target)
    asked.at(-1)?.answer(zaina)
    await pressed
  }
  return { clock, asked, told, shown, ...reveal }
}

test('what was asked for is shown for a minute, then masked by itself', async () => {
  const { clock, told, shown, store } = setUp()
  await shown('case 1')
  expect(store.getState()).toEqual({ of: 'case 1', data: zaina, failure: null })
  clock.advance(SHOWN_MS - 1)
  expect(store.getState().data).toEqual(zaina)
  clock.advance(1)
  expect(store.getState().data).toBeNull()
  expect(told).toEqual(['shown', 'masked'])
})

test('the same key masks again, and the next reveal has its whole minute', async () => {
  const { clock, asked, told, shown, store, toggle } = setUp()
  await shown('case 1')
  clock.advance(SHOWN_MS / 2)
  await toggle('case 1', target)
  expect(store.getState().data).toBeNull()
  expect(asked).toHaveLength(1)
  await shown('case 1')
  clock.advance(SHOWN_MS - 1)
  expect(store.getState().data).toEqual(zaina)
  expect(told).toEqual(['shown', 'masked', 'shown'])
})

test('another case masks without a word, and an answer that comes after it is never shown', async () => {
  const { clock, asked, told, shown, store, cover, toggle } = setUp()
  await shown('case 1')
  cover()
  expect(store.getState().data).toBeNull()
  const late = toggle('case 1', target)
  cover()
  asked.at(-1)?.answer(zaina)
  await late
  expect(store.getState().data).toBeNull()
  clock.advance(2 * SHOWN_MS)
  expect(told).toEqual(['shown'])
})

test('an answer for the case before neither shows nor hinders that of the next', async () => {
  const { asked, shown, store, cover, toggle } = setUp()
  const late = toggle('case 1', target)
  cover()
  await shown('case 2')
  asked[0]?.answer({ ...zaina, email: 'other@post.example' })
  await late
  expect(store.getState()).toEqual({ of: 'case 2', data: zaina, failure: null })
})

test('an impatient second press asks once, so that one entry is logged', async () => {
  const { asked, store, toggle } = setUp()
  const first = toggle('case 1', target)
  await toggle('case 1', target)
  asked[0]?.answer(zaina)
  await first
  expect(asked).toHaveLength(1)
  expect(store.getState().data).toEqual(zaina)
})

test('a refusal is shown with its case, and the next press asks again', async () => {
  const { asked, told, shown, store, toggle } = setUp()
  const pressed = toggle('case 1', target)
  const failure = new Failure('not-found', { reason: 'failure.personal-gone' })
  asked[0]?.refuse(failure)
  await pressed
  expect(store.getState()).toEqual({ of: 'case 1', data: null, failure })
  expect(told).toEqual([])
  await shown('case 1')
  expect(store.getState()).toEqual({ of: 'case 1', data: zaina, failure: null })
})
