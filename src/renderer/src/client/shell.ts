import type { Wire } from '../../../shared/contract/wires.ts'
import { openBrowserWire } from './browser-wire.ts'
import { type Bridge, openDesktopWire } from './desktop-wire.ts'

/** What the page needs from where it runs: the desktop's window, or a browser at the loopback door. */
export type Shell = {
  kind: 'desktop' | 'browser'
  openWire(): Promise<Wire>
  /** Opens an address in the person's own browser. */
  openLink(url: string): void
  /** Where an exported file can be fetched; null where the shell saves it itself. */
  exportUrl(name: string): string | null
  /** Has the shell save an exported file. */
  saveExport(name: string): void
  /** Where a server may send the browser back to, once asked: somebody listens there from now on. */
  redirect(): Promise<string>
}

declare global {
  interface Window {
    /** Put there by the preload script of the desktop. */
    howdah?: Bridge
  }
}

const desktop = (bridge: Bridge): Shell => ({
  kind: 'desktop',
  openWire: () => openDesktopWire(bridge),
  openLink: url => bridge.openLink(url),
  exportUrl: () => null,
  saveExport: name => bridge.saveExport(name),
  redirect: async () => String(await bridge.listen()),
})

const exportUrl = (name: string) => `/exports/${encodeURIComponent(name)}`

/** `onRefused` runs when the door says that this tab holds no key: only a person can help then. */
const browser = (onRefused: () => void): Shell => ({
  kind: 'browser',
  openWire: () => openBrowserWire(onRefused),
  openLink: url => void window.open(url, '_blank', 'noopener,noreferrer'),
  exportUrl,
  saveExport: name => {
    const link = Object.assign(document.createElement('a'), { href: exportUrl(name), download: name })
    link.click()
  },
  redirect: async () => `${location.origin}/callback`,
})

export const findShell = (onRefused: () => void): Shell => (window.howdah ? desktop(window.howdah) : browser(onRefused))
