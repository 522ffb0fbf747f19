import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Batch } from '../src/shared/contract/batches.ts'
import type { Engine } from '../src/shared/contract/index.ts'
import { openDesk } from './desk.ts'
import { type Figure, figure, quantile } from './figure.ts'
import { startSample } from './sample-beside.ts'

const SIZE = 1_000
/** Reports of the sample server: enough that a thousand are open. */
const REPORTS = 6_000

const openReports = async (desk: Engine, server: string) => {
  const { list, lines } = await desk.call('reports.open', { filter: {}, group: 'none', sort: 'newest' })
  const found: { server: string; subject: { of: 'report'; id: string } }[] = []
  for (let from = 0; from < Math.min(lines, SIZE); from += 200) {
    const page = await desk.call('reports.lines', { list, from, count: 200 })
    for (const line of page.lines)
      if (line.line === 'report') found.push({ server, subject: { of: 'report', id: line.row.id } })
  }
  return found.slice(0, SIZE)
}

/** Waits until the batch has ended; meanwhile a desk goes on reading, and what that takes is timed. */
const untilEnded = async (desk: Engine, id: string) => {
  const reads: number[] = []
  for (;;) {
    const begun = performance.now()
    const { batches } = await desk.call('batches.list', { all: true })
    reads.push(performance.now() - begun)
    const batch = batches.find(one => one.id === id)
    if (!batch) throw new Error('the batch is gone')
    if (batch.state === 'ended') return { batch, reads }
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

/** Those in which one has an interest of one's own are left out: the batch says how many it took. */
const check = ({ counts, size }: Batch) => {
  if (counts.done !== size || size < SIZE / 2) throw new Error(`not all were done: ${JSON.stringify(counts)}`)
}

/** A batch of a thousand on a server without limits: through the real door, each decision durable before and after it is sent. */
export const benches = async (): Promise<Figure[]> => {
  await using sample = await startSample(REPORTS)
  const folder = mkdtempSync(join(tmpdir(), 'howdah-bench-batches-'))
  try {
    await using desk = await openDesk(folder)
    const { engine } = desk
    const { server } = await engine.call('servers.signIn', { url: sample.url, token: 'admin' }, { timeoutMs: 60_000 })
    await engine.call('settings.set', { graceSeconds: 2 })
    await engine.call('sync.now', { server: server.key, all: true }, { timeoutMs: 300_000 })
    await engine.call('sync.pause', { paused: true })
    const items = await openReports(engine, server.key)
    const looked = performance.now()
    await engine.call('batches.preview', { kind: 'report.close', items }, { timeoutMs: 60_000 })
    const armed = performance.now()
    const { batch } = await engine.call(
      'batches.arm',
      { kind: 'report.close', items, label: '' },
      { timeoutMs: 60_000 },
    )
    const held = performance.now()
    const { batch: ended, reads } = await untilEnded(engine, batch.id)
    const took = performance.now() - held - 2_000
    check(ended)
    const context = `${ended.size} reports closed on the sample server in a process of its own, through door, engine and its worker; synchronous=FULL; each is read again before and written to the journal three times, with three entries of the log; grace window of 2 s not counted`
    return [
      figure('batch: time for one decision', took / ended.size, 'ms', { target: 20, context }),
      figure('batch: a look at it meanwhile, p95', quantile(reads, 0.95), 'ms', { target: 50, context }),
      figure('batch: preview', armed - looked, 'ms', { context }),
      figure('batch: arming', held - armed, 'ms', { context }),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
