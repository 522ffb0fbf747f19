import { expect, test } from 'vitest'
import { type Focus, type Press, readPress } from '../../../src/renderer/src/app/keys.ts'

const press = (key: string, code: string, more: Partial<Press> = {}): Press => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...more,
})
const command = (given: Press, focus: Focus = 'list', wasG = false) => readPress(given, focus, wasG).command

test('letters bind by character, wherever the layout puts them', () => {
  expect(command(press('j', 'KeyJ'))).toBe('next')
  // Dvorak: the character j lies on the key C, and the key J gives h.
  expect(command(press('j', 'KeyC'))).toBe('next')
  expect(command(press('h', 'KeyJ'))).toBeUndefined()
  // AZERTY: z lies on the key W.
  expect(command(press('z', 'KeyW'))).toBe('take-back')
})

test('a layout without Latin letters binds them by place', () => {
  expect(command(press('о', 'KeyJ'))).toBe('next')
  expect(command(press('я', 'KeyZ', { ctrlKey: true }))).toBe('take-back')
})

test('digits bind by place, so that AZERTY needs no Shift for them', () => {
  expect(command(press('&', 'Digit1'))).toBe('rung-1')
  expect(command(press('1', 'Digit1', { shiftKey: true }))).toBe('rung-1')
  expect(command(press('6', 'Numpad6'))).toBe('rung-6')
  expect(command(press('7', 'Digit7'))).toBeUndefined()
})

test('a question mark is a question mark on every layout', () => {
  expect(command(press('?', 'Slash', { shiftKey: true }))).toBe('keys')
  expect(command(press('?', 'Minus', { shiftKey: true }))).toBe('keys')
})

test('g waits for one more key', () => {
  expect(readPress(press('g', 'KeyG'), 'list', false)).toEqual({ command: undefined, afterG: true })
  expect(command(press('r', 'KeyR'), 'list', true)).toBe('go-reports')
  expect(command(press('l', 'KeyL'), 'list', true)).toBe('go-log')
  expect(command(press('l', 'KeyL'))).toBeUndefined()
  expect(readPress(press('j', 'KeyJ'), 'list', true)).toEqual({ command: 'next', afterG: false })
})

test('someone who types or composes is left alone, but for Escape', () => {
  expect(command(press('1', 'Digit1'), 'typing')).toBeUndefined()
  expect(command(press('z', 'KeyZ', { ctrlKey: true }), 'typing')).toBeUndefined()
  expect(command(press('1', 'Digit1', { isComposing: true }))).toBeUndefined()
  expect(command(press('Process', 'Digit1'))).toBeUndefined()
  expect(command(press('Escape', 'Escape'), 'typing')).toBe('back')
})

test('a control keeps its own Enter and Space', () => {
  expect(command(press('Enter', 'Enter'), 'control')).toBeUndefined()
  expect(command(press(' ', 'Space'), 'control')).toBeUndefined()
  expect(command(press('Enter', 'Enter'))).toBe('open')
  expect(command(press(' ', 'Space'))).toBe('peek')
})

test('arrows move in the queue and scroll elsewhere', () => {
  expect(command(press('ArrowDown', 'ArrowDown'))).toBe('next')
  expect(command(press('ArrowDown', 'ArrowDown'), 'elsewhere')).toBeUndefined()
})

test('the browser keeps its own shortcuts', () => {
  expect(command(press('a', 'KeyA', { ctrlKey: true }))).toBeUndefined()
  expect(command(press('1', 'Digit1', { ctrlKey: true }))).toBeUndefined()
  expect(command(press('1', 'Digit1', { altKey: true }))).toBeUndefined()
  expect(command(press('Z', 'KeyZ', { ctrlKey: true, shiftKey: true }))).toBeUndefined()
  expect(command(press('z', 'KeyZ', { metaKey: true }))).toBe('take-back')
})

test('n writes a note and v shows what is masked, but not with Shift or a modifier, and never while typing', () => {
  expect(command(press('n', 'KeyN'))).toBe('note')
  expect(command(press('v', 'KeyV'), 'control')).toBe('reveal')
  // Cyrillic: т lies on the key N, м on the key V.
  expect(command(press('т', 'KeyN'))).toBe('note')
  expect(command(press('м', 'KeyV'))).toBe('reveal')
  expect(command(press('V', 'KeyV', { shiftKey: true }))).toBeUndefined()
  expect(command(press('v', 'KeyV', { ctrlKey: true }))).toBeUndefined()
  expect(command(press('n', 'KeyN', { metaKey: true }))).toBeUndefined()
  expect(command(press('n', 'KeyN'), 'typing')).toBeUndefined()
})
