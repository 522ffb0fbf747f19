import type { MenuItemConstructorOptions } from 'electron'
import { say } from '../../../shared/messages/say.ts'

/** The menu: what the system expects, and nothing that the desk's own keys do. No developer tools in a packaged desktop. */
export const menuTemplate = (platform: NodeJS.Platform, packaged: boolean): MenuItemConstructorOptions[] => [
  ...(platform === 'darwin'
    ? [{ role: 'appMenu' } as const]
    : [{ label: say('door.menu.file'), submenu: [{ role: 'quit' } as const] }]),
  { role: 'editMenu' },
  {
    label: say('door.menu.view'),
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      ...(packaged ? [] : [{ role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
    ],
  },
  { role: 'windowMenu' },
]
