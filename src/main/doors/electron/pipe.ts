import { join } from 'node:path'
import { type BrowserWindow, dialog, type IpcMain, MessageChannelMain, shell } from 'electron'
import { pipe, portWire, type Wire } from '../../../shared/contract/wires.ts'
import { say } from '../../../shared/messages/say.ts'
import { isOurPage } from '../app-page.ts'
import { isExportName } from '../export-name.ts'
import { externalLink } from '../external-link.ts'
import { saveCopy } from '../save-copy.ts'
import { channels } from './channels.ts'

/** Hands a checked address to the system's browser; where there is none, the person has it to open it by hand. */
export const openOutside = (window: BrowserWindow, link: string): Promise<void> =>
  shell.openExternal(link).catch(async () => {
    await dialog.showMessageBox(window, { type: 'error', message: say('shell.not-opened', { link }) })
  })

const saveExport = async (window: BrowserWindow, folder: string, name: string) => {
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: name })
  if (canceled || filePath === '') return
  await saveCopy(join(folder, 'exports', name), filePath).catch(async (error: unknown) => {
    const sys = error instanceof Error && 'code' in error ? String(error.code) : ''
    await dialog.showMessageBox(window, { type: 'error', message: say('shell.not-saved', { file: filePath, sys }) })
  })
}

/**
 * What the page is joined to: the data folder, a way to the engine, a listener for the return of a sign-in, which answers its address, and
 * what asks before an address is opened.
 */
type Joined = {
  folder: string
  dial(): Promise<Wire>
  listen(): Promise<string>
  openLink(link: string): Promise<void>
}

/** Joins the page to the engine: a port for each time the page asks, whose text frames go to the engine unread. */
export const joinPage = (ipc: IpcMain, window: BrowserWindow, { folder, dial, listen, openLink }: Joined) => {
  ipc.on(channels.openEngine, event => {
    const frame = event.senderFrame
    if (frame === null || !isOurPage(frame)) return
    const handOver = (wire: Wire) => {
      const { port1, port2 } = new MessageChannelMain()
      try {
        // Throws where the frame is gone by now.
        frame.postMessage(channels.engine, null, [port2])
        pipe(portWire(port1), wire)
      } catch {
        port1.close()
        wire.close()
      }
    }
    // No engine: the page asks again in a while, as over any wire that fails.
    dial()
      .then(handOver)
      .catch(() => {})
  })
  ipc.on(channels.openLink, (event, given: unknown) => {
    const link = externalLink(given)
    if (isOurPage(event.senderFrame) && link !== null) void openLink(link)
  })
  ipc.on(channels.saveExport, (event, given: unknown) => {
    if (isOurPage(event.senderFrame) && isExportName(given)) void saveExport(window, folder, given)
  })
  ipc.handle(channels.listen, async event => (isOurPage(event.senderFrame) ? await listen() : null))
}
