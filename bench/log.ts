import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openData } from '../src/main/engine/db/open.ts'
import { appendLog, readHead } from '../src/main/engine/log/append.ts'
import { signHeader } from '../src/main/engine/log/header.ts'
import { logPage } from '../src/main/engine/log/page.ts'
import { newWriterSecret, writerOf } from '../src/main/engine/log/writer.ts'
import { type Figure, figure, p95, timed } from './figure.ts'

const ENTRIES = 1_000_000
const START = Date.UTC(2026, 10, 16)
const writer = writerOf(newWriterSecret())
const actions = ['decision.armed', 'decision.sending', 'decision.done', 'report.seen-resolved'] as const
const kinds = ['report.close', 'account.limit', 'account.suspend', 'account.warn'] as const

/** Appends as the engine does, but many entries a transaction: personal values beside every second one. */
const seed = (folder: string, entries: number): void => {
  const data = openData(folder, START)
  for (let from = 0; from < entries; from += 10_000) {
    data.gate.write(['log'], db => {
      for (let i = from; i < Math.min(entries, from + 10_000); i++) {
        const action = actions[i % 4] ?? 'decision.done'
        appendLog(db, writer, START + i * 700, {
          source: action.startsWith('report') ? 'saw' : 'did',
          action,
          server: `s${(i % 3) + 1}`,
          facts: {
            kind: kinds[(i >> 2) % 4] ?? null,
            report: String(i >> 2),
            account: `1090${1_000_000_000 + i}`,
            status: 200,
          },
          ...(i % 2 === 0
            ? { personal: { name: `@person_${i % 5000}@server-${i % 700}.example`, note: 'Zażółć 🌿 = spam' } }
            : {}),
        })
      }
    })
  }
  data.close()
}

/** As the second worker is limited: without it, memory is what V8 likes to take, not what the task needs. */
const YOUNG = '--max-semi-space-size=16'

const run = promisify(execFile)
type Run = { ms: number; cpu: number; mb: number }
const task = async (folder: string, name: string, data: object): Promise<Run> => {
  const script = fileURLToPath(new URL('./log-task.ts', import.meta.url))
  const { stdout } = await run(process.execPath, [YOUNG, script, folder, name, JSON.stringify(data)])
  const { ms, cpu, mb, answer } = JSON.parse(stdout)
  if ((answer.ok ?? true) !== true || answer.entries !== ENTRIES) throw new Error(`${name}: ${stdout}`)
  return { ms, cpu, mb }
}

const figures = (name: string, { ms, cpu, mb }: Run): Figure[] => {
  const context = `${ENTRIES} entries, a process of its own, ${Math.round(cpu)} ms of processor time`
  return [
    figure(name, ms, 'ms', { target: 10_000, context }),
    figure(`${name}, memory`, mb, 'MB', { target: 200, context }),
  ]
}

const pages = async (folder: string): Promise<Figure[]> => {
  const data = openData(folder, START)
  const context = `100 of ${ENTRIES} entries`
  const read = (filter: { server?: string; text?: string }) => () =>
    data.gate.read(db => logPage(db, { limit: 100, ...filter }))
  const found = [
    p95('log page', await timed(20, read({})), { target: 20, context }),
    p95('log page of a server', await timed(20, read({ server: 's2' })), { target: 20, context }),
    p95('log page with a text', await timed(1, read({ text: 'person_4242' }), { warm: 1 }), {
      context: `${context}, every entry is looked at: there is no full-text index yet`,
    }),
  ]
  data.close()
  return found
}

/** Export, verification and pages of a log of a million entries. */
export const benches = async (): Promise<Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'howdah-bench-log-'))
  try {
    const begun = performance.now()
    seed(folder, ENTRIES)
    const each = (performance.now() - begun) / ENTRIES
    const data = openData(folder, START)
    const head = data.gate.read(readHead)
    data.close()
    const exports = join(folder, 'exports')
    mkdirSync(exports)
    const facts = { at: START, to: ENTRIES, count: ENTRIES, head: head?.hash, servers: {} }
    const write = (format: string, file: string, personal: boolean) =>
      task(folder, 'log.export', {
        format,
        file: join(exports, file),
        personal,
        to: ENTRIES,
        header: signHeader({ ...facts, personal }, writer),
      })
    return [
      figure('log append', each * 1000, 'µs', {
        context: `mean of ${ENTRIES}, 10,000 a transaction, signing included`,
      }),
      ...figures('log export, JSON Lines', await write('jsonl', 'log.jsonl', false)),
      ...figures('log export, JSON Lines with personal values', await write('jsonl', 'personal.jsonl', true)),
      ...figures('log export, CSV', await write('csv', 'log.csv', false)),
      ...figures('log export, CSV with personal values', await write('csv', 'personal.csv', true)),
      ...figures(
        'log verify, exported file',
        await task(folder, 'log.verify-file', { file: join(exports, 'log.jsonl') }),
      ),
      ...figures(
        'log verify, file with personal values',
        await task(folder, 'log.verify-file', { file: join(exports, 'personal.jsonl') }),
      ),
      ...figures('log verify, vault', await task(folder, 'log.verify', {})),
      ...(await pages(folder)),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
