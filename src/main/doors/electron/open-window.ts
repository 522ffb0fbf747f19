import { join } from 'node:path'
import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron'
import type { Engine } from '../../../shared/contract/index.ts'
import { makeClosing } from '../closing.ts'
import { watchPage } from '../page-trouble.ts'
import type { Question } from '../question.ts'
import { keepPlace, placeWindow, readPlace } from '../window-place.ts'
import { makeTray } from './tray.ts'
import { windowOptions } from './window.ts'

/** What each screen leaves to windows, the main one first. */
const screensHere = () => {
  const main = screen.getPrimaryDisplay()
  return [main, ...screen.getAllDisplays().filter(({ id }) => id !== main.id)].map(({ workArea }) => workArea)
}

/** `here` is the folder of the built main script, `profile` the desktop's own folder among the data. */
type Given = { engine: Engine; here: string; profile: string; isOwner(): boolean }

/** The window, the tray in its place, and the ways out, of which those of a person ask while decisions are under way. */
export const openWindow = ({ engine, here, profile, isOwner }: Given) => {
  const placeFile = join(profile, 'window.json')
  const placed = placeWindow(readPlace(placeFile), screensHere())
  const preload = join(here, '../preload/index.cjs')
  const window = new BrowserWindow(windowOptions(preload, nativeTheme.shouldUseDarkColors, placed))
  const show = () => {
    // Another start may be told while the engine still writes and the window is gone.
    if (window.isDestroyed()) return
    tray.hide()
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }
  const tray = makeTray(join(here, '../../resources/tray.png'), { open: show, quit: () => app.quit() })
  const gone = new AbortController()
  const ask = async <Answer extends string>(question: Question<Answer>, over?: AbortSignal): Promise<Answer> => {
    const { type, message, detail, answers, labels, closed } = question
    // Quit from the tray: what belongs to a hidden window would be hidden as well.
    show()
    const signal = over ? AbortSignal.any([over, gone.signal]) : gone.signal
    const asked = { type, message, detail, buttons: labels, defaultId: 0, cancelId: answers.indexOf(closed), signal }
    return answers[(await dialog.showMessageBox(window, asked)).response] ?? closed
  }
  const closing = makeClosing(engine, {
    isOwner,
    ask,
    hide: left => {
      window.hide()
      tray.show(left)
    },
    leave: () => {
      gone.abort()
      app.quit()
    },
  })
  window.on('close', event => {
    keepPlace(placeFile, window.getNormalBounds(), window.isMaximized())
    if (gone.signal.aborted) return
    event.preventDefault()
    void closing.close()
  })
  const page = watchPage({
    ask,
    reload: () => window.webContents.reload(),
    end: () => window.webContents.forcefullyCrashRenderer(),
    quit: () => app.quit(),
  })
  window.webContents.on('render-process-gone', (_event, { reason }) => page.died(reason))
  window.on('unresponsive', page.hangs)
  window.on('responsive', page.answers)
  window.once('ready-to-show', () => {
    // That shows it as well, so not before there is something to see.
    if (placed.maximised) window.maximize()
    window.show()
  })
  app.on('second-instance', show)
  app.on('activate', show)
  return { window, ask, closing }
}
