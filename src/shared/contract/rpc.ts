import { Failure } from './failure.ts'
import { Asked, readFrame, Told } from './frames.ts'
import type { Client, Contract, Handlers, Linking, LinkState, Serving } from './method.ts'
import type { Wire } from './wires.ts'

/** Calls that one wire may have open: a client keeps further ones waiting, a server refuses them. */
const IN_FLIGHT = 64

/**
 * Answers one wire until it closes; returns what to call with the topics of a change. Input and output are validated; what is
 * no `Failure` becomes `internal` and reaches only `onFault`. The next `changed` waits until the last was seen, and carries all since.
 */
export const serve = <C extends Contract, F>(contract: C, handlers: Handlers<C, F>, wire: Wire, as: Serving<F>) => {
  const open = new Map<number, { abort(): void }>()
  const stale = new Set<string>()
  let watched = new Set<string>()
  let unseen = false
  const tell = (told: Told) => wire.send(JSON.stringify(told))
  const push = () => {
    if (unseen || stale.size === 0) return
    unseen = true
    tell({ t: 'changed', topics: [...stale] })
    stale.clear()
  }
  const run = async (id: number, name: string, given: unknown): Promise<Told> => {
    const method = Object.hasOwn(contract, name) ? contract[name] : undefined
    const handler = handlers[name]
    if (!method || !handler) throw new Failure('invalid-input', { reason: 'unknown-method' })
    if (open.size >= IN_FLIGHT) throw new Failure('busy')
    const input = method.input.safeParse(given)
    if (!input.success)
      throw new Failure('invalid-input', { path: input.error.issues[0]?.path.join('.') ?? '', method: name })
    const signal = as.newSignal()
    open.set(id, signal)
    const output = await handler(input.data as never, { signal, from: as.from })
    if (signal.aborted) throw new Failure('cancelled')
    return { t: 'ok', id, r: method.output.parse(output) }
  }
  const answer = async (id: number, name: string, given: unknown) => {
    const told = await run(id, name, given).catch((error: unknown): Told => {
      if (!(error instanceof Failure)) as.onFault?.(error, name)
      const { code, detail } = error instanceof Failure ? error : new Failure('internal', { method: name })
      return { t: 'err', id, e: { code, detail } }
    })
    open.delete(id)
    tell(told)
  }
  wire.listen({
    text: text => {
      const asked = readFrame(Asked, text)
      if (!asked || (asked.t === 'call' && open.has(asked.id))) return wire.close()
      if (asked.t === 'call') return void answer(asked.id, asked.m, asked.p)
      if (asked.t === 'cancel') return open.get(asked.id)?.abort()
      if (asked.t === 'watch') watched = new Set(asked.topics)
      else unseen = false
      push()
    },
    close: () => {
      for (const call of open.values()) call.abort()
      watched.clear()
      as.onClose?.()
    },
  })
  return (topics: Iterable<string>) => {
    for (const topic of topics) if (watched.has(topic)) stale.add(topic)
    push()
  }
}

type Call = { frame: string; sent: boolean; done(told: Told | Failure): void }

/** Calls over a wire that `dial` opens, and opens again when it closes; what was in flight then fails as `disconnected`: never resent. */
export const connect = <C extends Contract>(contract: C, dial: () => Promise<Wire>, link: Linking): Client<C> => {
  const { clock, timeoutMs = 30_000, retryMs = [100, 250, 500, 1000, 2000, 5000] } = link
  const calls = new Map<number, Call>()
  const watchers = new Set<{ topics: readonly string[]; stale(): void }>()
  const listeners = new Set<(state: LinkState) => void>()
  let state: LinkState = 'connecting'
  let wire: Wire | undefined
  let [lastId, sent, tries] = [0, 0, 0]
  let stopRetry = () => {}
  const become = (next: LinkState) => {
    state = next
    for (const listener of listeners) listener(next)
  }
  const flush = () => {
    for (const call of calls.values()) {
      if (!wire || sent >= IN_FLIGHT) return
      if (!call.sent) wire.send(call.frame)
      sent += call.sent ? 0 : 1
      call.sent = true
    }
  }
  const watchAgain = () =>
    wire?.send(JSON.stringify({ t: 'watch', topics: [...new Set([...watchers].flatMap(w => w.topics))] }))
  const heard = (from: Wire, text: string) => {
    const told = readFrame(Told, text)
    if (!told) return from.close()
    if (told.t !== 'changed') return calls.get(told.id)?.done(told)
    from.send(JSON.stringify({ t: 'seen' }))
    for (const watcher of [...watchers]) if (watcher.topics.some(topic => told.topics.includes(topic))) watcher.stale()
  }
  const lost = () => {
    wire = undefined
    for (const call of [...calls.values()]) if (call.sent) call.done(new Failure('disconnected'))
    if (state === 'closed') return
    become('connecting')
    stopRetry = clock.after(retryMs[Math.min(tries++, retryMs.length - 1)] ?? 5000, open)
  }
  const opened = (dialled: Wire) => {
    if (state === 'closed') return dialled.close()
    wire = dialled
    dialled.listen({ text: text => heard(dialled, text), close: lost })
    watchAgain()
    if (tries > 0) for (const watcher of [...watchers]) watcher.stale()
    tries = 0
    become('open')
    flush()
  }
  const open = () => void dial().then(opened, lost)
  open()
  return {
    call: (name, input, options = {}) =>
      new Promise((resolve, reject) => {
        if (state === 'closed') return reject(new Failure('disconnected'))
        const id = ++lastId
        const done = (told: Told | Failure) => {
          const call = calls.get(id)
          if (!call || !calls.delete(id)) return
          sent -= call.sent ? 1 : 0
          stopTimer()
          if (told instanceof Failure && call.sent) wire?.send(JSON.stringify({ t: 'cancel', id }))
          const output =
            !(told instanceof Failure) && told.t === 'ok' ? contract[name]?.output.safeParse(told.r) : undefined
          if (output?.success) resolve(output.data as never)
          else if (told instanceof Failure) reject(told)
          else
            reject(
              told.t === 'err' ? new Failure(told.e.code, told.e.detail) : new Failure('internal', { method: name }),
            )
          flush()
        }
        const stopTimer = clock.after(options.timeoutMs ?? timeoutMs, () =>
          done(new Failure('timeout', { method: name })),
        )
        calls.set(id, { frame: JSON.stringify({ t: 'call', id, m: name, p: input }), sent: false, done })
        if (options.signal?.aborted) return done(new Failure('cancelled'))
        options.signal?.addEventListener('abort', () => done(new Failure('cancelled')))
        flush()
      }),
    watch: (topics, stale) => {
      const watcher = { topics, stale }
      watchers.add(watcher)
      watchAgain()
      return () => void (watchers.delete(watcher) && watchAgain())
    },
    onState: listener => {
      listeners.add(listener)
      listener(state)
      return () => void listeners.delete(listener)
    },
    close: () => {
      stopRetry()
      become('closed')
      wire?.close()
      for (const call of [...calls.values()]) call.done(new Failure('disconnected'))
    },
  }
}
