import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { SampleServer } from '../../src/main/sample/server.ts'
import type { Decision } from '../../src/shared/contract/decisions.ts'
import { contract, type Engine } from '../../src/shared/contract/index.ts'

type Answer = { output?: unknown; error?: string }

/** A process that runs the real engine on a folder, and can be killed at any moment. */
export const startChild = async (folder: string) => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./crash-child.ts', import.meta.url)), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const waiting = new Map<number, (answer: Answer) => void>()
  const answered = (id: number) => new Promise<Answer>(resolve => waiting.set(id, resolve))
  const ready = answered(0)
  let lastId = 0
  createInterface({ input: child.stdout }).on('line', line => {
    const { id, ...answer }: { id: number } & Answer = JSON.parse(line)
    waiting.get(id)?.(answer)
    waiting.delete(id)
  })
  child.stdin.on('error', () => {})
  const gone = new Promise<void>(resolve =>
    child.once('exit', () => {
      for (const end of waiting.values()) end({ error: 'killed' })
      resolve()
    }),
  )
  const first = await ready
  if (first.error !== undefined) throw new Error('the engine did not start')
  const call: Engine['call'] = async (name, input) => {
    const id = ++lastId
    const answer = answered(id)
    child.stdin.write(`${JSON.stringify({ id, name, input })}\n`)
    const { output, error } = await answer
    if (error !== undefined) throw new Error(error)
    return contract[name].output.parse(output) as never
  }
  return {
    call,
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
    close: async () => {
      child.stdin.end()
      await gone
    },
  }
}
export type Child = Awaited<ReturnType<typeof startChild>>

/** Every decision of a folder, newest first. */
export const allDecisions = async (child: Pick<Child, 'call'>): Promise<Decision[]> => {
  const found: Decision[] = []
  for (;;) {
    const before = found.at(-1)?.armedAt
    const { decisions } = await child.call('decisions.page', {
      limit: 200,
      ...(before === undefined ? {} : { before }),
    })
    found.push(...decisions.filter(one => !found.some(known => known.id === one.id)))
    if (decisions.length < 200) return found
  }
}

const pathOf = ({ kind, report, account }: Decision): RegExp =>
  kind === 'report.assign'
    ? new RegExp(`/reports/${report}/assign_to_self$`)
    : kind === 'report.close'
      ? new RegExp(`/reports/${report}/resolve$`)
      : new RegExp(`/accounts/${account?.id}/action$`)

/** What must hold after any crash: compares what was acknowledged, the journal, and what the server received. */
export const judge = (server: SampleServer, acknowledged: readonly string[], decisions: readonly Decision[]) => {
  const known = new Set(decisions.map(one => one.id))
  const lost = acknowledged.filter(id => !known.has(id))
  const twice: string[] = []
  const wrong: string[] = []
  for (const one of decisions) {
    const writes = server.ledger.of(pathOf(one))
    const sent = one.steps.filter(step => step.state === 'sending').length
    if (writes.length > sent || writes.filter(write => write.effect).length > 1) twice.push(one.id)
    const happened = writes.some(write => write.effect)
    if ((one.state === 'done') !== happened) wrong.push(`${one.kind} ${one.state} but effect ${happened}`)
  }
  return { lost, twice, wrong }
}
