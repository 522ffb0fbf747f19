import { app, type BrowserWindow, powerMonitor } from 'electron'
import type { Engine } from '../../../shared/contract/index.ts'

/** The system is locked, sleeps, or somebody else sits down: then nobody is at the desk. Where no lock was chosen the engine says so. */
export const lockWithSystem = (engine: Engine) => {
  const lock = () => void engine.call('lock.now', {}).catch(() => {})
  powerMonitor.on('lock-screen', lock)
  powerMonitor.on('suspend', lock)
  powerMonitor.on('user-did-resign-active', lock)
}

/** The system ends, or the session of whoever sits there. */
export const endWithSystem = (window: BrowserWindow, end: () => void) => {
  // Linux and macOS, which then wait some seconds for us. That the event comes along is in Electron's words, not in its types.
  powerMonitor.on('shutdown', (...[event]: { preventDefault(): void }[]) => {
    event?.preventDefault()
    end()
  })
  // Windows. Not when it only asks whether it may: somebody may still say no, and then the desk would be gone.
  window.on('session-end', end)
  // Linux at a log-off, and whoever stops programs by their number: nobody is there to answer a question.
  process.on('SIGTERM', end)
}

/** Systems that end wait five seconds and less. */
const [PATIENCE_MS, LATEST_MS] = [1_500, 4_000]

/** However the desktop is told to quit, the engine first finishes what it is writing: as long as that takes, or as a system that ends waits. */
export const closeBeforeQuit = (close: (patienceMs?: number) => Promise<void>, isEnding: () => boolean) => {
  let closed: Promise<unknown> | undefined
  let done = false
  app.on('will-quit', event => {
    if (done) return
    event.preventDefault()
    const late = () => new Promise(resolve => setTimeout(resolve, LATEST_MS))
    closed ??= close(isEnding() ? PATIENCE_MS : undefined)
    const go = () => {
      done = true
      app.quit()
    }
    // It may have been closing by itself when the system began to end.
    void Promise.race([closed, ...(isEnding() ? [late()] : [])]).then(go, go)
  })
}
