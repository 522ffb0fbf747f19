import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { WriteDb } from '../src/main/engine/db/handle.ts'
import { openData } from '../src/main/engine/db/open.ts'
import { appendLog, readHead } from '../src/main/engine/log/append.ts'
import { signHeader } from '../src/main/engine/log/header.ts'
import { logPage } from '../src/main/engine/log/page.ts'
import { newWriterSecret, writerOf } from '../src/main/engine/log/writer.ts'
import type { LogFilter } from '../src/shared/contract/log.ts'
import { type Figure, figure, p95, timed } from './figure.ts'

const ENTRIES = 1_000_000
const START = Date.UTC(2026, 10, 16)
const writer = writerOf(newWriterSecret())
const actions = ['decision.armed', 'decision.sending', 'decision.done', 'report.seen-resolved'] as const
const kinds = ['report.close', 'account.limit', 'account.suspend', 'account.warn'] as const

const notes = [
  'Zażółć 🌿 = spam',
  'Crypto spam over and over, see rule 3',
  '消費税の還付を装う詐欺リンク',
  'السلام عليكم، حساب مزعج جدا',
  'Harassment of a member after a warning',
]
const domains = Array.from({ length: 700 }, (_, i) => (i % 3 === 0 ? 'mastodon.example' : `server-${i}.example`))
const handleOf = (i: number) => `@person_${i % 50_000}@${domains[i % domains.length]}`

const putServers = (db: WriteDb): void => {
  for (const [key, acct] of [
    ['s1', 'ada'],
    ['s2', 'ben'],
    ['s3', 'ada'],
  ] as const)
    db.run(
      `INSERT INTO server (key, domain, origin, title, release, account_id, acct, role_name, permissions, mark_letters, mark_colour, sealed_by, signed_in_at)
       VALUES (?, ?, ?, '', '4.6.5', '1', ?, '', '1', 'aa', 1, 'key-file', 0)`,
      [key, `${key}.example`, `https://${key}.example`, acct],
    )
}

/** Appends as the engine does, but many entries a transaction: personal values beside every one, a text beside each fourth. */
const seed = (folder: string, entries: number): void => {
  const data = openData(folder, START)
  data.gate.write([], putServers)
  for (let from = 0; from < entries; from += 10_000) {
    data.gate.write(['log'], db => {
      for (let i = from; i < Math.min(entries, from + 10_000); i++) {
        const action = actions[i % 4] ?? 'decision.done'
        const decision = i >> 2
        const seen = action.startsWith('report')
        appendLog(db, writer, START + i * 31_000, {
          source: seen ? 'saw' : 'did',
          action,
          server: `s${(i % 3) + 1}`,
          facts: seen
            ? { report: String(decision), account: `1090${1_000_000_000 + decision}` }
            : {
                kind: kinds[decision % 4] ?? null,
                report: String(decision),
                account: `1090${1_000_000_000 + decision}`,
                rules: [String(decision % 12)],
                status: 200,
              },
          personal: {
            target: handleOf(decision),
            ...(seen ? { by: `moderator${i % 7}` } : {}),
            ...(i % 4 === 0 ? { note: `${notes[decision % 5]}${decision % 9973 === 0 ? ' needle' : ''}` } : {}),
          },
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

const DAY = 86_400_000
const spring = { from: START + 60 * DAY + 7_200_000, to: START + 91 * DAY + 7_200_000 }

/** Searches as people make them: one by each property, by words in several scripts, and several at once. */
const searches: Readonly<Record<string, LogFilter>> = {
  'no filter': {},
  server: { server: 's2' },
  moderator: { moderator: 'ada' },
  'moderator who was seen': { moderator: 'moderator3' },
  kind: { kind: 'account.suspend' },
  'what happened': { kind: 'decision.done' },
  target: { target: handleOf(4242) },
  'account id': { target: '10901000004242' },
  domain: { domain: 'server-241.example' },
  'domain of every third': { domain: 'mastodon.example' },
  rule: { rule: '3' },
  report: { report: '4242' },
  'a month': spring,
  'moderator, kind and month': { moderator: 'ben', kind: 'account.suspend', ...spring },
  'kind, rule and domain': { kind: 'account.limit', rule: '1', domain: 'server-241.example' },
  'rare word': { text: 'needle' },
  'beginning of a word': { text: 'harass' },
  'two words': { text: 'crypto rule' },
  phrase: { text: '"over and over"' },
  'part of a handle': { text: 'person_4242' },
  handle: { text: handleOf(4242) },
  'domain as text': { text: 'mastodon.example' },
  'two letters, Japanese': { text: '詐欺' },
  'Japanese phrase': { text: '消費税の還付' },
  'two letters, Arabic': { text: 'سل' },
  'Arabic without its article': { text: 'سلام' },
  'without accents': { text: 'zazolc' },
  'word of a code': { text: 'suspend' },
  'word, kind and month': { text: 'spam', kind: 'account.warn', ...spring },
  'nothing found': { text: 'zzzz' },
}

const pages = async (folder: string): Promise<Figure[]> => {
  const data = openData(folder, START)
  const found: Figure[] = []
  for (const [name, filter] of Object.entries(searches)) {
    const { entries, total, more } = data.gate.read(db => logPage(db, { limit: 100, ...filter }))
    const context = `${entries.length} entries read of ${more ? 'more than ' : ''}${total} found among ${ENTRIES}`
    const rounds = await timed(20, () => data.gate.read(db => logPage(db, { limit: 100, ...filter })), { warm: 5 })
    found.push(p95(`log search: ${name}`, rounds, { target: 20, context }))
  }
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
