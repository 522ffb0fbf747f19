import { beforeEach, expect, test } from 'vitest'
import {
  dropDraft,
  fieldHasFocus,
  keepDraft,
  leaveField,
  openField,
  slotOf,
  useWriting,
} from '../../../src/renderer/src/features/notes/store.ts'

beforeEach(() => useWriting.setState({ open: null, wanted: false, drafts: {} }))

test('leaving a field keeps what stands in it, for its own account only', () => {
  const [one, other] = [slotOf('s1', '7'), slotOf('s2', '7')]
  openField(one)
  keepDraft(one, 'half a thought')
  leaveField(one)
  expect(useWriting.getState()).toEqual({ open: null, wanted: false, drafts: { [one]: 'half a thought' } })
  openField(other)
  expect(useWriting.getState().drafts[other]).toBeUndefined()
  dropDraft(one)
  expect(useWriting.getState().drafts).toEqual({})
})

test('the focus is wanted once for each time a field is asked for', () => {
  const slot = slotOf('s1', '7')
  openField(slot)
  expect(useWriting.getState().wanted).toBe(true)
  fieldHasFocus()
  expect(useWriting.getState()).toMatchObject({ open: slot, wanted: false })
  openField(slot)
  expect(useWriting.getState().wanted).toBe(true)
})

test('a note that is kept late closes no other field', () => {
  openField('one')
  openField('two')
  leaveField('one')
  expect(useWriting.getState()).toMatchObject({ open: 'two', wanted: true })
})
