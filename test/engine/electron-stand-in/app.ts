import { EventEmitter } from 'node:events'
import { realpathSync, statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { facts, type Prevented } from './facts.ts'

/** Emits an event that can be prevented, and tells whether it was. */
export const prevents: Prevented = (emitter, event, ...more) => {
  let prevented = false
  emitter.emit(event, { preventDefault: () => (prevented = true) }, ...more)
  return prevented
}
export const windows = new Set<EventEmitter>()
export const closes = (window: EventEmitter) => !prevents(window, 'close')

/** What the person answers to the questions of the shell, in their order. */
export const answers = (process.env.STAND_IN_ANSWERS ?? '').split(',').filter(word => word !== '')

/** As Electron calls what was packed: without the path of the app among the words. */
const resources = process.env.STAND_IN_RESOURCES
if (resources !== undefined) {
  Object.assign(process, { resourcesPath: resources })
}

const entry = pathToFileURL(realpathSync(process.argv[1] ?? '')).href
if (resources !== undefined) process.argv.splice(1, 1)

let ready = false
export const isReady = () => ready
export const needReady = (what: string) => {
  if (!ready) throw new Error(`${what} before the app is ready`)
}

let endsAt = 0
/** The system ends in the way of `STAND_IN_ENDS`: `while asked` is the first, but not before the shell has asked something. */
export const systemEnds = (all: ReadonlySet<EventEmitter>, powerMonitor: EventEmitter) => {
  endsAt = performance.now()
  const way = process.env.STAND_IN_ENDS ?? ''
  if (way === 'shutdown' || way === 'while asked') facts.end.heldUp = prevents(powerMonitor, 'shutdown')
  else if (way === 'SIGTERM') process.kill(process.pid, way)
  else for (const window of all) window.emit(way, { preventDefault: () => {}, reasons: ['logoff'] })
}

export class App extends EventEmitter {
  isPackaged = resources !== undefined
  /** As the real one: ready when the entry's module is done, whoever waits for it or not. */
  begin() {
    const becomes = () => {
      ready = true
      this.emit('ready')
    }
    import(entry).then(becomes, () => {})
  }
  setPath(name: string, path: string) {
    if (ready) throw new Error('setPath after ready')
    if (!statSync(path).isDirectory()) throw new Error(`no folder at ${path}`)
    facts.paths[name] = path
  }
  requestSingleInstanceLock() {
    if (ready || !facts.paths.userData) throw new Error('the lock is of the profile')
    return true
  }
  async whenReady() {
    if (!ready) await new Promise<void>(resolve => this.once('ready', resolve))
  }
  /** As the real one: every window is asked to close, and one that does not ends the quitting. */
  quit() {
    for (const window of windows) if (!closes(window)) return
    windows.clear()
    if (prevents(this, 'will-quit')) return
    facts.quit = true
    if (endsAt > 0) facts.end.ms = Math.round(performance.now() - endsAt)
    process.stdout.write(JSON.stringify(facts))
  }
  exit(code: number) {
    process.exit(code)
  }
}
