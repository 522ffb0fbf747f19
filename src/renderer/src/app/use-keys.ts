import { type RefObject, useLayoutEffect, useRef } from 'react'
import { useBindings } from '../ui/bindings.ts'
import { isModifier } from '../ui/chord.ts'
import { type Command, commandNames, commands } from '../ui/commands.ts'
import { type Focus, readPress } from './keys.ts'

export type Handlers = Partial<Record<Command, () => void>>

const CONTROLS = 'button, a[href], summary, input, [role="option"]'
const TYPING = 'textarea, select, [contenteditable="true"], input:not([type="radio"], [type="checkbox"])'

const focusOf = (target: EventTarget | null): Focus => {
  if (!(target instanceof Element)) return 'elsewhere'
  if (target.matches(TYPING)) return 'typing'
  if (target.matches('[role="listbox"]')) return 'list'
  return target.matches(CONTROLS) ? 'control' : 'elsewhere'
}

/** A dialog over the desk has its own keys. */
export const isCovered = () => document.querySelector('[role="dialog"]:not([data-sheet])') !== null

/** What is on the page answers for it; what came last goes first. */
const answering: { handlers: RefObject<Handlers>; over: RefObject<boolean> }[] = []

const handlerOf = (command: Command, covered = false) =>
  answering.findLast(({ handlers, over }) => handlers.current[command] && (over.current || !covered))?.handlers.current[
    command
  ]

/** The commands that something on the page would answer now. */
export const answered = (): readonly Command[] => commandNames.filter(command => handlerOf(command))

/** Does what a command asks for, as its key would. */
export const run = (command: Command): void => handlerOf(command)?.()

/**
 * Answers commands for as long as it is drawn, whether a key or the palette asks. What nobody answers is left to the browser. `over`: also
 * while a dialog covers the desk, since it is that dialog's own.
 */
export const useKeys = (handlers: Handlers, over = false): void => {
  const latest = useRef(handlers)
  const isOver = useRef(over)
  useLayoutEffect(() => {
    latest.current = handlers
    isOver.current = over
  })
  useLayoutEffect(() => {
    const mine = { handlers: latest, over: isOver }
    answering.push(mine)
    return () => void answering.splice(answering.indexOf(mine), 1)
  }, [])
}

/** Listens to the keys of the whole page, from its first frame on; once in it. */
export const useKeyboard = (): void => {
  useLayoutEffect(() => {
    let begun = ''
    const pressed = (event: KeyboardEvent) => {
      // Shift on its way to the next key is no key.
      if (event.defaultPrevented || isModifier(event.key)) return
      const read = readPress(event, focusOf(event.target), begun, useBindings.getState())
      begun = isCovered() ? '' : read.begun
      const { command } = read
      const handler = command && handlerOf(command, isCovered())
      if (!handler) return
      event.preventDefault()
      // A key that is held down moves; it never decides again and again.
      if (!event.repeat || commands[command].repeats) handler()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [])
}
