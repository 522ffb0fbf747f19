import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { usePlace } from '../../../src/renderer/src/features/reports/use-place.ts'

/** A box that scrolls so far, and tells of it a frame later, as browsers do. */
const makeBox = (most: number) => {
  const listeners = new Set<() => void>()
  let [top, isMoved] = [0, false]
  const box = {
    get scrollTop() {
      return top
    },
    set scrollTop(to: number) {
      const before = top
      top = Math.min(most, Math.max(0, to))
      isMoved ||= top !== before
    },
    addEventListener: (_: string, listener: () => void) => void listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => void listeners.delete(listener),
  }
  const frame = () => {
    if (isMoved) for (const listener of listeners) listener()
    isMoved = false
  }
  return { box, frame, listeners }
}

const placeOn = (most: number) => {
  const { box, frame, listeners } = makeBox(most)
  const ref = { current: box as unknown as HTMLDivElement }
  let place: ReturnType<typeof usePlace> | undefined
  const List = () => {
    place = usePlace(ref)
    return null
  }
  renderToStaticMarkup(<List />)
  if (!place) throw new Error('not drawn')
  const told = vi.fn()
  const leave = place.observe({ scrollElement: ref.current } as never, told)
  return { place, box, frame, told, listeners, leave: () => leave?.() }
}

test('where we move a list to is told at once, and not a second time when the box says so', () => {
  const { place, box, frame, told } = placeOn(1_000)
  place.moveTo(400)
  expect(box.scrollTop).toBe(400)
  expect(told.mock.calls).toEqual([[400, false]])
  frame()
  expect(told).toHaveBeenCalledTimes(1)
})

test('a person who scrolls is heard, also right after a move of ours that led nowhere', () => {
  const { place, box, frame, told } = placeOn(1_000)
  box.scrollTop = 250
  frame()
  expect(told.mock.calls).toEqual([[250, true]])
  // It stands there already, or can go no further: the box says nothing of it, and the next scroll is the person's.
  place.moveTo(250)
  box.scrollTop = 1_000
  frame()
  place.moveTo(5_000)
  box.scrollTop = 900
  frame()
  expect(told.mock.calls.slice(1)).toEqual([
    [1_000, true],
    [900, true],
  ])
})

test('no further than it goes, and nothing once the list has gone', () => {
  const { place, frame, told, leave, listeners } = placeOn(300)
  place.moveTo(5_000)
  expect(told.mock.calls).toEqual([[300, false]])
  frame()
  leave()
  expect(listeners.size).toBe(0)
})
