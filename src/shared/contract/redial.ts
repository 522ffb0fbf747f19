import type { Linking, LinkState } from './method.ts'
import type { Wire } from './wires.ts'

/** What the owner of a line does when it opens (`again`: it was lost before), hears, and is lost. `error`: why dialling failed. */
type Line = { opened(again: boolean): void; heard(text: string): void; lost(error?: unknown): void }

/** One wire after the other: dials until it is closed for good. What is sent while none is open is lost, so ask `isOpen`. */
export const redial = (dial: () => Promise<Wire>, link: Linking, on: Line) => {
  const { clock, retryMs = [100, 250, 500, 1000, 2000, 5000] } = link
  const listeners = new Set<(state: LinkState) => void>()
  let state: LinkState = 'connecting'
  let wire: Wire | undefined
  let tries = 0
  let stopRetry = () => {}
  const become = (next: LinkState) => {
    state = next
    for (const listener of listeners) listener(next)
  }
  const lost = (error?: unknown) => {
    wire = undefined
    on.lost(error)
    if (state === 'closed') return
    become('connecting')
    stopRetry = clock.after(retryMs[Math.min(tries++, retryMs.length - 1)] ?? 5000, open)
  }
  const opened = (dialled: Wire) => {
    if (state === 'closed') return dialled.close()
    const again = tries > 0
    tries = 0
    wire = dialled
    become('open')
    dialled.listen({ text: on.heard, close: lost })
    if (wire === dialled) on.opened(again)
  }
  const open = () => void dial().then(opened, lost)
  open()
  return {
    send: (frame: unknown) => wire?.send(JSON.stringify(frame)),
    isOpen: () => wire !== undefined,
    isClosed: () => state === 'closed',
    /** Hangs up this wire; the next is dialled. */
    hangUp: () => wire?.close(),
    onState: (listener: (state: LinkState) => void) => {
      listeners.add(listener)
      listener(state)
      return () => void listeners.delete(listener)
    },
    close: () => {
      stopRetry()
      become('closed')
      wire?.close()
    },
  }
}
