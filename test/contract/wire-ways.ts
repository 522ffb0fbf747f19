import { createServer } from 'node:http'
import { type AddressInfo, connect as connectLocal, createServer as createLocalServer } from 'node:net'
import { MessageChannel, Worker } from 'node:worker_threads'
import { WebSocket, WebSocketServer } from 'ws'
import { lineWire, pairOfWires, pipe, portWire, socketWire, type Wire } from '../../src/shared/contract/wires.ts'
import { makeTrialServer } from './ground.ts'

/**
 * How one kind of wire is opened, again and again, to one server. `hold`: has a server of another thread stand still until the answer is
 * called; one of this thread does while we run.
 */
export type Way = { dial(): Promise<Wire>; end(): Promise<unknown> | unknown; hold?(): Promise<() => void> }

/** Every kind of wire, each to a trial server. */
export const ways: Record<string, () => Promise<Way>> = {
  'in one process': async () => {
    const answer = makeTrialServer()
    return {
      dial: async () => {
        const [near, far] = pairOfWires()
        answer(far)
        return near
      },
      end: () => {},
    }
  },
  'to a worker thread': async () => {
    const worker = new Worker(new URL('./trial-worker.ts', import.meta.url))
    return {
      dial: async () => {
        const { port1, port2 } = new MessageChannel()
        worker.postMessage(port2, [port2])
        return portWire(port1)
      },
      end: () => worker.terminate(),
      hold: async () => {
        const stands = new Int32Array(new SharedArrayBuffer(4))
        worker.postMessage(stands)
        while (Atomics.load(stands, 0) === 0) await new Promise(resolve => setTimeout(resolve, 1))
        return () => {
          Atomics.store(stands, 0, 2)
          Atomics.notify(stands, 0)
        }
      },
    }
  },
  'over a WebSocket': async () => {
    const answer = makeTrialServer()
    const http = createServer()
    const sockets = new WebSocketServer({ server: http, maxPayload: 4 << 20 })
    sockets.on('connection', socket => answer(socketWire(socket)))
    await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
    const { port } = http.address() as AddressInfo
    return {
      dial: () =>
        new Promise((resolve, reject) => {
          const socket = new WebSocket(`ws://127.0.0.1:${port}`)
          socket.on('open', () => resolve(socketWire(socket)))
          socket.on('error', reject)
        }),
      end: () => {
        for (const socket of sockets.clients) socket.terminate()
        return new Promise(resolve => http.close(resolve))
      },
    }
  },
  'over a local socket': async () => {
    const answer = makeTrialServer()
    const server = createLocalServer(socket => answer(lineWire(socket)))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    return {
      dial: () =>
        new Promise((resolve, reject) => {
          const socket = connectLocal(port, '127.0.0.1')
          socket.once('connect', () => resolve(lineWire(socket)))
          socket.once('error', reject)
        }),
      end: () => new Promise(resolve => server.close(resolve)),
    }
  },
  'over a door that pumps': async () => {
    const answer = makeTrialServer()
    return {
      dial: async () => {
        const [page, doorNear] = pairOfWires()
        const [doorFar, engine] = pairOfWires()
        pipe(doorNear, doorFar)
        answer(engine)
        return page
      },
      end: () => {},
    }
  },
}
