import type { MessageCode } from '../../../shared/messages/say.ts'
import type { IconName } from './Icon.tsx'

/** The parts of the list of keys, in its order. */
export const commandParts = ['move', 'case', 'decide', 'go-to'] as const
type Part = (typeof commandParts)[number]

type Info = {
  part: Part
  /** What stands before it in the palette. */
  icon: IconName
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
  next: { part: 'move', icon: 'report', says: 'keys.next', key: 'j', also: ['ArrowDown'], repeats: true },
  previous: { part: 'move', icon: 'report', says: 'keys.previous', key: 'k', also: ['ArrowUp'], repeats: true },
  search: { part: 'move', icon: 'search', says: 'keys.search', key: '/' },
  news: { part: 'move', icon: 'report', says: 'keys.news', key: '.' },
  first: { part: 'move', icon: 'report', says: 'keys.first', key: 'Home', fixed: true },
  last: { part: 'move', icon: 'report', says: 'keys.last', key: 'End', fixed: true },
  open: { part: 'move', icon: 'report', says: 'keys.open', key: 'Enter' },
  peek: { part: 'move', icon: 'eye-off', says: 'keys.peek', key: 'Space' },
  colour: { part: 'move', icon: 'image', says: 'keys.colour', key: 'Shift+Space' },
  hide: { part: 'move', icon: 'eye-off', says: 'keys.hide', key: 'h' },
  back: { part: 'move', icon: 'undo', says: 'keys.back', key: 'Escape', fixed: true, whileTyping: true },
  mark: { part: 'move', icon: 'check', says: 'keys.mark', key: 'x' },
  'mark-next': {
    part: 'move',
    icon: 'check',
    says: 'keys.mark-next',
    key: 'Shift+j',
    also: ['Shift+ArrowDown'],
    repeats: true,
  },
  'mark-previous': {
    part: 'move',
    icon: 'check',
    says: 'keys.mark-previous',
    key: 'Shift+k',
    also: ['Shift+ArrowUp'],
    repeats: true,
  },
  fold: { part: 'move', icon: 'chevron', says: 'keys.fold', key: 'ArrowLeft', fixed: true },
  unfold: { part: 'move', icon: 'chevron', says: 'keys.unfold', key: 'ArrowRight', fixed: true },
  'fold-all': { part: 'move', icon: 'chevron', says: 'keys.fold-all', key: 'Shift+ArrowLeft', fixed: true },
  'unfold-all': { part: 'move', icon: 'chevron', says: 'keys.unfold-all', key: 'Shift+ArrowRight', fixed: true },
  'mark-group': { part: 'move', icon: 'check', says: 'keys.mark-group', key: 'Shift+x' },
  assign: { part: 'case', icon: 'mine', says: 'keys.assign', key: 'a' },
  'second-opinion': { part: 'case', icon: 'unclaimed', says: 'keys.second-opinion', key: 'Shift+a' },
  summary: { part: 'case', icon: 'out', says: 'keys.summary', key: 'Shift+c' },
  mail: { part: 'case', icon: 'sending', says: 'keys.mail', key: 'm' },
  words: { part: 'case', icon: 'log', says: 'keys.words', key: 'w' },
  snooze: { part: 'case', icon: 'due', says: 'keys.snooze', key: 's' },
  campaign: { part: 'case', icon: 'spam', says: 'keys.campaign', key: 'Shift+n' },
  note: { part: 'case', icon: 'log', says: 'keys.note', key: 'n' },
  categorise: { part: 'case', icon: 'report', says: 'kind.report.categorise', key: 'c' },
  forward: { part: 'case', icon: 'out', says: 'kind.report.forward', key: 'f' },
  thread: { part: 'case', icon: 'thread', says: 'keys.thread', key: 't' },
  reveal: { part: 'case', icon: 'eye-off', says: 'keys.reveal', key: 'v' },
  'web-admin': { part: 'case', icon: 'out', says: 'keys.web-admin', key: 'o' },
  'rung-1': { part: 'decide', icon: 'sev-close', says: 'kind.report.close', key: '1' },
  'rung-2': { part: 'decide', icon: 'sev-warn', says: 'kind.account.warn', key: '2' },
  'rung-3': { part: 'decide', icon: 'sev-sensitive', says: 'kind.account.sensitive', key: '3' },
  'rung-4': { part: 'decide', icon: 'sev-limit', says: 'kind.account.limit', key: '4' },
  'rung-5': { part: 'decide', icon: 'sev-freeze', says: 'kind.account.freeze', key: '5' },
  'rung-6': { part: 'decide', icon: 'sev-suspend', says: 'kind.account.suspend', key: '6' },
  approve: { part: 'decide', icon: 'check', says: 'keys.approve', key: 'y' },
  reject: { part: 'decide', icon: 'failed', says: 'keys.reject', key: 'd' },
  'delete-data': { part: 'decide', icon: 'sev-suspend', says: 'kind.account.delete', key: 'Shift+d' },
  pause: { part: 'decide', icon: 'due', says: 'keys.pause', key: 'p' },
  'take-back': { part: 'decide', icon: 'undo', says: 'keys.take-back', key: 'z', also: ['Mod+z'] },
  outbox: { part: 'decide', icon: 'undo', says: 'keys.outbox', key: 'Shift+z' },
  'go-reports': { part: 'go-to', icon: 'report', says: 'queue.reports', key: 'g r' },
  'go-signups': { part: 'go-to', icon: 'signup', says: 'signups.title', key: 'g s' },
  'go-accounts': { part: 'go-to', icon: 'mine', says: 'accounts.all', key: 'g a' },
  'go-domains': { part: 'go-to', icon: 'domain', says: 'domains.title', key: 'g d' },
  'go-blocks': { part: 'go-to', icon: 'gate', says: 'blocks.title', key: 'g b' },
  'go-trends': { part: 'go-to', icon: 'trend', says: 'trends.title', key: 'g t' },
  'go-needs': { part: 'go-to', icon: 'unknown', says: 'needs.title', key: 'g n' },
  'go-handover': { part: 'go-to', icon: 'handover', says: 'handover.title', key: 'g h' },
  'go-log': { part: 'go-to', icon: 'log', says: 'log.title', key: 'g l' },
  'go-settings': { part: 'go-to', icon: 'settings', says: 'settings.title', key: 'g ,' },
  lock: { part: 'go-to', icon: 'lock', says: 'keys.lock', key: 'Shift+l' },
  palette: { part: 'go-to', icon: 'search', says: 'keys.palette', key: 'Mod+k', fixed: true, whileTyping: true },
  keys: { part: 'go-to', icon: 'all', says: 'keys.title', key: '?' },
} as const satisfies Readonly<Record<string, Info>>

export type Command = keyof typeof table

export const commands: Readonly<Record<Command, Info>> = table

export const isCommand = (name: string): name is Command => Object.hasOwn(table, name)

/** All of them, in the order of the list of keys. */
export const commandNames: readonly Command[] = Object.keys(table).filter(isCommand)
