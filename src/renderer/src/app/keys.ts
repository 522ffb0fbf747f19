import type { Bindings } from '../ui/bindings.ts'
import { isComposing, isTyped, type Press, strokesOf } from '../ui/chord.ts'
import { type Command, commands } from '../ui/commands.ts'

/** Where the focus is: in a field, on a control that has its own Enter and Space, in the queue, or elsewhere. */
export type Focus = 'typing' | 'control' | 'list' | 'elsewhere'

/** `begun`: the first stroke of two, which waits for the other. */
export type Read = { command: Command | undefined; begun: string }
const nothing: Read = { command: undefined, begun: '' }

/** A control keeps its own Enter and Space; arrows move in the queue and scroll elsewhere. */
const isOf = (stroke: string, focus: Focus) => {
  if (/^(?:Shift\+)?(?:Enter|Space)$/.test(stroke)) return focus !== 'control'
  return /^(?:Shift\+)?(?:Arrow\w+|Home|End)$/.test(stroke) ? focus === 'list' : true
}

/** What a press asks for. `begun`: the stroke before, where it waits for one more. Silent while someone types or composes. */
export const readPress = (press: Press, focus: Focus, begun: string, { byChord, letters }: Bindings): Read => {
  if (isComposing(press)) return nothing
  const strokes = strokesOf(press).filter(stroke => (letters || !isTyped(stroke)) && isOf(stroke, focus))
  const find = (chords: readonly string[]) => {
    const command = chords.map(chord => byChord.get(chord)).find(each => each !== undefined)
    return command && (focus !== 'typing' || commands[command].whileTyping) ? command : undefined
  }
  const command = (begun !== '' && find(strokes.map(stroke => `${begun} ${stroke}`))) || find(strokes)
  if (command || focus === 'typing') return { command, begun: '' }
  const begins = strokes.find(stroke => [...byChord.keys()].some(chord => chord.startsWith(`${stroke} `)))
  return { command: undefined, begun: begins ?? '' }
}
