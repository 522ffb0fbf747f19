import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { filesOf, guises } from '../engine/guises.ts'
import { browserArgs, findBrowser } from './browser.ts'
import { askPage } from './hands.ts'
import { test } from './howdah.ts'

/** Whole strings in a heap snapshot, not their first thousand letters. */
export const WHOLE = '--js-flags=--heap-snapshot-string-limit=100000000'

/** The test of stories, in a browser that keeps a profile on disk, as a person's does: `profile` is its folder. */
export const inProfile = test.extend<{ profile: string }>({
  profile: async ({ browserName: _ }, use) => {
    const profile = mkdtempSync(join(tmpdir(), 'howdah-profile-'))
    await use(profile)
    rmSync(profile, { recursive: true, force: true })
  },
  context: async ({ profile, viewport }, use) => {
    const options = { executablePath: findBrowser(), args: browserArgs(WHOLE), viewport }
    const context = await chromium.launchPersistentContext(profile, options)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await use(context)
    await context.close()
  },
})

const told = [
  'Network.requestWillBeSent',
  'Network.requestWillBeSentExtraInfo',
  'Network.responseReceived',
  'Network.responseReceivedExtraInfo',
  'Network.webSocketCreated',
  'Network.webSocketWillSendHandshakeRequest',
  'Network.webSocketHandshakeResponseReceived',
  'Network.webSocketFrameSent',
  'Network.webSocketFrameReceived',
] as const

/** All that the network part of a page's tools shows from now on, line by line: requests, answers and frames. */
export const watchNetwork = async (page: Page): Promise<string[]> => {
  const lines: string[] = []
  const tools = await page.context().newCDPSession(page)
  for (const name of told) tools.on(name, event => void lines.push(`${name} ${JSON.stringify(event)}`))
  tools.on('Network.loadingFinished', async ({ requestId }) => {
    const body = await tools.send('Network.getResponseBody', { requestId }).catch(() => undefined)
    if (body) lines.push(`body ${body.base64Encoded ? Buffer.from(body.body, 'base64').toString() : body.body}`)
  })
  await tools.send('Network.enable')
  return lines
}

/** What a page can still reach, after a collection of what it cannot. */
const heapOf = async (page: Page): Promise<string> => {
  const pieces: string[] = []
  const tools = await page.context().newCDPSession(page)
  tools.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void pieces.push(chunk))
  await tools.send('HeapProfiler.takeHeapSnapshot')
  await tools.detach()
  return pieces.join('')
}

/** So much at the end of a piece is read again with the next: what lies over the end is whole there. */
const OVERLAP = 1_024
const statusOf = (pid: string) => {
  try {
    return { line: readFileSync(`/proc/${pid}/cmdline`, 'utf8'), stat: readFileSync(`/proc/${pid}/stat`, 'utf8') }
  } catch {
    return { line: '', stat: '' }
  }
}
/** The processes that draw pages of the browser with this profile. */
const renderersOf = (profile: string): string[] => {
  const all = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(pid => {
      const { line, stat } = statusOf(pid)
      return { pid, line, parent: stat.slice(stat.lastIndexOf(')')).split(' ')[2] }
    })
  const family = new Set(all.filter(({ line }) => line.includes(`--user-data-dir=${profile}`)).map(({ pid }) => pid))
  for (let before = 0; before !== family.size; ) {
    before = family.size
    for (const { pid, parent } of all) if (parent !== undefined && family.has(parent)) family.add(pid)
  }
  return all.filter(({ pid, line }) => family.has(pid) && line.includes('--type=renderer')).map(({ pid }) => pid)
}

/** What a core dump of a process would hold, a piece at a time: all that it may write to, whether it can still reach it or not. */
function* memoryOf(pid: string): Generator<Buffer> {
  const piece = Buffer.alloc(16 << 20)
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? []
      if (from === undefined || to === undefined) continue
      const end = Number.parseInt(to, 16)
      for (let at = Number.parseInt(from, 16); at < end; ) {
        try {
          const read = readSync(memory, piece, 0, Math.min(piece.length, end - at), at)
          if (read === 0) break
          yield piece.subarray(0, read)
          at += at + read < end ? read - OVERLAP : read
        } catch {
          // Reserved, and nothing there.
          break
        }
      }
    }
  } finally {
    closeSync(memory)
  }
}

/** Where each secret was found, as `place: n`. */
export const findSecrets = (secrets: readonly string[], places: Iterable<readonly [place: string, bytes: Buffer]>) => {
  const looks = secrets.map(guises)
  const found = new Set<string>()
  for (const [place, bytes] of places)
    for (const [n, guise] of looks.entries())
      if (guise.some(one => bytes.includes(one))) found.add(`${place}: secret ${n}`)
  return [...found].sort()
}

/** Everything that a page of a browser has touched; of its network what these lines say. */
export const placesOf = async (page: Page, lines: readonly string[]): Promise<[place: string, bytes: Buffer][]> => [
  ['heap', Buffer.from(await heapOf(page))],
  ['page', Buffer.from(await askPage<string>(page, 'kept'))],
  ['cookies', Buffer.from(JSON.stringify(await page.context().cookies()))],
  ['network', Buffer.from(lines.join('\n'))],
]

/** Where in the memory of the processes that draw the pages secrets lie; null where a system does not show it. */
export const findInMemory = (profile: string, secrets: readonly string[]): string[] | null => {
  if (process.platform !== 'linux') return null
  const looks = secrets.map(secret => [Buffer.from(secret), Buffer.from(secret, 'utf16le')])
  const found = new Set<string>()
  for (const pid of renderersOf(profile))
    for (const bytes of memoryOf(pid))
      for (const [n, look] of looks.entries())
        if (look.some(one => bytes.includes(one))) found.add(`memory: secret ${n}`)
  return [...found].sort()
}

/** Ends the browser; what it leaves behind in its folder. */
export const leftBehind = async (context: BrowserContext, profile: string): Promise<[string, Buffer][]> => {
  await context.close()
  return filesOf(profile).map(file => [file.slice(profile.length), readFileSync(file)])
}
