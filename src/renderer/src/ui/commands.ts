import type { MessageCode } from '../../../shared/messages/say.ts'

/** The parts of the list of keys, in its order. */
export const commandParts = ['move', 'case', 'decide', 'go-to'] as const
type Part = (typeof commandParts)[number]

type Info = {
  part: Part
  /** Its name in the list of keys, the palette and the settings. */
  says: MessageCode
  /** The key that it has until someone chooses another one, as a chord (`chord.ts`). */
  key: string
  /** Keys that it has besides, which nobody can change. */
  also?: readonly string[]
  /** Its key is no matter of taste, so the settings do not offer it. */
  fixed?: true
  /** A key that is held down asks again and again: moves, never decisions. */
  repeats?: true
  /** Heard in fields too. */
  whileTyping?: true
}

/** Everything that keys and palette can ask for. A new command is its line here, and a handler where it acts (`app/use-keys.ts`). */
const table = {
  next: { part: 'move', says: 'keys.next', key: 'j', also: ['ArrowDown'], repeats: true },
  previous: { part: 'move', says: 'keys.previous', key: 'k', also: ['ArrowUp'], repeats: true },
  first: { part: 'move', says: 'keys.first', key: 'Home', fixed: true },
  last: { part: 'move', says: 'keys.last', key: 'End', fixed: true },
  open: { part: 'move', says: 'keys.open', key: 'Enter' },
  peek: { part: 'move', says: 'keys.peek', key: 'Space' },
  back: { part: 'move', says: 'keys.back', key: 'Escape', fixed: true, whileTyping: true },
  assign: { part: 'case', says: 'keys.assign', key: 'a' },
  mail: { part: 'case', says: 'keys.mail', key: 'm' },
  note: { part: 'case', says: 'keys.note', key: 'n' },
  reveal: { part: 'case', says: 'keys.reveal', key: 'v' },
  'web-admin': { part: 'case', says: 'keys.web-admin', key: 'o' },
  'rung-1': { part: 'decide', says: 'kind.report.close', key: '1' },
  'rung-2': { part: 'decide', says: 'kind.account.warn', key: '2' },
  'rung-3': { part: 'decide', says: 'kind.account.sensitive', key: '3' },
  'rung-4': { part: 'decide', says: 'kind.account.limit', key: '4' },
  'rung-5': { part: 'decide', says: 'kind.account.freeze', key: '5' },
  'rung-6': { part: 'decide', says: 'kind.account.suspend', key: '6' },
  'take-back': { part: 'decide', says: 'keys.take-back', key: 'z', also: ['Mod+z'] },
  'go-reports': { part: 'go-to', says: 'queue.reports', key: 'g r' },
  'go-log': { part: 'go-to', says: 'log.title', key: 'g l' },
  'go-settings': { part: 'go-to', says: 'settings.title', key: 'g ,' },
  palette: { part: 'go-to', says: 'keys.palette', key: 'Mod+k', fixed: true, whileTyping: true },
  keys: { part: 'go-to', says: 'keys.title', key: '?' },
} as const satisfies Readonly<Record<string, Info>>

export type Command = keyof typeof table

export const commands: Readonly<Record<Command, Info>> = table

export const isCommand = (name: string): name is Command => Object.hasOwn(table, name)

/** All of them, in the order of the list of keys. */
export const commandNames: readonly Command[] = Object.keys(table).filter(isCommand)
