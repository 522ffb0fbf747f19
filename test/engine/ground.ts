import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openData } from '../../src/main/engine/db/open.ts'
import { createEngine, type RunningEngine } from '../../src/main/engine/engine.ts'
import type { From, Given } from '../../src/main/engine/given.ts'
import { runTaskHere } from '../../src/main/engine/tasks.ts'
import { type Clock, createClock } from '../../src/main/sample/clock.ts'
import type { SampleOptions } from '../../src/main/sample/options.ts'
import { smallWorld } from '../../src/main/sample/rules/small-world.ts'
import { startSampleServer } from '../../src/main/sample/server.ts'
import type { Decision, DecisionKind, Fields } from '../../src/shared/contract/decisions.ts'
import { contract, type Engine } from '../../src/shared/contract/index.ts'
import { connect } from '../../src/shared/contract/rpc.ts'
import { pairOfWires } from '../../src/shared/contract/wires.ts'
import { systemClock } from '../../src/shared/system-clock.ts'
import { numbersOf } from './numbers.ts'

// Engines put their guarded fetch in the global place; what reaches the network is kept before the first of them.
type Fetch = typeof globalThis.fetch
export const realFetch: Fetch = globalThis.fetch

/** A moment that tests begin at. */
export const NOON = Date.UTC(2026, 10, 23, 12)

/** A new folder, removed at the end. */
export const tempFolder = () => {
  const path = mkdtempSync(join(tmpdir(), 'howdah-test-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** What a first start makes of an empty folder: the same each time, at a thirtieth of a second, so it is made once a process. */
let begun: ReadonlyMap<string, Buffer> | undefined
const beginFolder = () => {
  const folder = tempFolder()
  if (begun === undefined) {
    using first = tempFolder()
    openData(first.path, NOON).close()
    begun = new Map(readdirSync(first.path).map(name => [name, readFileSync(join(first.path, name))]))
  }
  for (const [name, bytes] of begun) writeFileSync(join(folder.path, name), bytes, { mode: 0o600 })
  return folder
}

/** A sample server, of the small world unless asked otherwise, and an engine on one clock that only the test moves; real HTTP, real SQLite. */
export const openGround = async (options: Partial<SampleOptions> & { release?: string } = {}) => {
  const clock = createClock(NOON, { running: false })
  const world = options.stateFile === undefined && options.reports === undefined ? { world: smallWorld(NOON) } : {}
  const server = await startSampleServer({ clock, jobDelay: 0, colleagues: false, ...world, ...options })
  const folder = beginFolder()
  let engine: RunningEngine | undefined
  let slept = 0
  let throughFetch: Fetch = realFetch
  let onTheWire = 0
  let openings = 0
  let heldBack = 0
  /** Every request is counted until its answer is read to the end. */
  const counted: Fetch = async (input, init) => {
    // A stream has no end to wait for.
    if (String(input).includes('/streaming')) return await throughFetch(input, init)
    onTheWire++
    const opening = openings
    // Of an engine that was closed nothing is waited for.
    const ended = () => {
      if (opening === openings) onTheWire--
    }
    const response = await throughFetch(input, init).catch(error => {
      ended()
      throw error
    })
    const { body, status, headers } = response
    if (!body) {
      ended()
      return response
    }
    const reader = body.getReader()
    // Nothing is read of it before it is asked for, so that it has not ended before it was taken in.
    const rest = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        pull: async controller => {
          const { done, value } = await reader.read().catch(error => {
            ended()
            throw error
          })
          if (!done) return controller.enqueue(value)
          ended()
          controller.close()
        },
        cancel: async reason => {
          ended()
          await reader.cancel(reason)
        },
      },
      { highWaterMark: 0 },
    )
    return new Response(rest, { status, headers })
  }
  /** The computer's own clock: the server's, but for the time that the computer slept through. */
  const own: Clock = { ...clock, now: () => clock.now() + slept }
  const clients: Engine[] = []
  const door = turningDoor()
  // Always the same chance, so that what happened once happens again.
  const random = numbersOf(1)

  /** Opens the engine, or opens it again after `kill` or `close`. */
  const openEngine = async (): Promise<void> => {
    engine = await startEngine(folder.path, own, counted, door, random)
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
    /** What seals and unseals; a test may put another hand in its place. */
    door,
    openEngine,
    client,
    /**
     * Moves the clock, but not over a request that is on the wire, so that on a busy machine none times out by the test's own haste;
     * after some twenty refusals it moves all the same, since some answers never come.
     */
    patient: {
      advance: (ms: number) => {
        if (onTheWire > 0 && heldBack++ < 20) return
        heldBack = 0
        clock.advance(ms)
      },
      isBusy: () => onTheWire > 0,
    },
    /** Lets the computer sleep: its clock jumps, and what was due in between comes late. */
    sleep: (ms: number) => {
      slept += ms
    },
    /** Puts something between engine and network, such as a line that is down; called with what really reaches it. */
    between: (through: (real: Fetch, ...asked: Parameters<Fetch>) => Promise<Response>) => {
      throughFetch = (input, init) => through(realFetch, input, init)
    },
    /** Ends the engine as a crash would: nothing more is sent, nothing is tidied. */
    closeEngine: async (patienceMs = 0) => {
      for (const one of clients.splice(0)) one.close()
      const closing = engine?.close(patienceMs)
      if (patienceMs === 0) clock.advance(1)
      await closing
      engine = undefined
      openings++
      onTheWire = 0
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

const reversed = (text: string) => [...text].reverse().join('')

/** A door that seals by turning round. */
const turningDoor = (): Given['door'] => ({
  seal: async secret => ({ sealed: reversed(secret), by: 'key-file' }),
  unseal: async sealed => ({ secret: reversed(sealed) }),
})

/** An engine in this process on a folder; its long tasks run here. */
export const startEngine = (
  folder: string,
  clock: Clock,
  fetch: Fetch = realFetch,
  door = turningDoor(),
  random = Math.random,
): Promise<RunningEngine> =>
  createEngine({
    folder,
    fetch,
    clock,
    random,
    door,
    runTask: async (name, data) => runTaskHere(name, folder, data),
  })

/** Asks until the answer fits; the clock moves `stepMs` between two tries, so that what is due comes due. */
export const until = async <T>(
  ask: () => Promise<T> | T,
  fits: (answer: T) => boolean,
  clock?: Pick<Clock, 'advance'>,
  stepMs = 0,
): Promise<T> => {
  const deadline = performance.now() + 40_000
  for (;;) {
    const answer = await ask()
    if (fits(answer)) return answer
    if (performance.now() > deadline) throw new Error(`never so: ${JSON.stringify(answer).slice(0, 600)}`)
    if (stepMs > 0) clock?.advance(stepMs)
    await new Promise(resolve => setTimeout(resolve, 4))
  }
}

/** Lets time go on until the clock is past a moment, in ms, a step at a time, so that what is due comes due. */
export const untilPast = async ({ clock, patient }: Ground, at: number, stepMs: number): Promise<void> =>
  void (await until(
    () => clock.now(),
    now => now > at,
    patient,
    stepMs,
  ))

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
  more: { mail?: boolean; text?: string; fields?: Fields } = {},
): Promise<Decision> =>
  (await desk.call('decisions.arm', { server: on.server, subject: { of: 'report', id: on.id }, kind, ...more }))
    .decision

/** Waits until a decision is in one of these states; the clock moves a second a try. */
export const untilState = async (
  ground: Ground,
  desk: Engine,
  id: string,
  ...states: Decision['state'][]
): Promise<Decision> =>
  await until(
    async () => (await desk.call('decisions.one', { id })).decision,
    decision => states.includes(decision.state),
    ground.patient,
    1_000,
  )
