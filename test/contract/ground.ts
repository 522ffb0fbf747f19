import { z } from 'zod'
import { Failure } from '../../src/shared/contract/failure.ts'
import { command, type Handlers, query } from '../../src/shared/contract/method.ts'
import { serve } from '../../src/shared/contract/rpc.ts'
import type { Wire } from '../../src/shared/contract/wires.ts'

/** A contract that shows everything a wire must do. What happened inside is asked for over the wire too, since it may be a thread away. */
export const trial = {
  'trial.echo': query(z.object({ text: z.string().max(1_000_000) }), z.object({ text: z.string() }), ['echo'] as const),
  'trial.fail': query(
    z.object({ how: z.enum(['known', 'unknown', 'bad-output', 'no-text']) }),
    z.object({ ok: z.literal(true), more: z.unknown() }),
    [] as const,
  ),
  /** Answers when it is released or given up. */
  'trial.wait': query(z.object({ name: z.string() }), z.object({ name: z.string() }), [] as const),
  'trial.release': command(z.object({ name: z.string() }), z.object({ waiting: z.number() })),
  'trial.touch': command(z.object({ topics: z.array(z.string()), times: z.number() }), z.object({})),
  'trial.seen': query(
    z.object({}),
    z.object({ calls: z.number(), aborted: z.number(), faults: z.array(z.string()), closed: z.number() }),
    [] as const,
  ),
  'trial.hangUp': command(z.object({}), z.object({})),
}

/** One end that answers any number of wires. */
export const makeTrialServer = () => {
  const waiting = new Map<string, () => void>()
  const seen = { calls: 0, aborted: 0, faults: [] as string[], closed: 0 }
  const announcers = new Set<(topics: readonly string[]) => void>()
  return (wire: Wire) => {
    const handlers: Handlers<typeof trial, string> = {
      'trial.echo': ({ text }) => {
        seen.calls++
        return { text }
      },
      'trial.fail': ({ how }) => {
        if (how === 'known') throw new Failure('conflict', { reason: 'trial', seconds: 3 })
        if (how === 'unknown') throw new Error('boom /secret/path')
        // Too long for one text fails in the same place as what has none.
        if (how === 'no-text') return { ok: true, more: 1n }
        return JSON.parse('{"ok":false,"secret":1}')
      },
      'trial.wait': ({ name }, { signal }) =>
        new Promise(resolve => {
          waiting.set(name, () => resolve({ name }))
          signal.addEventListener('abort', () => {
            seen.aborted++
            waiting.delete(name)
            resolve({ name })
          })
        }),
      'trial.release': ({ name }) => {
        waiting.get(name)?.()
        waiting.delete(name)
        return { waiting: waiting.size }
      },
      'trial.touch': ({ topics, times }) => {
        for (let n = 0; n < times; n++) for (const announce of announcers) announce(topics)
        return {}
      },
      'trial.seen': () => seen,
      'trial.hangUp': () => {
        wire.close()
        return {}
      },
    }
    const announce = serve(trial, handlers, wire, {
      from: 'trial',
      newSignal: () => {
        const controller = new AbortController()
        return Object.assign(controller.signal, { abort: () => controller.abort() })
      },
      later: run => void setImmediate(run),
      onFault: (error, method) =>
        void seen.faults.push(`${method}: ${error instanceof Error ? error.message.slice(0, 20) : ''}`),
      onClose: () => {
        seen.closed++
        announcers.delete(announce)
      },
    })
    announcers.add(announce)
  }
}
