/** The desktop. All it decides stands in `doors/electron`, as functions that are tested without Electron. */
import { join } from 'node:path'
import { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, protocol, safeStorage, session } from 'electron'
import { Failure } from '../shared/contract/failure.ts'
import { say, sayFailure } from '../shared/messages/say.ts'
import { begin } from './doors/begin.ts'
import { finishOver } from './doors/callback.ts'
import { listenAnew } from './doors/callback-listener.ts'
import { commands } from './doors/cli/commands.ts'
import { hear } from './doors/cli/words.ts'
import { chooseFolder } from './doors/data-folder.ts'
import { APP_PAGE, appScheme } from './doors/electron/app-page.ts'
import { hardenApp, hardenSession } from './doors/electron/hardening.ts'
import { menuTemplate } from './doors/electron/menu.ts'
import { joinPage } from './doors/electron/pipe.ts'
import { keyringSecrets } from './doors/electron/secrets.ts'
import { windowOptions } from './doors/electron/window.ts'
import { speakAsHere } from './doors/language.ts'
import { readPage } from './doors/page-files.ts'
import { startSampleBeside } from './doors/sample-beside.ts'

const here = import.meta.dirname
const tell = (line: string) => void process.stderr.write(`${line}\n`)

/** Words of ours among Electron's own; what cannot be understood opens the desk as if it were not there. */
const readWords = () => {
  const heard = hear(['web', ...process.argv.slice(app.isPackaged ? 1 : 2)], commands)
  if ('wrong' in heard) tell(heard.wrong)
  return 'words' in heard ? heard.words : undefined
}

const openWindow = () => {
  const window = new BrowserWindow(windowOptions(join(here, '../preload/index.cjs'), nativeTheme.shouldUseDarkColors))
  window.once('ready-to-show', () => window.show())
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  return window
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

const start = async () => {
  const words = readWords()
  const choice = chooseFolder({ data: words?.text('data'), sample: words?.has('sample') })
  // One desktop a data folder: the second brings the first to the front.
  app.setPath('userData', join(choice.folder, 'desktop'))
  if (!app.requestSingleInstanceLock()) return app.quit()
  await app.whenReady()
  const begun = await begin({
    enginePath: join(here, 'engine.js'),
    choice,
    from: 'desktop',
    secretsOf: folder => keyringSecrets(safeStorage, folder, process.env.HOWDAH_PLAIN_KEYRING === '1'),
    startSample: words?.has('sample') ? startSampleBeside : undefined,
    tell,
  })
  hardenSession(session.fromPartition('howdah'), await readPage(join(here, '../renderer')))
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.isPackaged)))
  const window = openWindow()
  const returns = listenAnew(finishOver(() => begun.door.dial('cli')))
  joinPage(ipcMain, window, { folder: begun.folder, dial: () => begun.door.dial(), listen: returns.listen })
  app.on('window-all-closed', () => app.quit())
  closeBeforeQuit(async () => {
    returns.close()
    await begun.close()
  })
  await window.loadURL(APP_PAGE)
}

speakAsHere()
protocol.registerSchemesAsPrivileged([appScheme])
hardenApp(app)
start().catch((error: unknown) => {
  dialog.showErrorBox(
    'Howdah',
    error instanceof Failure ? sayFailure(error) : `${say('failure.internal')} ${String(error)}`,
  )
  app.exit(1)
})
