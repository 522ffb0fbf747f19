import { socketWire, type Wire } from '../../../shared/contract/wires.ts'

/** Cookies do not know ports, so the door also asks for a secret that only this tab holds. */
const TAB = 'howdah-tab'
const NO_KEY = 4401

/** This tab's secret, once it was let in. */
export const tabSecret = (): string | null => sessionStorage.getItem(TAB)

/** The secret in the door's hello. Looked at by hand: the page dials before it has read anything that knows schemas. */
const readHello = (data: unknown): string | undefined => {
  try {
    const said: unknown = JSON.parse(String(data))
    const tab = typeof said === 'object' && said !== null && 'tab' in said ? said.tab : undefined
    return typeof tab === 'string' && tab !== '' && tab.length <= 200 ? tab : undefined
  } catch {
    return undefined
  }
}

/**
 * A WebSocket to the door that served this page. Before the first frame both sides say hello: the tab names its secret, or none, and
 * the door answers with the one that holds from now on. Rejects when the door is gone; never ends when it refuses for good.
 */
export const openBrowserWire = (onRefused: () => void): Promise<Wire> =>
  new Promise((resolve, reject) => {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    const socket = new WebSocket(`${scheme}://${location.host}/wire`)
    socket.addEventListener('open', () => socket.send(JSON.stringify({ tab: tabSecret() })), {
      once: true,
    })
    socket.addEventListener('close', event => (event.code === NO_KEY ? onRefused() : reject(new Error('closed'))))
    socket.addEventListener(
      'message',
      event => {
        const tab = readHello(event.data)
        if (tab === undefined) return socket.close()
        sessionStorage.setItem(TAB, tab)
        resolve(socketWire(socket))
      },
      { once: true },
    )
  })
