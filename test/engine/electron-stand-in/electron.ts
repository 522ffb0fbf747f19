/**
 * A small stand-in of Electron's API: what our two bundles use of it and no more, so that anything else is an error at import. It
 * proves wiring (order of calls, channel names, the way of the port, what is refused), never that the real Electron behaves so.
 */
import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { App, answers, closes, isReady, needReady, prevents, systemEnds, windows } from './app.ts'
import { type Frame, facts } from './facts.ts'
import { runPage } from './page.ts'
import { MessagePortMain } from './port.ts'

export const app = new App()
export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown[]) => {
    if (isReady()) throw new Error('schemes after ready')
    facts.schemes = schemes
    app.begin()
  },
}
export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePort
  constructor() {
    needReady('MessageChannelMain')
    const { port1, port2 } = new MessageChannel()
    this.port1 = new MessagePortMain(port1)
    this.port2 = port2
  }
}

type Handler = (event: { senderFrame: unknown }, ...words: unknown[]) => unknown
class IpcMain extends EventEmitter {
  readonly handlers = new Map<string, Handler>()
  handle(channel: string, answer: Handler) {
    this.handlers.set(channel, answer)
  }
  async ask(channel: string, senderFrame: unknown, ...words: unknown[]): Promise<unknown> {
    const answer = this.handlers.get(channel)
    if (!answer) throw new Error(`nobody answers ${channel}`)
    return await answer({ senderFrame }, ...words)
  }
}
type Asked = { message: string; detail: string; buttons: string[]; cancelId: number; signal?: AbortSignal }
export const ipcMain = new IpcMain()
const toRenderer = new EventEmitter()
export const exposed: Record<string, Record<string, (word?: unknown) => unknown>> = {}
export const contextBridge = {
  exposeInMainWorld: (name: string, api: Record<string, (word?: unknown) => unknown>) => {
    exposed[name] = api
  },
}
/** The frame of our own page, as the main process sees it. */
const ownFrame: Frame = {
  url: 'app://howdah/',
  parent: null,
  postMessage: (channel, _message, ports) => toRenderer.emit(channel, { ports }),
}
export const ipcRenderer = {
  on: toRenderer.on.bind(toRenderer),
  send: (channel: string, ...words: unknown[]) => ipcMain.emit(channel, { senderFrame: ownFrame }, ...words),
  invoke: (channel: string) => ipcMain.ask(channel, ownFrame),
}

type Handle = (request: { method: string; url: string }) => Response
class Session extends EventEmitter {
  handle: Handle | undefined
  guards: Record<string, (...given: never[]) => unknown> = {}
  protocol = {
    handle: (scheme: string, handle: Handle) => {
      facts.handled.push(scheme)
      this.handle = handle
    },
  }
  webRequest = {
    onBeforeRequest: (guard: (details: { url: string }, decide: (said: { cancel: boolean }) => void) => void) => {
      this.guards.request = guard
    },
  }
  setPermissionRequestHandler(guard: (contents: unknown, permission: string, grant: (yes: boolean) => void) => void) {
    this.guards.permissionRequest = guard
  }
  setPermissionCheckHandler(guard: () => boolean) {
    this.guards.permissionCheck = guard
  }
  setDevicePermissionHandler(guard: () => boolean) {
    this.guards.device = guard
  }
}
const sessions = new Map<string, Session>()
export const session = {
  fromPartition: (name: string) => {
    needReady('session')
    const made = sessions.get(name) ?? new Session()
    sessions.set(name, made)
    return made
  },
}

class WebContents extends EventEmitter {
  reload() {
    facts.reloads += 1
  }
  /** Electron ends a page that hangs as one that was killed. */
  forcefullyCrashRenderer() {
    this.emit('render-process-gone', {}, { reason: 'killed' })
  }
  openHandler: (() => { action: string }) | undefined
  setWindowOpenHandler(handler: () => { action: string }) {
    this.openHandler = handler
  }
}
type Options = Bounds & { webPreferences: { preload: string; partition: string } }
type Bounds = { x: number; y: number; width: number; height: number }
const screenOf = (id: number, x: number) => ({ id, workArea: { x, y: 0, width: 1920, height: 1040 } })
/** The main screen, and one on its left as long as nobody unplugs it. */
export const screen = {
  getPrimaryDisplay: () => {
    needReady('screen')
    return screenOf(1, 0)
  },
  getAllDisplays: () => (process.env.STAND_IN_UNPLUGGED ? [screenOf(1, 0)] : [screenOf(2, -1920), screenOf(1, 0)]),
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents()
  /** Where a person moves it, or where it was put. */
  getNormalBounds(): Bounds {
    if (this.isDestroyed()) throw new TypeError('Object has been destroyed')
    const { x = 240, y = 70, width, height } = this.options
    return process.env.STAND_IN_MOVED ? { x: -1800, y: 100, width: 1300, height: 800 } : { x, y, width, height }
  }
  isMaximized() {
    return facts.maximised || process.env.STAND_IN_MOVED !== undefined
  }
  /** As the real one, it shows a window as well. */
  maximize() {
    facts.maximised = true
    facts.shown = true
  }
  readonly options: Options
  constructor(options: Options) {
    super()
    needReady('BrowserWindow')
    this.options = options
    facts.window = options
    facts.windows += 1
    app.emit('web-contents-created', {}, this.webContents)
    windows.add(this)
  }
  show() {
    facts.shown = true
  }
  hide() {
    facts.shown = false
  }
  isDestroyed() {
    return !windows.has(this)
  }
  isMinimized() {
    return true
  }
  restore() {
    facts.restored = true
  }
  focus() {
    facts.focused = true
  }
  async loadURL(url: string) {
    const { partition, preload } = this.options.webPreferences
    const its = session.fromPartition(partition)
    const { handle } = its
    if (!handle) throw new Error('no handler of the page')
    facts.url = url
    facts.loads += 1
    await runPage({
      url,
      preload,
      handle,
      session: its,
      window: this,
      contents: this.webContents,
      app,
      ipcMain,
      ownFrame,
      exposed,
      powerMonitor,
      probe: prevents,
    })
    this.emit('ready-to-show')
    app.emit('second-instance')
    const { STAND_IN_ENDS } = process.env
    if (STAND_IN_ENDS && STAND_IN_ENDS !== 'while asked') return systemEnds(windows, powerMonitor)
    // Nobody waits for the person who closes the window.
    void this.leave()
  }
  /** The person closes the window as often as they have answers, and opens it again from the tray. */
  async leave() {
    do {
      if (!closes(this)) await new Promise(resolve => turns.once('turn', resolve))
      else {
        windows.delete(this)
        app.emit('window-all-closed')
      }
      if (process.env.STAND_IN_TRAY === 'quit' && !facts.shown) return tray.quit()
      if (tray.open && !facts.shown) {
        facts.trays.push([tray.tip, ...tray.items])
        tray.open()
        facts.trays.push([facts.shown ? 'window' : 'no window', tray.isThere ? 'tray' : 'no tray'])
      }
    } while (!facts.quit && answers.length > 0)
  }
}

/** The shell is done with an answer. */
const turns = new EventEmitter()
const tray = {
  isThere: false,
  tip: '',
  items: [] as string[],
  open: undefined as (() => void) | undefined,
  quit: () => {},
}
export class Tray extends EventEmitter {
  constructor(icon: { path: string }) {
    super()
    needReady('Tray')
    if (!existsSync(icon.path)) throw new Error(`no icon at ${icon.path}`)
    tray.isThere = true
    tray.open = () => this.emit('click')
  }
  setToolTip(tip: string) {
    tray.tip = tip
  }
  setContextMenu(items: { label: string; click(): void }[]) {
    tray.quit = () => items.at(-1)?.click()
    tray.items = items.map(({ label }) => label)
    setImmediate(() => turns.emit('turn'))
  }
  destroy() {
    tray.isThere = false
  }
}
export const nativeImage = { createFromPath: (path: string) => ({ path }) }

export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown[]) => {
    facts.menu = menu.length
  },
}
export const powerMonitor = new EventEmitter()
export const nativeTheme = { shouldUseDarkColors: true }
export const dialog = {
  /** A question of the shell: with a window when the desk closes, without one before there is any. */
  showMessageBox: async (...given: [unknown, Asked] | [Asked]) => {
    const asked = given.length === 2 ? given[1] : given[0]
    if (given.length === 2 && !facts.shown) throw new Error('a question in a hidden window')
    if (asked.message.startsWith('Open ')) {
      facts.links.push(`${asked.message} ${asked.detail.split('\n')[0]}: ${asked.buttons.join(', ')}`)
      return { response: /lindenhof|fuzz/.test(asked.message) ? asked.buttons.indexOf('Open') : asked.cancelId }
    }
    facts.questions.push(`${asked.message}: ${asked.buttons.join(', ')}`)
    const answer = answers.shift() ?? ''
    // The system ends while the person still reads: the box closes as if it was cancelled.
    if (answer === 'the system ends') {
      const closed = new Promise(resolve => asked.signal?.addEventListener('abort', resolve))
      systemEnds(windows, powerMonitor)
      await closed
      return { response: asked.cancelId }
    }
    const response = asked.buttons.findIndex(label => label.startsWith(answer))
    if (answer === 'Back') setImmediate(() => turns.emit('turn'))
    return { response: response < 0 ? asked.cancelId : response }
  },
  /** Before it is ready Linux shows no window. */
  showErrorBox: (title: string, text: string) => process.stderr.write(`${isReady() ? title : 'not shown'}: ${text}\n`),
  showSaveDialog: async (_window: unknown, options: { defaultPath: string }) => {
    facts.dialogs.push(options.defaultPath)
    return { canceled: false, filePath: process.env.STAND_IN_SAVE_TO ?? '' }
  },
}
export const shell = { openExternal: async (url: string) => void facts.opened.push(url) }
export const safeStorage = {
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () =>
    process.env.STAND_IN_KEYRING === 'basic_text' ? ('basic_text' as const) : ('gnome_libsecret' as const),
  encryptStringAsync: async (text: string) =>
    Buffer.from(`${process.env.STAND_IN_KEYRING ? 'v10' : 'v11'}sealed:${[...text].reverse().join('')}`),
  decryptStringAsync: async (bytes: Buffer) => ({
    shouldReEncrypt: false,
    result: [...bytes.toString().slice('v11sealed:'.length)].reverse().join(''),
  }),
}
