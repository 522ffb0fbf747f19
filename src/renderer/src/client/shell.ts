import type { Wire } from '../../../shared/contract/wires.ts'
import { openBrowserWire, tabSecret } from './browser-wire.ts'
import { type Bridge, openDesktopWire } from './desktop-wire.ts'

/** What the page needs from where it runs: the desktop's window, or a browser at the loopback door. */
export type Shell = {
  kind: 'desktop' | 'browser'
  openWire(): Promise<Wire>
  /** Opens an address in the person's own browser. */
  openLink(url: string): void
  /** Has the shell save an exported file: the desktop asks where, a browser fetches it as any download. */
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
  saveExport: name => bridge.saveExport(name),
  redirect: async () => String(await bridge.listen()),
})

/** The door hands a file to a tab that was let in, which it sees from this; the secret itself stays out of addresses. */
const passFor = async (name: string): Promise<string> => {
  const digest = async (text: string) =>
    btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))))
  const tab = await digest(tabSecret() ?? '')
  return (await digest(`${tab} ${name}`)).replaceAll('+', '-').replaceAll('/', '_').replace('=', '')
}

const download = async (name: string) => {
  const href = `/exports/${encodeURIComponent(name)}?pass=${await passFor(name)}`
  Object.assign(document.createElement('a'), { href, download: name }).click()
}

/** `onRefused` runs when the door says that this tab holds no key: only a person can help then. */
const browser = (onRefused: () => void): Shell => ({
  kind: 'browser',
  openWire: () => openBrowserWire(onRefused),
  openLink: url => void window.open(url, '_blank', 'noopener,noreferrer'),
  saveExport: name => void download(name),
  redirect: async () => `${location.origin}/callback`,
})

export const findShell = (onRefused: () => void): Shell => (window.howdah ? desktop(window.howdah) : browser(onRefused))
