import type { EventEmitter } from 'node:events'

/** A frame that sends to the main process, and gets ports from it. */
export type Frame = {
  url: string
  parent: unknown
  postMessage(channel: string, message: unknown, ports: unknown[]): void
}

/** Emits an event that can be prevented, and tells whether it was. */
export type Prevented = (emitter: EventEmitter, event: string, ...more: unknown[]) => boolean

/** What happened, told at the end on standard output. */
export const facts = {
  schemes: [] as unknown[],
  paths: {} as Record<string, string>,
  handled: [] as string[],
  window: {} as unknown,
  url: '',
  windows: 0,
  loads: 0,
  menu: 0,
  shown: false,
  restored: false,
  focused: false,
  quit: false,
  questions: [] as string[],
  trays: [] as string[][],
  armed: 0,
  reloads: 0,
  /** What the engine that came after one that died had in its keeping. */
  drafts: [] as string[],
  settings: {} as Record<string, unknown>,
  opened: [] as string[],
  /** What was asked before an address was opened. */
  links: [] as string[],
  /** Whether the system was asked to wait when it ended, and how long it then took until the desk was gone. */
  end: { heldUp: false, ms: 0 },
  maximised: false,
  returns: [] as (string | number)[],
  dialogs: [] as string[],
  exposed: [] as string[],
  answers: {} as Record<string, { status: number; policy: string | null; type: string | null }>,
  assets: 0,
  granted: [] as string[],
  notPrevented: [] as string[],
  loadable: [] as string[],
  portsForStrangers: 0,
  /** What was sent over every channel that the shell hears, and what came of it that should not have. */
  fuzz: { channels: [] as string[], sent: 0, crashes: [] as string[], strays: [] as string[] },
  /** What other starts handed over. */
  second: { cases: 0, focused: 0, strays: [] as string[] },
  servers: [] as unknown[],
  reports: 0,
  /** What of the system locked the desk. */
  lockedBy: [] as string[],
}
export type Facts = typeof facts
