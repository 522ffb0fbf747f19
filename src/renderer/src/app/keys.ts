/** What keys can ask for. */
export type Command =
  | 'next'
  | 'previous'
  | 'first'
  | 'last'
  | 'open'
  | 'back'
  | 'rung-1'
  | 'rung-2'
  | 'rung-3'
  | 'rung-4'
  | 'rung-5'
  | 'rung-6'
  | 'assign'
  | 'web-admin'
  | 'note'
  | 'reveal'
  | 'take-back'
  | 'peek'
  | 'mail'
  | 'keys'
  | 'go-reports'
  | 'go-log'
  | 'go-settings'

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

/** Where the focus is: in a field, on a control that has its own Enter and Space, in the queue, or elsewhere. */
export type Focus = 'typing' | 'control' | 'list' | 'elsewhere'

const letters: Readonly<Record<string, Command>> = {
  j: 'next',
  k: 'previous',
  a: 'assign',
  o: 'web-admin',
  n: 'note',
  v: 'reveal',
  z: 'take-back',
  m: 'mail',
  '?': 'keys',
}
const afterG: Readonly<Record<string, Command>> = { r: 'go-reports', l: 'go-log', ',': 'go-settings' }
const rungs: readonly Command[] = ['rung-1', 'rung-2', 'rung-3', 'rung-4', 'rung-5', 'rung-6']
const inList: Readonly<Record<string, Command>> = { ArrowDown: 'next', ArrowUp: 'previous', Home: 'first', End: 'last' }

/** The letter that a press means: its character, or on a layout without Latin letters the place of the key. */
const letterOf = ({ key, code }: Press) => {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase()
  return /^\p{L}$/u.test(key) && /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : key
}

/** Digits by the place of the key, since AZERTY needs Shift for them. */
const digitOf = ({ code }: Press) => {
  const digit = /^(?:Digit|Numpad)([1-6])$/.exec(code)
  return digit ? rungs[Number(digit[1]) - 1] : undefined
}

export type Read = { command: Command | undefined; afterG: boolean }
const nothing: Read = { command: undefined, afterG: false }

/** What a press asks for. `wasG`: the press before was a `g`. Silent while someone types or composes. */
export const readPress = (press: Press, focus: Focus, wasG: boolean): Read => {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = press
  if (press.isComposing || key === 'Process' || key === 'Dead') return nothing
  if (key === 'Escape') return { command: 'back', afterG: false }
  if (focus === 'typing') return nothing
  const letter = letterOf(press)
  if (ctrlKey || metaKey)
    return { command: letter === 'z' && !shiftKey && !altKey ? 'take-back' : undefined, afterG: false }
  if (altKey) return nothing
  if (wasG && Object.hasOwn(afterG, letter)) return { command: afterG[letter], afterG: false }
  if (letter === 'g' && !shiftKey) return { command: undefined, afterG: true }
  if (focus === 'list' && Object.hasOwn(inList, key)) return { command: inList[key], afterG: false }
  if (focus !== 'control' && key === 'Enter') return { command: 'open', afterG: false }
  if (focus !== 'control' && key === ' ') return { command: 'peek', afterG: false }
  if (Object.hasOwn(letters, letter) && (letter === '?' || !shiftKey))
    return { command: letters[letter], afterG: false }
  return { command: digitOf(press), afterG: false }
}
