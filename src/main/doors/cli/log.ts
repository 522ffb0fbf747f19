import { open as openFile, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Engine } from '../../../shared/contract/index.ts'
import { type LogEntry, type LogFilter, type LogFormat, LogSource, LogVerdict } from '../../../shared/contract/log.ts'
import { say, sayCode } from '../../../shared/messages/say.ts'
import { sayEntry } from '../../../shared/messages/say-log.ts'
import { verifyFile } from '../start-engine.ts'
import { readMoment } from './moment.ts'
import { findServer } from './servers.ts'
import { type Printer, printJson, printTable, type Run } from './session.ts'
import { isoTime, plainLine, showTime } from './table.ts'
import type { Words } from './words.ts'

const PAGE = 200
const SHOWN = 100
const LONGEST_MS = 3_600_000

/** What the options ask for. */
const filterOf = async (open: Engine, words: Words): Promise<LogFilter> => {
  const server = words.text('server')
  const [since, until] = [words.text('since'), words.text('until')]
  const { data: source } = LogSource.safeParse(words.text('source'))
  return {
    ...(server === undefined ? {} : { server: (await findServer(open, server)).key }),
    ...(source === undefined ? {} : { source }),
    ...(since === undefined ? {} : { from: readMoment(since) }),
    ...(until === undefined ? {} : { to: readMoment(until, true) }),
    ...Object.fromEntries(
      (['moderator', 'kind', 'target', 'domain', 'rule', 'report', 'text'] as const).flatMap(name => {
        const value = words.text(name)
        return value === undefined ? [] : [[name, value]]
      }),
    ),
  }
}

const readEntries = async (open: Engine, filter: LogFilter, limit: number) => {
  const entries: LogEntry[] = []
  let searchedFrom: number | null = null
  while (entries.length < limit) {
    const before = entries.at(-1)?.seq
    const asked = { ...filter, limit: Math.min(PAGE, limit - entries.length) }
    const page = await open.call('log.page', before === undefined ? asked : { ...asked, before })
    searchedFrom = page.searchedFrom
    if (page.entries.length === 0) break
    entries.push(...page.entries)
  }
  return { entries, searchedFrom }
}

const documentOf = ({ seq, at, source, action, server, facts, personal, erased, hash }: LogEntry) => ({
  seq,
  at: isoTime(at),
  source,
  action,
  server,
  facts,
  personal: Object.keys(personal),
  erased,
  hash,
})

/** Facts on one line. Personal values are not among them: an export with `personal` has those. */
const factsLine = (facts: LogEntry['facts']): string =>
  Object.entries(facts)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ')

/** `howdah log`: the newest entries, or those that fit the options, newest first. */
export const showLog: Run = async ({ words, print, engine }) => {
  const open = await engine()
  const filter = await filterOf(open, words)
  const { entries, searchedFrom } = await readEntries(open, filter, words.number('limit') ?? SHOWN)
  if (searchedFrom !== null) print.note(`${say('log.searched-from', { from: searchedFrom })}\n`)
  if (words.has('json')) {
    printJson(print, entries.map(documentOf))
    return 0
  }
  const head = [
    say('cli.head.seq'),
    say('cli.head.at'),
    say('cli.head.source'),
    say('cli.head.server'),
    say('cli.head.what'),
    say('cli.head.facts'),
  ]
  const { servers } = await open.call('servers.list', {})
  const homeOf = (key: string | null) => servers.find(each => each.key === key)?.domain ?? key ?? ''
  const rows = entries.map(({ seq, at, source, server, action, facts }) => [
    String(seq),
    showTime(at),
    say(`cli.source.${source}`),
    plainLine(homeOf(server)),
    plainLine(sayEntry({ action, facts, personal: {} })),
    plainLine(factsLine(facts)),
  ])
  printTable(print, head, rows)
  return 0
}

/** An export without a name of its own is gone from the disk before its first byte is read: whatever cuts the reading off leaves none. */
const copyOut = async (print: Printer, file: string) => {
  const handle = await openFile(file)
  await rm(file, { force: true })
  for await (const chunk of handle.createReadStream({ encoding: 'utf8' })) print.out(String(chunk))
}

/** Shows what would still name people; undefined when nobody said that it may be written all the same. */
const showHits = async (open: Engine, print: Printer, despite: boolean): Promise<number | undefined> => {
  const { total, hits } = await open.call('log.hits', {}, { timeoutMs: LONGEST_MS })
  if (total === 0 || despite) return total
  for (const { seq, fact, looksLike, text } of hits)
    print.note(
      `${say('cli.hit', { seq, fact, looksLike: sayCode(`hits.looks-like.${looksLike}`), text: plainLine(text) })}\n`,
    )
  print.note(`${say('cli.hits', { total })}\n`)
  return undefined
}

/** `howdah log export`: to a file, complete under its name or absent; without one, to standard output. */
export const exportLog: Run = async ({ words, print, engine }) => {
  const output = words.text('output')
  if (output === undefined && words.has('json')) {
    print.note(`${say('cli.wrong.no-output')}\n`)
    return 2
  }
  const open = await engine()
  const format: LogFormat = words.text('format') === 'csv' ? 'csv' : 'jsonl'
  // The owner of the data may be another process, with another working folder.
  const personal = words.has('personal')
  const hits = personal ? 0 : await showHits(open, print, words.has('despite-hits'))
  if (hits === undefined) return 1
  const asked = { format, personal, hits, ...(output === undefined ? {} : { file: resolve(output) }) }
  const made = await open.call('log.export', asked, { timeoutMs: LONGEST_MS })
  if (output === undefined) {
    await copyOut(print, made.file)
  } else if (words.has('json')) {
    printJson(print, { file: made.file, format, entries: made.entries, bytes: made.bytes, head: made.head })
  }
  print.note(`${say('cli.exported', { entries: made.entries, bytes: made.bytes, head: made.head })}\n`)
  return 0
}

/** `howdah log verify`: the log here, or an export from its file alone. 1 when it does not hold. */
export const verifyLog: Run = async ({ words, print, engine, enginePath }) => {
  const verdict =
    words.file === undefined
      ? await (await engine()).call('log.verify', {}, { timeoutMs: LONGEST_MS })
      : LogVerdict.parse(await verifyFile(enginePath, resolve(words.file)))
  if (words.has('json')) printJson(print, verdict)
  else if (verdict.ok) print.out(`${say('cli.verified', { entries: verdict.entries, head: verdict.head })}\n`)
  const bad = verdict.firstBad
  if (!verdict.ok) print.note(`${say('cli.not-verified')} ${bad ? sayCode(bad.why, { seq: bad.seq }) : ''}\n`)
  return verdict.ok ? 0 : 1
}
