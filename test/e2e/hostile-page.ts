import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, type Page } from '@playwright/test'

/** Pages of another place, which try to get something from the door of the same computer. */

/** What a script would tell that a page of another place could load. */
const OWN_SCRIPT = '/canary.js'

/** A server of hostile pages on a port of this computer. */
export const serveHostile = (): Promise<{ port: number; close(): void }> =>
  new Promise(resolve => {
    const server = createServer((request, response) => {
      const isScript = request.url === OWN_SCRIPT
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
      response.end(isScript ? 'canaryColumn,canaryValue' : '<!doctype html><body>')
    })
    server.listen(0, '127.0.0.1', () =>
      resolve({ port: (server.address() as AddressInfo).port, close: () => server.close() }),
    )
  })

/** Every way in which a page can make a browser ask another address for something. */
const vectors = (target: string) => `
  const add = (name, fields) => document.body.append(Object.assign(document.createElement(name), fields))
  const at = path => ${JSON.stringify(target)} + path
  add('img', { src: at('/?v=img') })
  add('script', { src: at('/assets/x.js?v=script') })
  add('script', { type: 'module', src: at('/assets/x.js?v=module') })
  add('link', { rel: 'stylesheet', href: at('/?v=style') })
  add('link', { rel: 'prefetch', href: at('/?v=prefetch') })
  add('link', { rel: 'preload', as: 'image', href: at('/?v=preload') })
  add('link', { rel: 'modulepreload', href: at('/?v=early') })
  add('style', { textContent: '@import "' + at('/?v=import') + '"; body { background: url("' + at('/?v=background') + '") }' })
  add('input', { type: 'image', src: at('/?v=input') })
  add('iframe', { src: at('/?v=iframe') })
  const back = '/callback?code=x&state=' + 'A'.repeat(43)
  add('iframe', { src: at(back + '&v=back-iframe') })
  fetch(at(back + '&v=back-fetch'), { mode: 'no-cors', credentials: 'include' }).catch(() => {})
  add('object', { data: at('/?v=object') })
  add('embed', { src: at('/?v=embed') })
  add('video', { src: at('/?v=video') })
  add('audio', { src: at('/?v=audio'), preload: 'auto' })
  for (const method of ['GET', 'POST'])
    for (const mode of ['no-cors', 'cors']) fetch(at('/?v=fetch-' + method + mode), { method, mode, credentials: 'include' }).catch(() => {})
  fetch(at('/exports/howdah-log-1.csv'), { credentials: 'include', mode: 'no-cors' }).catch(() => {})
  const old = new XMLHttpRequest()
  old.open('GET', at('/?v=xhr'))
  old.withCredentials = true
  old.send()
  navigator.sendBeacon(at('/?v=beacon'), 'x')
  new EventSource(at('/?v=events'), { withCredentials: true })
  add('form', { action: at('/?v=form'), method: 'POST', target: 'elsewhere' })
  add('iframe', { name: 'elsewhere' })
  document.forms[0].submit()
  window.socketStates = []
  for (const path of ['/wire', '/']) {
    const socket = new WebSocket(at(path).replace('http', 'ws'))
    socket.onopen = () => window.socketStates.push('open')
    socket.onerror = () => window.socketStates.push('refused')
  }`

/** Runs the vectors on a hostile page, and answers the statuses that the door gave, also of answers that the browser then hid. */
export const attack = async (page: Page, hostile: string, target: string) => {
  const wire = await page.context().newCDPSession(page)
  const asked = new Map<string, string>()
  const answered = new Map<string, number>()
  wire.on('Network.requestWillBeSent', ({ requestId, request }) => asked.set(requestId, request.url))
  wire.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => answered.set(requestId, statusCode))
  // The two kinds of news of one request come in either order.
  const got = () =>
    [...answered]
      .map(([id, status]) => `${status} ${asked.get(id) ?? ''}`)
      .filter(line => line.slice(4).startsWith(target))
  await wire.send('Network.enable')
  await page.goto(hostile)
  await page.evaluate(vectors(target))
  await expect.poll(() => page.evaluate('window.socketStates.length')).toBe(2)
  for (const kind of [
    'img',
    'script',
    'module',
    'style',
    'preload',
    'early',
    'import',
    'background',
    'input',
    'video',
    'audio',
    'fetch-GETno-cors',
    'fetch-GETcors',
    'fetch-POSTno-cors',
    'fetch-POSTcors',
    'xhr',
    'beacon',
    'back-fetch',
    'events',
  ])
    await expect.poll(() => got().join(), { message: kind }).toContain(`v=${kind}`)
  return { statuses: got(), sockets: await page.evaluate('window.socketStates') }
}

/** Catches what a script of data says on its way through the names and the prototypes that a page can replace. */
const traps = `
  window.caught = []
  window.loaded = []
  const note = name => { if (/canary/i.test(String(name))) window.caught.push(String(name)) }
  for (const name of ['canaryKey', 'canaryColumn', 'canaryValue'])
    Object.defineProperty(Object.prototype, name, { configurable: true, get() { note(name) }, set(value) { note(name + value) } })
  const plainArray = window.Array
  window.Array = function (...items) { items.forEach(note); return plainArray.from(items) }
  window.Object = new Proxy(Object, { construct: (made, items) => { items.forEach(note); return new made(...items) } })
  try {
    Object.setPrototypeOf(EventTarget.prototype, new Proxy(Object.getPrototypeOf(EventTarget.prototype), {
      has: (of, name) => { note(name); return name in of },
      get: (of, name, self) => { note(name); return Reflect.get(of, name, self) },
    }))
  } catch {}
  window.addEventListener('error', ({ message }) => note(message))
  window.loadAsScript = (src, type) => new Promise(done => {
    const script = Object.assign(document.createElement('script'), { src, type })
    script.onload = () => { window.loaded.push(src); done() }
    script.onerror = done
    document.body.append(script)
  })`

/** What a hostile page learns of files of the door that it loads as scripts, plain and as modules; and whether its traps catch at all. */
export const readAsScripts = async (page: Page, hostile: string, target: string, paths: readonly string[]) => {
  await page.goto(hostile)
  await page.evaluate(traps)
  const sources = JSON.stringify(paths.map(path => `${target}${path}`))
  // As text: what reads answers in the page trusts the prototypes that were replaced.
  const learned = await page.evaluate(`(async () => {
    for (const src of ${sources}) for (const type of ['', 'module']) await loadAsScript(src, type)
    const before = { loaded: loaded.slice(), caught: caught.slice() }
    await loadAsScript(${JSON.stringify(OWN_SCRIPT)}, '')
    return JSON.stringify({ ...before, ownCaught: caught.includes('canaryColumn') })
  })()`)
  return JSON.parse(String(learned))
}

/** Asks from a page of a hostile name that leads to the door: for the browser both are one origin, so that it hides nothing. */
export const rebind = async (page: Page, origin: string, paths: readonly string[]) => {
  await page.goto(origin)
  const statuses = await page.evaluate(
    `Promise.all(${JSON.stringify(paths)}.map(path => fetch(path, { credentials: 'include' }).then(({ status }) => status)))`,
  )
  const socket = await page.evaluate(`new Promise(done => {
    const socket = new WebSocket(location.origin.replace('http', 'ws') + '/wire')
    socket.onopen = () => done('open')
    socket.onerror = () => done('refused')
  })`)
  return { statuses, socket }
}
