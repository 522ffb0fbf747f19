import { portWire, type Wire } from '../../../shared/contract/wires.ts'

/** What the preload script puts into the page. */
export type Bridge = {
  /** Asks for a port to the engine; it comes as a window message. */
  openEngine(): void
  openLink(url: string): void
  saveExport(name: string): void
  /** Listens for the return of a sign-in, for five minutes; answers where. */
  listen(): Promise<unknown>
}

/** A port of the page as `portWire` knows ports. */
const asNodePort = (port: MessagePort) => ({
  postMessage: (text: string) => port.postMessage(text),
  on: (event: 'message' | 'close', run: (message: unknown) => void) =>
    port.addEventListener(event, heard => run(heard instanceof MessageEvent ? heard.data : undefined)),
  start: () => port.start(),
  close: () => port.close(),
})

/** A port to the engine, handed over by the preload script of this very window. */
export const openDesktopWire = (bridge: Bridge): Promise<Wire> =>
  new Promise(resolve => {
    const heard = (event: MessageEvent) => {
      const port = event.ports[0]
      if (event.source !== window || event.data !== 'howdah:engine' || !port) return
      window.removeEventListener('message', heard)
      resolve(portWire(asNodePort(port)))
    }
    window.addEventListener('message', heard)
    bridge.openEngine()
  })
