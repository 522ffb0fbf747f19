/** The desktop. What it decides stands in `doors/`, as functions that are tested without Electron; `doors/electron` joins them to it. */
import '../shared/jitless.ts'
import { join } from 'node:path'
import { app, dialog, ipcMain, Menu, protocol, safeStorage, session } from 'electron'
import { Failure } from '../shared/contract/failure.ts'
import { faultLine } from '../shared/fault-text.ts'
import { onSpoken, say, sayFailure } from '../shared/messages/say.ts'
import { APP_PAGE, appScheme } from './doors/app-page.ts'
import { type Begun, begin, connectThrough } from './doors/begin.ts'
import { finishOver } from './doors/callback.ts'
import { listenAnew } from './doors/callback-listener.ts'
import { commands } from './doors/cli/commands.ts'
import { hear, ownWords } from './doors/cli/words.ts'
import { type Choice, chooseFolder, prepareFolder } from './doors/data-folder.ts'
import { hardenApp, hardenSession } from './doors/electron/hardening.ts'
import { menuTemplate } from './doors/electron/menu.ts'
import { openWindow } from './doors/electron/open-window.ts'
import { joinPage, openOutside } from './doors/electron/pipe.ts'
import { keyringSecrets } from './doors/electron/secrets.ts'
import { closeBeforeQuit, endWithSystem, lockWithSystem } from './doors/electron/system.ts'
import { makeLinks } from './doors/external-link.ts'
import { speakAsHere } from './doors/language.ts'
import { checkOwnFiles } from './doors/own-files.ts'
import { readPage } from './doors/page-files.ts'
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

type Prepared = { words: ReturnType<typeof readWords>; choice: Choice; profile: string }

/** What must be said before Electron is ready; nothing where another desktop has the folder. */
const prepare = async (): Promise<Prepared | undefined> => {
  await speakAsHere()
  const words = readWords()
  const choice = chooseFolder({ data: words?.text('data'), sample: words?.has('sample') })
  // One desktop a data folder: the second brings the first to the front.
  const profile = await prepareFolder(join(await prepareFolder(choice.folder), 'desktop'))
  app.setPath('userData', profile)
  return app.requestSingleInstanceLock() ? { words, choice, profile } : undefined
}

const start = async ({ words, choice, profile }: Prepared) => {
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
  const { window, ask, closing } = openWindow({ engine, here, profile, isOwner: begun.door.isOwner })
  const returns = listenAnew(finishOver(() => begun.door.dial('cli')))
  const openLink = makeLinks(engine, ask, link => openOutside(window, link))
  joinPage(ipcMain, window, { folder: begun.folder, dial: () => begun.door.dial(), listen: returns.listen, openLink })
  app.on('window-all-closed', () => app.quit())
  endWithSystem(window, closing.end)
  closeBeforeQuit(async patienceMs => {
    await returns.close()
    engine.close()
    await begun.close(patienceMs)
  }, closing.isEnding)
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
