import { beforeEach, expect, test } from 'vitest'
import {
  fieldHasFocus,
  leaveField,
  openField,
  placeOf,
  slotOf,
  useWriting,
} from '../../../src/renderer/src/features/notes/store.ts'

beforeEach(() => useWriting.setState({ open: null, wanted: false }))

test('the note of an account on one server has another place than that of the same number elsewhere', () => {
  expect(placeOf(slotOf('s1', '7'))).toEqual({ of: 'note', key: 's1 7' })
  expect(placeOf(slotOf('s2', '7'))).not.toEqual(placeOf(slotOf('s1', '7')))
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
