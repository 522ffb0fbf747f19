import type { BrowserWindowConstructorOptions } from 'electron'
import type { Placed } from '../window-place.ts'

/** How the one window is made. `dark` paints it in the page's own ground until the page is there. */
export const windowOptions = (
  preload: string,
  dark: boolean,
  { maximised: _, ...placed }: Placed,
): BrowserWindowConstructorOptions => ({
  ...placed,
  show: false,
  title: 'Howdah',
  backgroundColor: dark ? '#15181d' : '#ffffff',
  autoHideMenuBar: true,
  webPreferences: {
    preload,
    // SECURITY: a session in memory only: nothing that the page showed is found on disk later.
    partition: 'howdah',
    // SECURITY: the page shows what strangers wrote. It runs in the system's sandbox, apart from the preload script, without Node.
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    // SECURITY: a spelling dictionary would be fetched from a third party.
    spellcheck: false,
  },
})
