import { say } from '../../../shared/messages/say.ts'

/**
 * How keys are written: one stroke (`j`, `1`, `?`, `Shift+t`, `Mod+k`, `Enter`, `Space`) or two one after the other (`g r`). Letters are
 * meant by their character and digits by the place of the key, since AZERTY needs Shift for them. `Mod` is Ctrl or Cmd.
 */
const STROKE = /^(?:Mod\+)?(?:Shift\+(?=[a-z]$|[A-Z]))?(?:[^\sA-Z]|[A-Z][A-Za-z0-9]+)$/u

export const isChord = (text: string): boolean => {
  const strokes = text.split(' ')
  return strokes.length <= 2 && strokes.every(stroke => STROKE.test(stroke))
}

/** What a press tells, by shape of `KeyboardEvent`. */
export type Press = {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
  isComposing: boolean
}

/** Keys that only change what another one means. */
const MODIFIER = /^(?:Shift|Control|Alt|AltGraph|Meta|CapsLock|NumLock|ScrollLock|Fn|FnLock|Hyper|Super|Symbol)$/

export const isModifier = (key: string) => MODIFIER.test(key)

/** Whether a press belongs to an input method, which is still putting a character together. */
export const isComposing = ({ isComposing: composing, key }: Press) => composing || key === 'Process' || key === 'Dead'

/** The letter that a press means: its character, or on a layout of another script (Cyrillic, Greek, Hindi) the place of the key. */
const letterOf = ({ key, code }: Press): string | undefined => {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase()
  const isForeign = /^[\p{L}\p{M}]+$/u.test(key) && !/\p{Script=Latin}/u.test(key)
  return isForeign && /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : undefined
}

/** The strokes that a press may mean, the likeliest first. A `/` that lies on the 7 is a slash before it is a seven. */
export const strokesOf = (press: Press): readonly string[] => {
  const { key, code, altKey, shiftKey } = press
  if (isComposing(press) || altKey || isModifier(key)) return []
  const mod = press.ctrlKey || press.metaKey ? 'Mod+' : ''
  const shift = shiftKey ? 'Shift+' : ''
  if (key === ' ') return [`${mod}${shift}Space`]
  if (/^[A-Z][A-Za-z0-9]+$/.test(key)) return [`${mod}${shift}${key}`]
  const letter = letterOf(press)
  if (letter !== undefined) return [`${mod}${shift}${letter}`]
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]
  const character = /^[^\d\s]$/u.test(key) ? [`${mod}${key.toLowerCase()}`] : []
  return digit === undefined ? character : [...character, `${mod}${digit}`]
}

/** The stroke that someone means who is asked for a key. On AZERTY the digits are signs without Shift, elsewhere with it. */
export const chosenStroke = (press: Press): string | undefined =>
  press.shiftKey ? strokesOf(press)[0] : strokesOf(press).at(-1)

/** Whether a stroke is what one types into a field: such keys can be switched off. */
export const isTyped = (stroke: string) => /^(?:Shift\+)?.$/u.test(stroke) || stroke === 'Space'

const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform)

const caps = () =>
  ({
    Enter: say('key.enter'),
    Escape: say('key.escape'),
    Space: say('key.space'),
    Shift: say('key.shift'),
    Mod: isMac ? '⌘' : say('key.control'),
    Home: say('key.home'),
    End: say('key.end'),
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
  }) as const satisfies Record<string, string>

/** A chord as it stands on key caps, one text a cap. */
export const capsOf = (chord: string): readonly string[] => {
  const named: Readonly<Record<string, string>> = caps()
  return chord
    .split(' ')
    .flatMap(stroke => {
      const [last = '', ...held] = stroke.split(/\+(?=.)/).reverse()
      return [...held.reverse(), held.length > 0 && last.length === 1 ? last.toUpperCase() : last]
    })
    .map(cap => named[cap] ?? cap)
}

/** A chord for `aria-keyshortcuts`, which knows no keys one after the other. */
export const ariaOf = (chord: string): string | undefined =>
  chord.includes(' ') ? undefined : chord.replace('Mod+', isMac ? 'Meta+' : 'Control+')
