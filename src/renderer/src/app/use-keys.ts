import { useEffect, useRef } from 'react'
import { type Command, type Focus, readPress } from './keys.ts'

export type Handlers = Partial<Record<Command, () => void>>

const CONTROLS = 'button, a[href], summary, input, [role="option"]'
const TYPING = 'textarea, select, [contenteditable="true"], input:not([type="radio"], [type="checkbox"])'

const MAY_REPEAT: readonly Command[] = ['next', 'previous']

const focusOf = (target: EventTarget | null): Focus => {
  if (!(target instanceof Element)) return 'elsewhere'
  if (target.matches(TYPING)) return 'typing'
  if (target.matches('[role="listbox"]')) return 'list'
  return target.matches(CONTROLS) ? 'control' : 'elsewhere'
}

/** A dialog over the desk has its own keys. */
const isCovered = () => document.querySelector('[role="dialog"]:not([data-sheet])') !== null

/** Runs the handler that a key asks for, on the whole page. What has no handler is left to the browser. */
export const useKeys = (handlers: Handlers) => {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => {
    let wasG = false
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isCovered()) return
      const { command, afterG } = readPress(event, focusOf(event.target), wasG)
      wasG = afterG
      const handler = command && latest.current[command]
      if (!handler) return
      event.preventDefault()
      // A key that is held down moves; it never decides again and again.
      if (!event.repeat || MAY_REPEAT.includes(command)) handler()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [])
}
