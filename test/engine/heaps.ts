import { WebSocket } from 'ws'

type Answer = { id?: number; method?: string; params?: Record<string, unknown>; error?: unknown }
type Ask = (method: string, params?: object) => Promise<unknown>

/** Speaks Chromium's protocol over `send`; answers what is to be given each incoming text. */
const speaker = (send: (text: string) => void, on: (method: string, params: Record<string, unknown>) => void) => {
  let last = 0
  let ended = false
  const waiting = new Map<number, (answer: Answer) => void>()
  const ask: Ask = (method, params = {}) =>
    new Promise((resolve, reject) => {
      if (ended) return resolve({})
      const id = ++last
      waiting.set(id, answer => (answer.error ? reject(new Error(JSON.stringify(answer.error))) : resolve(answer)))
      send(JSON.stringify({ id, method, params }))
    })
  const hear = (text: string) => {
    const answer: Answer = JSON.parse(text)
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer)
    else if (answer.method) on(answer.method, answer.params ?? {})
  }
  /** Nobody is there any more. */
  const end = () => {
    ended = true
    for (const resolve of waiting.values()) resolve({})
  }
  return { ask, hear, end }
}

/**
 * The heap snapshots of a Node process that was started with `--inspect`, main thread first, then each worker: everything that can still
 * be reached, after a collection of what cannot. Of a worker that ended meanwhile there is none.
 */
export const heapsOf = async (inspector: string): Promise<Buffer[]> => {
  const socket = new WebSocket(inspector, { perMessageDeflate: false, maxPayload: 1 << 30 })
  const chunks = new Map<string, string[]>()
  const workers = new Map<string, ReturnType<typeof speaker>>()
  const keep = (of: string) => (method: string, params: Record<string, unknown>) => {
    if (method === 'HeapProfiler.addHeapSnapshotChunk')
      chunks.set(of, [...(chunks.get(of) ?? []), String(params.chunk)])
  }
  const main = speaker(
    text => socket.send(text),
    (method, params) => {
      keep('main')(method, params)
      const session = String(params.sessionId ?? (params.sessionInfo as { sessionId?: string } | undefined)?.sessionId)
      if (method === 'NodeWorker.attachedToWorker') {
        const send = (message: string) =>
          void main.ask('NodeWorker.sendMessageToWorker', { sessionId: session, message })
        workers.set(session, speaker(send, keep(session)))
      } else if (method === 'NodeWorker.receivedMessageFromWorker') workers.get(session)?.hear(String(params.message))
      else if (method === 'NodeWorker.detachedFromWorker') workers.get(session)?.end()
    },
  )
  socket.on('message', data => main.hear(String(data)))
  await new Promise((done, failed) => socket.once('open', done).once('error', failed))
  await main.ask('NodeWorker.enable', { waitForDebuggerOnStart: false })
  for (const { ask } of [main, ...workers.values()]) await ask('HeapProfiler.takeHeapSnapshot')
  socket.close()
  return [...chunks.values()].map(texts => Buffer.from(texts.join('')))
}
