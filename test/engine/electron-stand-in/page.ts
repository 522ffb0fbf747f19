/** What the page would do in the window: load its files through the scheme, run the preload script, and speak to the engine. */
import type { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'
import { setTimeout as pause } from 'node:timers/promises'
import type { MessagePort } from 'node:worker_threads'
import { contract, type Engine } from '../../../src/shared/contract/index.ts'
import { connect } from '../../../src/shared/contract/rpc.ts'
import { portWire } from '../../../src/shared/contract/wires.ts'
import { systemClock } from '../../../src/shared/system-clock.ts'
import { killThread } from '../mortal-thread.ts'
import { type Frame, facts, type Prevented } from './facts.ts'
import { fuzzChannels, fuzzSecondStarts, type Ipc } from './fuzz.ts'

type Guards = Record<string, ((...given: never[]) => unknown) | undefined>
type Given = {
  url: string
  preload: string
  handle(request: { method: string; url: string }): Response
  session: EventEmitter & { guards: Guards }
  window: EventEmitter
  contents: EventEmitter & { openHandler: (() => { action: string }) | undefined }
  app: EventEmitter
  ipcMain: Ipc
  ownFrame: Frame
  exposed: Record<string, Record<string, (word?: unknown) => unknown>>
  powerMonitor: EventEmitter
  probe: Prevented
}

const loadFiles = async ({ handle, url }: Given) => {
  const tries = [
    ['GET', url],
    ['POST', url],
    ['GET', 'app://howdah/../package.json'],
    ['GET', 'app://howdah/%2e%2e/package.json'],
    ['GET', 'app://other/'],
    ['GET', 'app://howdah/index.html'],
  ] as const
  for (const [method, target] of tries) {
    const { status, headers } = handle({ method, url: target })
    facts.answers[`${method} ${target}`] = {
      status,
      policy: headers.get('content-security-policy'),
      type: headers.get('content-type'),
    }
  }
  const html = await handle({ method: 'GET', url }).text()
  for (const [, path] of html.matchAll(/(?:src|href)="\.?(\/[^"]+)"/g))
    facts.assets += handle({ method: 'GET', url: `app://howdah${path}` }).status === 200 ? 1 : -1000
}

/** Asks for everything that a hostile page might ask for. */
const probeGuards = ({ session, contents, app, probe }: Given) => {
  const { guards } = session
  const call = (name: string, ...given: unknown[]) => Reflect.apply(guards[name] ?? (() => true), undefined, given)
  for (const permission of [
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'fullscreen',
    'openExternal',
    'local-network-access',
    'hid',
    'unknown',
  ]) {
    call(
      'permissionRequest',
      contents,
      permission,
      (yes: boolean) => yes && facts.granted.push(`request ${permission}`),
    )
    if (call('permissionCheck', contents, permission) !== false) facts.granted.push(`check ${permission}`)
  }
  if (call('device', {}) !== false) facts.granted.push('device')
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])
    if (!probe(contents, event)) facts.notPrevented.push(event)
  if (!probe(session, 'will-download')) facts.notPrevented.push('will-download')
  for (const event of ['select-client-certificate', 'login']) {
    // Prevented alone would leave who asks waiting for ever: it has to be told that there is nothing.
    const given: unknown[][] = []
    if (!probe(app, event, contents, {}, {}, (...words: unknown[]) => given.push(words))) facts.notPrevented.push(event)
    if (given.length !== 1 || given[0]?.length !== 0) facts.granted.push(`${event}: ${JSON.stringify(given)}`)
  }
  if (
    !probe(
      app,
      'certificate-error',
      contents,
      'https://x.example',
      'bad',
      {},
      (yes: boolean) => yes && facts.granted.push('certificate'),
    )
  )
    facts.notPrevented.push('certificate-error')
  if (contents.openHandler?.().action !== 'deny') facts.notPrevented.push('window.open')
  for (const url of [
    'app://howdah/assets/x.js',
    'blob:app://howdah/1',
    'https://tracker.example/p.png',
    'file:///etc/passwd',
    'app://howdah.evil.example/',
    'http://127.0.0.1:1/',
  ])
    call('request', { url }, ({ cancel }: { cancel: boolean }) => !cancel && facts.loadable.push(url))
}

/** Frames that are not ours ask for the engine: none may get a port. */
const probeStrangers = async ({ ipcMain, ownFrame }: Given) => {
  const postMessage = () => {
    facts.portsForStrangers += 1
  }
  const strangers = [
    null,
    { url: 'https://evil.example/', parent: null },
    { url: 'app://howdah.evil.example/', parent: null },
    { url: 'app://howdah/', parent: ownFrame },
  ]
  for (const stranger of strangers) {
    const senderFrame = stranger && { ...stranger, postMessage }
    ipcMain.emit('howdah:open-engine', { senderFrame })
    ipcMain.emit('howdah:open-link', { senderFrame }, 'https://stranger.example/')
    ipcMain.emit('howdah:save-export', { senderFrame }, 'stranger.csv')
    if ((await ipcMain.ask('howdah:listen', senderFrame)) !== null) facts.portsForStrangers += 1
  }
}

/** A sign-in's return reaches the desktop's own listener: one that nobody waits for is said to be none, and it goes on listening. */
const probeReturn = async (redirect: string) => {
  const stray = await fetch(`${redirect}?code=x&state=${'A'.repeat(43)}`)
  const icon = await fetch(new URL('/favicon.ico', redirect))
  facts.returns = [redirect.replace(/:\d+/, ':PORT'), stray.status, icon.status]
}

/** What the system says of who is there, to a desk without a lock and to one with it. */
const probeLock = async (client: Engine, powerMonitor: EventEmitter) => {
  const words = 'of the stand-in'
  const isLocked = async () => (await client.call('lock.state', {})).locked
  const locking = ['lock-screen', 'suspend', 'user-did-resign-active']
  for (const event of locking) powerMonitor.emit(event)
  await client.call('lock.choose', { passphrase: words, afterMinutes: 5 })
  for (const event of ['unlock-screen', 'resume', 'on-battery']) powerMonitor.emit(event)
  await pause(200)
  if (await isLocked()) throw new Error('locked for nothing')
  for (const event of locking) {
    powerMonitor.emit(event)
    for (let n = 0; n < 250 && !(await isLocked()); n += 1) await pause(20)
    await client.call('servers.list', {}).catch(({ detail }) => facts.lockedBy.push(`${event}: ${detail.reason}`))
    await client.call('lock.open', { passphrase: words })
  }
  await client.call('lock.change', { passphrase: words, afterMinutes: null })
}

/** The engine's thread dies with a draft in its keeping; the page asks for a port until another engine answers. */
const killEngine = async (client: Engine) => {
  const draft = { of: 'note' as const, key: 's1 7', words: { text: 'half a thought' } }
  await client.call('drafts.keep', draft)
  const gone = new Promise<void>(resolve => {
    const stop = client.onState(state => state === 'connecting' && resolve(stop()))
  })
  killThread('exit')
  await gone
  facts.drafts = (await client.call('drafts.list', {})).drafts.map(({ words }) => words.text ?? '')
}

/** A person follows links: each waits for the word about the one before. */
const probeLinks = async (openLink: (link: string) => unknown, origin: string) => {
  const seen = () => facts.opened.length + facts.links.length
  for (const link of [
    `${origin}/admin/reports`,
    'https://lindenhof.example/a?b=1',
    'https://xn--lindenhf-lwf.example/',
  ]) {
    const before = seen()
    openLink(link)
    for (let n = 0; n < 250 && seen() === before; n += 1) await pause(20)
    await pause(20)
  }
  facts.opened = facts.opened.map(link => link.replace(origin, 'own:'))
  for (const link of [
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://a@b.example/',
    'ms-settings:x',
    '\u0000https://x.example',
  ])
    openLink(link)
}

const speak = async (given: Given) => {
  const { exposed, powerMonitor } = given
  const { howdah } = exposed
  if (!howdah?.openEngine || !howdah.openLink || !howdah.saveExport || !howdah.listen)
    throw new Error('the preload script exposed too little')
  const dial = async () => {
    const port = new Promise<MessagePort>(resolve => {
      const postMessage = (message: string, target: string, [first]: MessagePort[]) => {
        if (message === 'howdah:engine' && target === '/' && first) resolve(first)
      }
      Object.assign(globalThis, { window: { postMessage } })
    })
    howdah.openEngine?.()
    return portWire(await port)
  }
  const client = connect(contract, dial, { clock: systemClock })
  facts.servers = (await client.call('servers.list', {})).servers
  await client.call('sync.now', { all: true })
  facts.reports = (await client.call('reports.counts', {})).open
  facts.settings = await client.call('settings.get', {})
  if (process.env.STAND_IN_DECIDES === '1') {
    await client.call('settings.set', { graceSeconds: 120 })
    const { list } = await client.call('reports.open', { filter: {}, group: 'none', sort: 'newest' })
    const { lines } = await client.call('reports.lines', { list, from: 0, count: 2 })
    for (const line of lines)
      if (line.line === 'report') {
        const subject = { of: 'report' as const, id: line.row.id }
        await client.call('decisions.arm', { server: line.row.server, subject, kind: 'report.close' })
        facts.armed += 1
      }
  }
  if (process.env.STAND_IN_ENDS) return client.close()
  const fuzzed = Number(process.env.STAND_IN_FUZZ ?? 0)
  if (fuzzed > 0) {
    await fuzzChannels({ ...given, client }, fuzzed)
    await fuzzSecondStarts({ ...given, client })
  }
  if (process.env.STAND_IN_LOCKS === '1') await probeLock(client, powerMonitor)
  if (process.env.STAND_IN_DIES === '1') await killEngine(client)
  const { name } = await client.call('log.export', { format: 'csv' })
  await probeLinks(howdah.openLink, (await client.call('servers.list', {})).servers[0]?.origin ?? '')
  for (const given of ['../vault.db', 'vault.db', 'key', name]) howdah.saveExport(given)
  await probeReturn(String(await howdah.listen()))
  // The copy goes on after the dialog; wait for what the test will look for.
  const saved = process.env.STAND_IN_SAVE_TO ?? ''
  const { existsSync } = await import('node:fs')
  for (let n = 0; n < 200 && !existsSync(saved); n += 1) await pause(20)
  client.close()
}

/** Plays the page from its first request to its last. */
export const runPage = async (given: Given) => {
  await loadFiles(given)
  probeGuards(given)
  createRequire(import.meta.url)(given.preload)
  facts.exposed = Object.keys(given.exposed.howdah ?? {}).sort()
  await probeStrangers(given)
  await speak(given)
  const dies = (reason: string) => given.contents.emit('render-process-gone', {}, { reason })
  dies('clean-exit')
  dies('killed')
  if (process.env.STAND_IN_DIES !== '1') return
  // Again at once; then it hangs, answers after all, and hangs again.
  dies('oom')
  await pause(20)
  for (const event of ['unresponsive', 'responsive', 'unresponsive']) {
    given.window.emit(event)
    await pause(20)
  }
}
