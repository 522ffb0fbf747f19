import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine, type From, type RunningEngine } from '../../src/main/engine/engine.ts'
import { runTaskHere } from '../../src/main/engine/tasks.ts'
import { type Clock, createClock } from '../../src/main/sample/clock.ts'
import type { SampleOptions } from '../../src/main/sample/options.ts'
import { startSampleServer } from '../../src/main/sample/server.ts'
import type { Decision, DecisionKind } from '../../src/shared/contract/decisions.ts'
import { contract, type Engine } from '../../src/shared/contract/index.ts'
import { connect } from '../../src/shared/contract/rpc.ts'
import { pairOfWires } from '../../src/shared/contract/wires.ts'
import { systemClock } from '../../src/shared/system-clock.ts'

// Engines put their guarded fetch in the global place; what reaches the network is kept before the first of them.
const realFetch = globalThis.fetch

/** A moment that tests begin at. */
export const NOON = Date.UTC(2026, 10, 23, 12)

/** A new folder, removed at the end. */
export const tempFolder = () => {
  const path = mkdtempSync(join(tmpdir(), 'howdah-test-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** A sample server and an engine on one clock that only the test moves; real HTTP, real SQLite. */
export const openGround = async (options: Partial<SampleOptions> & { release?: string } = {}) => {
  const clock = createClock(NOON, { running: false })
  const server = await startSampleServer({ clock, jobDelay: 0, colleagues: false, ...options })
  const folder = tempFolder()
  let engine: RunningEngine | undefined
  const clients: Engine[] = []

  /** Opens the engine, or opens it again after `kill` or `close`. */
  const openEngine = async (): Promise<void> => {
    engine = await startEngine(folder.path, clock)
  }
  /** A client on the engine, as a desk or the command line has one. */
  const client = (from: From = 'browser'): Engine => {
    const made = connect(
      contract,
      async () => {
        const [near, far] = pairOfWires()
        engine?.attach(far, from)
        return near
      },
      { clock: systemClock },
    )
    clients.push(made)
    return made
  }
  return {
    clock,
    server,
    folder: folder.path,
    openEngine,
    client,
    /** Ends the engine as a crash would: nothing more is sent, nothing is tidied. */
    closeEngine: async (patienceMs = 0) => {
      for (const one of clients.splice(0)) one.close()
      await engine?.close(patienceMs)
      engine = undefined
    },
    [Symbol.asyncDispose]: async () => {
      for (const one of clients) one.close()
      const closing = engine?.close(0)
      clock.advance(1)
      await closing
      await server.close()
      folder[Symbol.dispose]()
    },
  }
}
export type Ground = Awaited<ReturnType<typeof openGround>>

/** An engine in this process on a folder; its door seals by doing nothing, its long tasks run here. */
export const startEngine = (folder: string, clock: Clock): Promise<RunningEngine> =>
  createEngine({
    folder,
    fetch: realFetch,
    clock,
    door: { seal: async secret => ({ sealed: secret, by: 'key-file' }), unseal: async sealed => ({ secret: sealed }) },
    runTask: async (name, data) => runTaskHere(name, folder, data),
  })

/** Asks until the answer fits; the clock moves `stepMs` between two tries, so that what is due comes due. */
export const until = async <T>(
  ask: () => Promise<T> | T,
  fits: (answer: T) => boolean,
  clock?: Clock,
  stepMs = 0,
): Promise<T> => {
  const deadline = performance.now() + 10_000
  for (;;) {
    const answer = await ask()
    if (fits(answer)) return answer
    if (performance.now() > deadline) throw new Error(`never so: ${JSON.stringify(answer).slice(0, 600)}`)
    if (stepMs > 0) clock?.advance(stepMs)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

/** Signs in and reads every open report. */
export const signInAndSync = async (
  { server, client }: Ground,
  token = 'moderator',
  from: From = 'browser',
): Promise<{ desk: Engine; key: string }> => {
  const desk = client(from)
  const signedIn = await desk.call('servers.signIn', { url: server.url, token })
  await desk.call('sync.now', { all: true })
  return { desk, key: signedIn.server.key }
}

/** The rows of the open reports, in the order of the queue. */
export const openRows = async (desk: Engine) => {
  const { list, lines } = await desk.call('reports.open', { filter: {}, group: 'none', sort: 'newest' })
  if (lines === 0) return []
  const found = await desk.call('reports.lines', { list, from: 0, count: Math.min(200, lines) })
  return found.lines.flatMap(line => (line.line === 'report' ? [line.row] : []))
}

/** Arms a decision on a report. */
export const arm = async (
  desk: Engine,
  on: { server: string; id: string },
  kind: DecisionKind,
  more: { mail?: boolean; text?: string } = {},
): Promise<Decision> => (await desk.call('decisions.arm', { server: on.server, report: on.id, kind, ...more })).decision

/** Waits until a decision is in one of these states; the clock moves a second a try. */
export const untilState = async (
  ground: Ground,
  desk: Engine,
  id: string,
  ...states: Decision['state'][]
): Promise<Decision> =>
  await until(
    async () => {
      const { decisions } = await desk.call('decisions.page', { limit: 200 })
      const found = decisions.find(decision => decision.id === id)
      if (!found) throw new Error(`no decision ${id}`)
      return found
    },
    decision => states.includes(decision.state),
    ground.clock,
    1_000,
  )
