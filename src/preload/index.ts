/** One object for the page, a few functions; it does not grow with features. What goes through is text, or a port that arrives as a window message. */
import { contextBridge, ipcRenderer } from 'electron'

declare const window: { postMessage(message: string, target: string, ports: readonly unknown[]): void }

contextBridge.exposeInMainWorld('howdah', {
  openEngine: () => ipcRenderer.send('howdah:open-engine'),
  openLink: (url: unknown) => ipcRenderer.send('howdah:open-link', String(url)),
  saveExport: (name: unknown) => ipcRenderer.send('howdah:save-export', String(name)),
  listen: () => ipcRenderer.invoke('howdah:listen'),
})

// SECURITY: only to this page itself ("/"), never to whatever else might stand in the window.
ipcRenderer.on('howdah:engine', event => window.postMessage('howdah:engine', '/', event.ports))
