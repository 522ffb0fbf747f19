import { Failure } from './failure.ts'
import { Asked, readFrame, Told } from './frames.ts'
import type { Client, Contract, Handlers, Linking, Serving } from './method.ts'
import { redial } from './redial.ts'
import { inTurns } from './turns.ts'
import { watching } from './watching.ts'
import type { Wire } from './wires.ts'

/** Calls that one wire may have open: a client keeps further ones waiting; a server refuses at twice as many. */
const IN_FLIGHT = 64

/**
 * Answers one wire until it closes; returns what to call with the topics of a change. Input and output are validated; what is
 * no `Failure`, or too long for one text, becomes `internal` and reaches only `onFault`. The next `changed` waits until the last was seen, and carries all since.
 */
export const serve = <C extends Contract, F>(contract: C, handlers: Handlers<C, F>, wire: Wire, as: Serving<F>) => {
  const open = new Map<number, { abort(): void }>()
  const turns = inTurns(as.later ?? (run => run()))
  const stale = new Set<string>()
  let watched = new Set<string>()
  let unseen = false
  const frame = (told: Told) => JSON.stringify(told)
  const push = () => {
    if (unseen || stale.size === 0) return
    unseen = true
    wire.send(frame({ t: 'changed', topics: [...stale] }))
    stale.clear()
  }
  const run = async (id: number, name: string, given: unknown): Promise<Told> => {
    const method = Object.hasOwn(contract, name) ? contract[name] : undefined
    const handler = handlers[name]
    if (!method || !handler) throw new Failure('invalid-input', { reason: 'unknown-method' })
    if (open.size >= 2 * IN_FLIGHT) throw new Failure('busy')
    const input = method.input.safeParse(given)
    if (!input.success)
      throw new Failure('invalid-input', { path: input.error.issues[0]?.path.join('.') ?? '', method: name })
    const signal = as.newSignal()
    open.set(id, signal)
    const output = await handler(input.data as never, { signal, from: as.from })
    if (signal.aborted) throw new Failure('cancelled')
    return { t: 'ok', id, r: method.output.parse(output) }
  }
  const answer = async ({ id, m: name, p: given }: { id: number; m: string; p: unknown }) => {
    const text = await run(id, name, given)
      .then(frame)
      .catch((error: unknown): string => {
        if (!(error instanceof Failure)) as.onFault?.(error, name)
        const { code, detail } = error instanceof Failure ? error : new Failure('internal', { method: name })
        return frame({ t: 'err', id, e: { code, detail } })
      })
    open.delete(id)
    wire.send(text)
  }
  wire.listen({
    text: text => {
      const asked = readFrame(Asked, text)
      if (!asked || (asked.t === 'call' && (open.has(asked.id) || turns.has(asked.id)))) return wire.close()
      if (asked.t === 'call') return asked.later ? turns.add(asked.id, () => void answer(asked)) : void answer(asked)
      if (asked.t === 'hurry') return turns.hurry(asked.id)
      if (asked.t === 'cancel') return void (turns.drop(asked.id) || open.get(asked.id)?.abort())
      if (asked.t === 'watch') watched = new Set(asked.topics)
      else unseen = false
      push()
    },
    close: () => {
      turns.clear()
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

type Call = { frame: unknown; sent: boolean; done(told: Told | Failure): void }

/** Calls over a wire that `dial` opens, again when it closes. What was in flight then fails as `disconnected`: never resent. */
export const connect = <C extends Contract>(contract: C, dial: () => Promise<Wire>, link: Linking): Client<C> => {
  const calls = new Map<number, Call>()
  let [lastId, sent] = [0, 0]
  const flush = () => {
    for (const call of calls.values()) {
      if (!line.isOpen() || sent >= IN_FLIGHT) return
      if (call.sent) continue
      call.sent = true
      sent++
      line.send(call.frame)
    }
  }
  const endAll = (failure: Failure, which: (call: Call) => boolean = () => true) => {
    for (const call of [...calls.values()]) if (which(call)) call.done(failure)
  }
  const watchers = watching(topics => line.send({ t: 'watch', topics }))
  const line = redial(dial, link, {
    opened: again => {
      watchers.tellAll()
      if (again) watchers.changedAll()
      flush()
    },
    heard: text => {
      const told = readFrame(Told, text)
      if (!told) return line.hangUp()
      if (told.t !== 'changed') return calls.get(told.id)?.done(told)
      line.send({ t: 'seen' })
      watchers.changed(told.topics)
    },
    lost: error => {
      if (error instanceof Failure) endAll(error)
      endAll(new Failure('disconnected'), call => call.sent)
    },
  })
  return {
    call: async (name, input, { signal, timeoutMs = link.timeoutMs ?? 30_000, later } = {}) => {
      const id = ++lastId
      const told = await new Promise<Told | Failure>(resolve => {
        const done = (told: Told | Failure) => {
          const call = calls.get(id)
          if (!call || !calls.delete(id)) return
          stopTimer()
          sent -= call.sent ? 1 : 0
          if (told instanceof Failure && call.sent) line.send({ t: 'cancel', id })
          resolve(told)
          flush()
        }
        const stopTimer = link.clock.after(timeoutMs, () => done(new Failure('timeout', { method: name })))
        calls.set(id, { frame: { t: 'call', id, m: name, p: input, later: later && true }, sent: false, done })
        if (later !== true) later?.addEventListener('abort', () => calls.has(id) && line.send({ t: 'hurry', id }))
        signal?.addEventListener('abort', () => done(new Failure('cancelled')))
        if (signal?.aborted) done(new Failure('cancelled'))
        if (line.isClosed()) done(new Failure('disconnected'))
        flush()
      })
      if (told instanceof Failure) throw told
      if (told.t === 'err') throw new Failure(told.e.code, told.e.detail)
      const output = told.t === 'ok' ? contract[name]?.output.safeParse(told.r) : undefined
      if (!output?.success) throw new Failure('internal', { method: name })
      return output.data as never
    },
    watch: watchers.add,
    onState: line.onState,
    close: () => {
      line.close()
      endAll(new Failure('disconnected'))
    },
  }
}
