import { EventEmitter } from 'node:events'
import type { MessagePort } from 'node:worker_threads'

/** A port of the main process: its messages wait until `start`, and arrive as events with `data`. */
export class MessagePortMain extends EventEmitter {
  readonly port: MessagePort
  constructor(port: MessagePort) {
    super()
    this.port = port
  }
  start() {
    this.port.on('message', data => this.emit('message', { data, ports: [] }))
    this.port.on('close', () => this.emit('close'))
  }
  postMessage(message: unknown) {
    this.port.postMessage(message)
  }
  close() {
    this.port.close()
  }
}
