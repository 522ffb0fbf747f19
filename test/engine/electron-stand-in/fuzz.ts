/** What nobody should send: every channel of the shell with every kind of sender and payload, and what a second start may hand over. */
import type { EventEmitter } from 'node:events'
import type { MessagePort } from 'node:worker_threads'
import type { Engine } from '../../../src/shared/contract/index.ts'
import { numbersOf } from '../numbers.ts'
import { type Frame, facts } from './facts.ts'

/** Every message of the page, by its channel. */
export type Ipc = EventEmitter & {
  handlers: ReadonlyMap<string, unknown>
  ask(channel: string, senderFrame: unknown, ...words: unknown[]): Promise<unknown>
}
type Given = { ipcMain: Ipc; app: EventEmitter; ownFrame: Frame; client: Engine }

const LINK = 'https://fuzz.example/'
const large = 'a'.repeat(10_000_000)
const cyclic: Record<string, unknown> = { name: 'x' }
cyclic.self = cyclic
const deep = () => {
  let inner: unknown = 'x'
  for (let n = 0; n < 5_000; n += 1) inner = [inner]
  return inner
}

/** Everything that structured cloning lets across, and what it does not. Two of them are right in their place: a link, a name of an export. */
const payloads: readonly unknown[] = [
  LINK,
  'howdah-log-20261123-164500.csv',
  large,
  `https://x.example/${large}`,
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  cyclic,
  deep(),
  Number.NaN,
  -0,
  1n,
  Number.POSITIVE_INFINITY,
  null,
  undefined,
  true,
  '',
  [],
  [LINK],
  { toString: () => LINK },
  { [Symbol.toPrimitive]: () => LINK },
  new String(LINK),
  new Date(Number.NaN),
  new Map([[LINK, LINK]]),
  new Set([LINK]),
  new Uint8Array(1 << 20),
  new Error(LINK),
  /x/,
  Symbol('x'),
  '../vault.db',
  'vault.db',
  'C:\\key.csv',
  'a.csv\u0000',
  'javascript:alert(1)',
  'file:///etc/passwd',
  '\\\\host\\share',
  'https://a@b.example/',
  'ms-settings:x',
  `${LINK}\u0000`,
  '\ud800',
  new Proxy(
    {},
    {
      get: () => {
        throw new Error('no look at this')
      },
    },
  ),
]

const gone = () => {
  throw new Error('Render frame was disposed before WebFrameMain could be accessed')
}

/** Senders, the first our own page. A port that another gets is counted. */
const senders = (ownFrame: Frame, stray: () => void): readonly (Frame | null)[] => {
  const of = (url: string, parent: unknown = null) => ({ url, parent, postMessage: stray })
  const disposed = { url: '', parent: null, postMessage: stray }
  Object.defineProperties(disposed, { url: { get: gone }, parent: { get: gone } })
  return [
    ownFrame,
    null,
    disposed,
    of('app://howdah/', ownFrame),
    of('app://howdah.evil.example/'),
    of('app://howdah/other.html'),
    of('https://howdah/'),
    of('about:blank'),
    of('data:text/html,x'),
    of('file:///etc/passwd'),
    of(''),
  ]
}

/** Sends so many messages, and counts what came of them that should not have. */
export const fuzzChannels = async ({ ipcMain, ownFrame, client }: Given, count: number) => {
  const number = numbersOf(count)
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(number() * from.length)]
  const channels = [...ipcMain.eventNames().map(String), ...ipcMain.handlers.keys()].sort()
  const { fuzz } = facts
  fuzz.channels = channels
  const crash = (error: unknown) => void fuzz.crashes.push(String(error))
  process.on('uncaughtException', crash).on('unhandledRejection', crash)
  let ownPorts = 0
  const own: Frame = {
    ...ownFrame,
    postMessage: (_channel, _message, [port]) => {
      ownPorts += 1
      // Anything but text closes a port; nothing more of it reaches anybody.
      const end = port as MessagePort
      end.postMessage(payloads[4])
      end.postMessage('{"')
      end.close()
    },
  }
  const all = senders(own, () => void fuzz.strays.push('a port'))
  const before = {
    opened: facts.opened.length,
    links: facts.links.length,
    dialogs: facts.dialogs.length,
    questions: facts.questions.length,
  }
  let [links, ports] = [0, 0]
  for (fuzz.sent = 0; fuzz.sent < count; fuzz.sent += 1) {
    const channel = pick(channels) ?? ''
    const answers = ipcMain.handlers.has(channel)
    const isOpening = channel === 'howdah:open-engine'
    // What takes no word of the page's is a way in of its own; a few of those are enough.
    const sender = number() < (isOpening || answers ? 0.02 : 0.5) ? own : pick(all.slice(1))
    let words = Array.from({ length: Math.floor(number() * 4) }, () => pick(payloads))
    // From our own page the one right name would open a dialog, as it should.
    if (channel === 'howdah:save-export' && sender === own)
      words = words.map(word => (word === payloads[1] ? 'key' : word))
    if (sender === own && channel === 'howdah:open-link' && words[0] === LINK) links += 1
    if (sender === own && isOpening) ports += 1
    try {
      if (!answers) ipcMain.emit(channel, { senderFrame: sender }, ...words)
      else {
        const answer = await ipcMain.ask(channel, sender, ...words)
        if (sender !== own && answer !== null) fuzz.strays.push(`${channel} answered ${String(answer)}`)
      }
    } catch (error) {
      crash(error)
    }
    if (fuzz.sent % 500 === 0) await new Promise(resolve => setImmediate(resolve))
  }
  for (let n = 0; n < 500 && ownPorts < ports; n += 1) await new Promise(resolve => setTimeout(resolve, 10))
  if (ownPorts !== ports) fuzz.strays.push(`${ownPorts} ports for ${ports} right questions`)
  // The last question may still be on its way.
  for (let seen = -1; seen !== facts.opened.length; await new Promise(resolve => setTimeout(resolve, 200)))
    seen = facts.opened.length
  // Each was asked about, one at a time: what comes while a question stands is dropped.
  const [opened, asked] = [facts.opened.splice(before.opened), facts.links.splice(before.links)]
  const isRight = opened.length > 0 && opened.length === asked.length && opened.length <= links
  if (!isRight || opened.some(link => link !== LINK))
    fuzz.strays.push(`${opened.length} links opened for ${links}, ${asked.length} questions`)
  if (facts.dialogs.length !== before.dialogs || facts.questions.length !== before.questions)
    fuzz.strays.push('a dialog')
  if ('polluted' in {}) fuzz.strays.push('a polluted prototype')
  // The engine behind it answers as before.
  await client.call('servers.list', {})
  process.off('uncaughtException', crash).off('unhandledRejection', crash)
}

const words: readonly string[] = [
  'howdah',
  '--sample',
  '--data',
  '/tmp/elsewhere',
  '--data=',
  'signin',
  'log',
  'export',
  '--output',
  '/etc/passwd',
  'howdah://callback?code=x&state=y',
  'app://howdah/#/settings',
  'http://127.0.0.1:1/callback?code=x&state=y',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'ms-settings:x',
  '\\\\host\\share',
  '--inspect=0.0.0.0:9229',
  '--remote-debugging-port=9222',
  '--no-sandbox',
  '--load-extension=/tmp/x',
  '--require',
  '-e',
  'process.exit()',
  '--',
  '',
  '__proto__',
  '\u0000',
  '\ud800',
  '‮gnp.exe',
  'a'.repeat(1_000_000),
]
const SECOND_STARTS = 300

/** What another start, a link or a file may hand over: the window comes to the front, and nothing else happens. */
export const fuzzSecondStarts = async ({ app, client }: Given) => {
  const number = numbersOf(SECOND_STARTS)
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(number() * from.length)]
  const { second } = facts
  const look = async () =>
    JSON.stringify([
      [facts.windows, facts.loads, facts.url, facts.opened, facts.dialogs, facts.questions, facts.reloads],
      await client.call('decisions.underway', {}),
      await client.call('decisions.page', { limit: 200 }),
      await client.call('settings.get', {}),
      (await client.call('servers.list', {})).servers.map(({ key, signedIn, scopes }) => [key, signedIn, scopes]),
    ])
  const before = await look()
  for (; second.cases < SECOND_STARTS; second.cases += 1) {
    const argv = Array.from({ length: Math.floor(number() * 6) }, () => pick(words))
    const odd = [null, undefined, 1, {}, 'howdah://x', JSON.parse('{"__proto__":{"polluted":true},"length":3}')]
    Object.assign(facts, { focused: false })
    const event = { preventDefault: () => {} }
    try {
      app.emit(
        'second-instance',
        event,
        number() < 0.1 ? pick(odd) : argv,
        pick(words),
        number() < 0.5 ? pick(odd) : { argv },
      )
      if (facts.focused) second.focused += 1
      for (const name of ['open-url', 'open-file', 'continue-activity', 'activate']) app.emit(name, event, pick(words))
    } catch (error) {
      second.strays.push(String(error))
    }
  }
  // Whatever they began would show by now.
  await new Promise(resolve => setTimeout(resolve, 200))
  if ((await look()) !== before) second.strays.push('something was done')
}
