/** Text frames between two ends. `listen` is called once; what comes before it is kept. A closed wire swallows what it is sent. */
export type Wire = {
  send(text: string): void
  listen(on: { text(text: string): void; close(): void }): void
  close(): void
}

type Heard = { text(text: string): void; close(): void }

/** Keeps what arrives before someone listens, and says `close` exactly once. */
const mailbox = () => {
  const early: string[] = []
  let on: Heard | undefined
  let closed = false
  return {
    text: (text: string) => (on ? on.text(text) : void early.push(text)),
    close: () => {
      if (closed) return
      closed = true
      on?.close()
    },
    isClosed: () => closed,
    listen: (heard: Heard) => {
      on = heard
      for (const text of early.splice(0)) heard.text(text)
      if (closed) heard.close()
    },
  }
}

/** Two ends within one process. Frames arrive in order, after the sender's own turn. */
export const pairOfWires = (): [Wire, Wire] => {
  const boxes = [mailbox(), mailbox()] as const
  const end = (mine: 0 | 1): Wire => {
    const [own, other] = [boxes[mine], boxes[mine === 0 ? 1 : 0]]
    return {
      send: text => void (own.isClosed() || Promise.resolve().then(() => other.isClosed() || other.text(text))),
      listen: own.listen,
      close: () => {
        own.close()
        void Promise.resolve().then(other.close)
      },
    }
  }
  return [end(0), end(1)]
}

/** A port of Node's worker threads, or Electron's `MessagePortMain`, by shape. Anything but text closes it. */
type NodePort = {
  postMessage(message: string): void
  on(event: 'message', run: (message: unknown) => void): unknown
  on(event: 'close', run: () => void): unknown
  start?(): void
  close(): void
}
/** A wire over a port whose messages arrive as `message`, or as `message.data` (Electron). */
export const portWire = (port: NodePort): Wire => {
  const box = mailbox()
  const end = () => {
    port.close()
    box.close()
  }
  port.on('message', message => {
    const text = typeof message === 'object' && message !== null && 'data' in message ? message.data : message
    if (typeof text === 'string') box.text(text)
    else end()
  })
  port.on('close', box.close)
  port.start?.()
  return { send: text => void (box.isClosed() || port.postMessage(text)), listen: box.listen, close: end }
}

/** A WebSocket of a browser or of `ws`, by shape. Anything but text closes it. */
type Socket = {
  readonly readyState: number
  send(text: string): void
  close(code?: number): void
  addEventListener(type: 'message', run: (event: { data: unknown }) => void): void
  addEventListener(type: 'close', run: () => void): void
}
/** A wire over an open WebSocket. */
export const socketWire = (socket: Socket): Wire => {
  const box = mailbox()
  const end = () => {
    socket.close()
    box.close()
  }
  socket.addEventListener('message', event => (typeof event.data === 'string' ? box.text(event.data) : end()))
  socket.addEventListener('close', box.close)
  return { send: text => void (socket.readyState === 1 && socket.send(text)), listen: box.listen, close: end }
}

/** A stream of bytes as a wire: one frame a line, since JSON text holds no line break. By shape of Node's sockets. */
type Stream = {
  setEncoding(encoding: 'utf8'): unknown
  write(text: string): unknown
  destroy(): unknown
  readonly destroyed: boolean
  on(event: 'data', run: (chunk: string) => void): unknown
  on(event: 'close' | 'error', run: () => void): unknown
}
/** A wire over a local socket. A line of more than `maxLength` characters closes it. */
export const lineWire = (stream: Stream, maxLength = 64 << 20): Wire => {
  const box = mailbox()
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', chunk => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) box.text(line)
    if (rest.length > maxLength) stream.destroy()
  })
  stream.on('error', () => stream.destroy())
  stream.on('close', box.close)
  return {
    send: text => void (stream.destroyed || stream.write(`${text}\n`)),
    listen: box.listen,
    close: () => void stream.destroy(),
  }
}

/** Joins two wires, so that a door can pump frames between a page and the engine without reading them. */
export const pipe = (a: Wire, b: Wire) => {
  a.listen({ text: b.send, close: b.close })
  b.listen({ text: a.send, close: a.close })
}
