import { expect, test } from 'vitest'
import { type Focus, readPress } from '../../../src/renderer/src/app/keys.ts'
import { bindingsOf, chordOf, refuse } from '../../../src/renderer/src/ui/bindings.ts'
import { ariaOf, capsOf, chosenStroke, isChord, type Press, strokesOf } from '../../../src/renderer/src/ui/chord.ts'
import { commandNames, commands } from '../../../src/renderer/src/ui/commands.ts'

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
const first = bindingsOf({}, true)
const command = (given: Press, focus: Focus = 'list', begun = '', bindings = first) =>
  readPress(given, focus, begun, bindings).command

test('letters bind by character, wherever the layout puts them', () => {
  expect(command(press('j', 'KeyJ'))).toBe('next')
  // Dvorak: the character j lies on the key C, and the key J gives h.
  expect(command(press('j', 'KeyC'))).toBe('next')
  expect(command(press('h', 'KeyJ'))).toBe('hide')
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

test('Space looks, and with Shift in colour; both stay a control’s own', () => {
  expect(command(press(' ', 'Space'))).toBe('peek')
  expect(command(press(' ', 'Space', { shiftKey: true }))).toBe('colour')
  expect(command(press(' ', 'Space', { shiftKey: true }), 'control')).toBeUndefined()
  expect(command(press('t', 'KeyT'))).toBe('thread')
})

test('g waits for one more key', () => {
  expect(readPress(press('g', 'KeyG'), 'list', '', first)).toEqual({ command: undefined, begun: 'g' })
  expect(command(press('r', 'KeyR'), 'list', 'g')).toBe('go-reports')
  expect(command(press('l', 'KeyL'), 'list', 'g')).toBe('go-log')
  expect(command(press('l', 'KeyL'))).toBeUndefined()
  expect(readPress(press('j', 'KeyJ'), 'list', 'g', first)).toEqual({ command: 'next', begun: '' })
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

test('every command has a key of its own that can be written', () => {
  for (const name of commandNames) {
    expect([name, isChord(commands[name].key)]).toEqual([name, true])
    expect([name, first.byCommand.get(name)]).toEqual([name, commands[name].key])
  }
  for (const chord of ['j', 'Shift+t', '?', 'Mod+k', 'g ,', 'Shift+Space', '+', 'Mod++'])
    expect([chord, isChord(chord)]).toEqual([chord, true])
  for (const chord of ['', 'J', 'g r s', 'Shift+?', 'jj', 'Alt+j', 'g  r'])
    expect([chord, isChord(chord)]).toEqual([chord, false])
})

test('the keys of AZERTY, of a Cyrillic, a Greek and a German layout', () => {
  // AZERTY: a lies on KeyQ, z on KeyW, m on Semicolon; digits need Shift, signs do not; ? is Shift and the key of the comma.
  expect(command(press('a', 'KeyQ'))).toBe('assign')
  expect(command(press('q', 'KeyA'))).toBeUndefined()
  expect(command(press('m', 'Semicolon'))).toBe('mail')
  for (const [at, sign] of [...'&é"\'(-'].entries())
    expect(command(press(sign, `Digit${at + 1}`))).toBe(`rung-${at + 1}`)
  expect(command(press('?', 'KeyM', { shiftKey: true }))).toBe('keys')
  expect(readPress(press('g', 'KeyG'), 'elsewhere', '', first).begun).toBe('g')
  expect(command(press(',', 'KeyM'), 'elsewhere', 'g')).toBe('go-settings')
  // Russian: letters by place; the comma is Shift and the key of the slash, the question mark Shift and 7.
  for (const [letter, code, does] of [
    ['о', 'KeyJ', 'next'],
    ['л', 'KeyK', 'previous'],
    ['ф', 'KeyA', 'assign'],
    ['щ', 'KeyO', 'web-admin'],
  ] as const)
    expect(command(press(letter, code))).toBe(does)
  expect(command(press('?', 'Digit7', { shiftKey: true }))).toBe('keys')
  expect(readPress(press('п', 'KeyG'), 'elsewhere', '', first).begun).toBe('g')
  expect(command(press('к', 'KeyR'), 'elsewhere', 'g')).toBe('go-reports')
  expect(command(press(',', 'Slash', { shiftKey: true }), 'elsewhere', 'g')).toBe('go-settings')
  expect(command(press('л', 'KeyK', { ctrlKey: true }))).toBe('palette')
  expect(command(press('ξ', 'KeyJ'))).toBe('next')
  // A Latin letter that is not of the alphabet means nothing: ı of Turkish is no i, ö of German no semicolon.
  expect(strokesOf(press('ı', 'KeyI'))).toEqual(['ı'])
  expect(strokesOf(press('/', 'Digit7', { shiftKey: true }))).toEqual(['/', '7'])
})

test('the palette opens from a field too, for its key types nothing', () => {
  expect(command(press('k', 'KeyK', { ctrlKey: true }), 'typing')).toBe('palette')
  expect(command(press('k', 'KeyK', { ctrlKey: true, isComposing: true }), 'typing')).toBeUndefined()
})

test('a chosen key goes before the first one, and takes it from nobody', () => {
  const mine = bindingsOf({ next: 's', mail: 'g m', previous: 'nonsense', gone: 'q' }, true)
  expect(command(press('s', 'KeyS'), 'list', '', mine)).toBe('next')
  expect(command(press('j', 'KeyJ'), 'list', '', mine)).toBeUndefined()
  expect(command(press('ArrowDown', 'ArrowDown'), 'list', '', mine)).toBe('next')
  expect(command(press('m', 'KeyM'), 'list', 'g', mine)).toBe('mail')
  expect(command(press('k', 'KeyK'), 'list', '', mine)).toBe('previous')
  // As after an update that gives a new command a key which someone uses already.
  const clash = bindingsOf({ next: 'o' }, true)
  expect(command(press('o', 'KeyO'), 'list', '', clash)).toBe('next')
  expect(chordOf('web-admin', clash)).toBeUndefined()
})

test('a key that is taken, begins others or belongs to the page is refused', () => {
  expect(refuse('next', 'b', first)).toBeUndefined()
  expect(refuse('next', 'j', first)).toBeUndefined()
  expect(refuse('next', 'z', first)).toEqual({ code: 'keys.refused-taken', key: 'z', taken: 'take-back' })
  expect(refuse('next', 'g', first)).toEqual({ code: 'keys.refused-begins', key: 'g', taken: 'go-reports' })
  expect(refuse('next', 'j x', first)).toBeUndefined()
  expect(refuse('next', 'k x', first)?.code).toBe('keys.refused-taken')
  for (const kept of ['Tab', 'Escape', 'Mod+t', 'ArrowDown', 'F5', 'g Tab'])
    expect(refuse('next', kept, first)?.code).toBe('keys.refused-kept')
})

test('who speaks to the computer switches single keys off, and no letter asks for anything', () => {
  const quiet = bindingsOf({}, false)
  for (const [key, code] of [
    ['j', 'KeyJ'],
    ['1', 'Digit1'],
    ['?', 'Slash'],
    ['g', 'KeyG'],
    [' ', 'Space'],
  ] as const)
    expect(readPress(press(key, code), 'list', '', quiet)).toEqual({ command: undefined, begun: '' })
  expect(command(press('k', 'KeyK', { ctrlKey: true }), 'list', '', quiet)).toBe('palette')
  expect(command(press('ArrowDown', 'ArrowDown'), 'list', '', quiet)).toBe('next')
  expect(command(press('Enter', 'Enter'), 'list', '', quiet)).toBe('open')
  expect([chordOf('next', quiet), chordOf('palette', quiet), chordOf('go-log', quiet)]).toEqual([
    undefined,
    'Mod+k',
    undefined,
  ])
})

test('keys are shown and told as people know them', () => {
  expect(capsOf('Mod+k')).toEqual(['Ctrl', 'K'])
  expect(capsOf('g r')).toEqual(['g', 'r'])
  expect(capsOf('Shift+Space')).toEqual(['Shift', 'Space'])
  expect(capsOf('+')).toEqual(['+'])
  expect([ariaOf('Mod+k'), ariaOf('g r')]).toEqual(['Control+k', undefined])
})

test('who is asked for a key means the digit on AZERTY, and the slash on the seven', () => {
  expect(chosenStroke(press('&', 'Digit1'))).toBe('1')
  expect(chosenStroke(press('1', 'Digit1', { shiftKey: true }))).toBe('1')
  expect(chosenStroke(press('/', 'Digit7', { shiftKey: true }))).toBe('/')
  expect(chosenStroke(press('T', 'KeyT', { shiftKey: true }))).toBe('Shift+t')
  expect(chosenStroke(press('Shift', 'ShiftLeft', { shiftKey: true }))).toBeUndefined()
})
