/** The desktop. All it decides stands in `doors/electron`, as functions that are tested without Electron. */
import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  session,
} from 'electron'
import { Failure } from '../shared/contract/failure.ts'
import type { Engine } from '../shared/contract/index.ts'
import { faultLine } from '../shared/fault-text.ts'
import { onSpoken, say, sayFailure } from '../shared/messages/say.ts'
import { type Begun, begin, connectThrough } from './doors/begin.ts'
import { finishOver } from './doors/callback.ts'
import { listenAnew } from './doors/callback-listener.ts'
import { commands } from './doors/cli/commands.ts'
import { hear, ownWords } from './doors/cli/words.ts'
import { type Choice, chooseFolder, prepareFolder } from './doors/data-folder.ts'
import { APP_PAGE, appScheme } from './doors/electron/app-page.ts'
import { makeClosing } from './doors/electron/closing.ts'
import { hardenApp, hardenSession } from './doors/electron/hardening.ts'
import { menuTemplate } from './doors/electron/menu.ts'
import { joinPage } from './doors/electron/pipe.ts'
import { keyringSecrets } from './doors/electron/secrets.ts'
import { makeTray } from './doors/electron/tray.ts'
import { windowOptions } from './doors/electron/window.ts'
import { speakAsHere } from './doors/language.ts'
import { checkOwnFiles } from './doors/own-files.ts'
import { readPage } from './doors/page-files.ts'
import { watchPage } from './doors/page-trouble.ts'
import { startSampleBeside } from './doors/sample-beside.ts'

const here = import.meta.dirname
const tell = (line: string) => void process.stderr.write(`${line}\n`)

/** Words of ours among Electron's own; what of ours cannot be understood opens the desk as if it were not there. */
const readWords = () => {
  const given = process.argv.slice(app.isPackaged ? 1 : 2)
  const heard = hear(
    ['web', ...commands.filter(({ name }) => name === 'web').flatMap(web => ownWords(given, web))],
    commands,
  )
  if ('wrong' in heard) tell(heard.wrong)
  return 'words' in heard ? heard.words : undefined
}

/** Opens the engine; where the system has no real keyring, only with the person's word, which is kept and logged. */
const beginHere = async (given: Omit<Parameters<typeof begin>[0], 'from' | 'secretsOf'>): Promise<Begun> => {
  const open = (keyFile: boolean) =>
    begin({ ...given, from: 'desktop', secretsOf: folder => keyringSecrets(safeStorage, folder, keyFile) })
  try {
    return await open(false)
  } catch (error) {
    if (!(error instanceof Failure) || error.detail.reason !== 'door.no-keyring') throw error
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      message: sayFailure(error),
      detail: say('door.key-file-says'),
      buttons: [say('door.quit'), say('door.key-file')],
      defaultId: 0,
      cancelId: 0,
    })
    if (response !== 1) throw error
  }
  const begun = await open(true)
  const client = await connectThrough(begun.door)
  await client.call('settings.set', { keyFile: true }).finally(client.close)
  return begun
}

/** The window, the tray in its place, and the way out, which asks while decisions are under way. */
const openWindow = ({ door }: Begun, engine: Engine) => {
  const window = new BrowserWindow(windowOptions(join(here, '../preload/index.cjs'), nativeTheme.shouldUseDarkColors))
  const show = () => {
    // Another start may be told while the engine still writes and the window is gone.
    if (window.isDestroyed()) return
    tray.hide()
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }
  const tray = makeTray(join(here, '../../resources/tray.png'), { open: show, quit: () => app.quit() })
  let leaving = false
  const close = makeClosing(engine, {
    isOwner: door.isOwner,
    ask: async ({ message, detail, answers, labels }) => {
      // Quit from the tray: what belongs to a hidden window would be hidden as well.
      show()
      const cancelId = answers.indexOf('back')
      const asked = { type: 'question', message, detail, buttons: labels, defaultId: 0, cancelId } as const
      return answers[(await dialog.showMessageBox(window, asked)).response] ?? 'back'
    },
    hide: left => {
      window.hide()
      tray.show(left)
    },
    leave: () => {
      leaving = true
      app.quit()
    },
  })
  window.on('close', event => {
    if (leaving) return
    event.preventDefault()
    void close()
  })
  const page = watchPage({
    ask: async ({ message, detail, answers, closed, labels }, signal) => {
      show()
      const [defaultId, cancelId] = [0, answers.indexOf(closed)]
      const asked = { type: 'warning', message, detail, buttons: labels, defaultId, cancelId, signal } as const
      return answers[(await dialog.showMessageBox(window, asked)).response] ?? closed
    },
    reload: () => window.webContents.reload(),
    end: () => window.webContents.forcefullyCrashRenderer(),
    quit: () => app.quit(),
  })
  window.webContents.on('render-process-gone', (_event, { reason }) => page.died(reason))
  window.on('unresponsive', page.hangs)
  window.on('responsive', page.answers)
  window.once('ready-to-show', () => window.show())
  app.on('second-instance', show)
  app.on('activate', show)
  return window
}

/** The system is locked, sleeps, or somebody else sits down: then nobody is at the desk. Where no lock was chosen the engine says so. */
const lockWithSystem = (engine: Engine) => {
  const lock = () => void engine.call('lock.now', {}).catch(() => {})
  powerMonitor.on('lock-screen', lock)
  powerMonitor.on('suspend', lock)
  powerMonitor.on('user-did-resign-active', lock)
}

/** However the desktop is told to quit, the engine first finishes what it is writing. */
const closeBeforeQuit = (close: () => Promise<void>) => {
  let closed = false
  app.on('will-quit', event => {
    if (closed) return
    event.preventDefault()
    void close().finally(() => {
      closed = true
      app.quit()
    })
  })
}

type Prepared = { words: ReturnType<typeof readWords>; choice: Choice }

/** What must be said before Electron is ready; nothing where another desktop has the folder. */
const prepare = async (): Promise<Prepared | undefined> => {
  await speakAsHere()
  const words = readWords()
  const choice = chooseFolder({ data: words?.text('data'), sample: words?.has('sample') })
  // One desktop a data folder: the second brings the first to the front.
  const profile = await prepareFolder(join(await prepareFolder(choice.folder), 'desktop'))
  app.setPath('userData', profile)
  return app.requestSingleInstanceLock() ? { words, choice } : undefined
}

const start = async ({ words, choice }: Prepared) => {
  await app.whenReady()
  if (app.isPackaged) checkOwnFiles({ resources: process.resourcesPath, nativeSums: join(here, '../native.sums') })
  const startSample = words?.has('sample') ? startSampleBeside : undefined
  const begun = await beginHere({ enginePath: join(here, 'engine.js'), choice, startSample, tell })
  hardenSession(session.fromPartition('howdah'), await readPage(join(here, '../renderer')))
  const putMenu = () => Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.isPackaged)))
  putMenu()
  onSpoken(putMenu)
  // Not as a desk: held decisions wait for one that a person sees.
  const engine = await connectThrough(begun.door, 'cli')
  lockWithSystem(engine)
  const window = openWindow(begun, engine)
  const returns = listenAnew(finishOver(() => begun.door.dial('cli')))
  joinPage(ipcMain, window, { folder: begun.folder, dial: () => begun.door.dial(), listen: returns.listen })
  app.on('window-all-closed', () => app.quit())
  closeBeforeQuit(async () => {
    await returns.close()
    engine.close()
    await begun.close()
  })
  await window.loadURL(APP_PAGE)
}

const giveUp = async (error: unknown) => {
  // Before that Linux shows no window, and a person who pressed an icon sees no terminal.
  await app.whenReady()
  dialog.showErrorBox(
    'Howdah',
    error instanceof Failure ? sayFailure(error) : `${say('failure.internal')} ${faultLine(error)}`,
  )
  app.exit(1)
}

// A terminal that is closed after it started the desk hears nothing more; the error would be shown as a fault of the desk.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
protocol.registerSchemesAsPrivileged([appScheme])
hardenApp(app)
// Windows shows notifications of a program that says who it is, as its installer does (`packaging/config.mjs`).
if (process.platform === 'win32') app.setAppUserModelId('io.github.howdah.desk')
// Electron is ready as soon as this module is done, so it is not done before. What waits for that may not be awaited here.
const prepared = prepare()
void prepared.then(given => (given ? start(given) : app.quit())).catch(giveUp)
await Promise.allSettled([prepared])
