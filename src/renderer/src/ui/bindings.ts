import { create } from 'zustand'
import type { MessageCode } from '../../../shared/messages/say.ts'
import { capsOf, isChord, isTyped } from './chord.ts'
import { type Command, commandNames, commands, isCommand } from './commands.ts'

/** Which key asks for what. `letters`: whether keys that one types with do anything at all. */
export type Bindings = {
  byChord: ReadonlyMap<string, Command>
  byCommand: ReadonlyMap<Command, string>
  letters: boolean
}

/** What someone chose, by name of the command, as the settings keep it. */
type Chosen = Readonly<Record<string, string>>

/**
 * The keys in force. What was chosen goes before what a command has at first: a newer Howdah may give a new command a key that someone
 * has long used for another one, and the new command then has none.
 */
export const bindingsOf = (chosen: Chosen, letters: boolean): Bindings => {
  const byChord = new Map<string, Command>()
  const byCommand = new Map<Command, string>()
  const isPrefix = (chord: string) => [...byChord.keys()].some(each => each.startsWith(`${chord} `))
  const put = (command: Command, chord: string, isMain: boolean) => {
    const [first = ''] = chord.split(' ')
    if (byChord.has(chord) || isPrefix(chord) || (first !== chord && byChord.has(first))) return
    byChord.set(chord, command)
    if (isMain) byCommand.set(command, chord)
  }
  for (const command of commandNames) for (const chord of commands[command].also ?? []) put(command, chord, false)
  for (const command of commandNames) if (commands[command].fixed) put(command, commands[command].key, true)
  for (const [name, chord] of Object.entries(chosen))
    if (isCommand(name) && !commands[name].fixed && isChord(chord)) put(name, chord, true)
  for (const command of commandNames) if (!byCommand.has(command)) put(command, commands[command].key, true)
  return { byChord, byCommand, letters }
}

/** The keys of this page; `app/` fills it from the settings. */
export const useBindings = create<Bindings>(() => bindingsOf({}, true))

/** The key of a command, where it has one that does something now. */
export const chordOf = (command: Command, { byCommand, letters }: Bindings): string | undefined => {
  const chord = byCommand.get(command)
  return chord !== undefined && (letters || !isTyped(chord.split(' ')[0] ?? '')) ? chord : undefined
}

/** Why a command cannot have a chord: a sentence, with what the key does already. */
export type Refusal = { code: MessageCode; key: string; taken: Command | undefined }

/** Keys that the page, the browser and the system need for themselves. */
const KEPT = /^(?:Shift\+)?(?:Escape|Tab|Backspace|Delete|Page\w+|Arrow\w+|Home|End|F\d+|ContextMenu|Insert)$/

/** Whether a command may have a chord; why not, where not. */
export const refuse = (command: Command, chord: string, { byChord }: Bindings): Refusal | undefined => {
  const key = capsOf(chord).join(' ')
  const [first = ''] = chord.split(' ')
  if (!isChord(chord) || chord.split(' ').some(stroke => KEPT.test(stroke) || stroke.startsWith('Mod+')))
    return { code: 'keys.refused-kept', key, taken: undefined }
  const taken = byChord.get(chord) ?? (first === chord ? undefined : byChord.get(first))
  if (taken !== undefined && taken !== command) return { code: 'keys.refused-taken', key, taken }
  const begun = [...byChord].find(([each, by]) => each.startsWith(`${chord} `) && by !== command)
  return begun ? { code: 'keys.refused-begins', key, taken: begun[1] } : undefined
}
