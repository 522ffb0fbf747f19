import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, expect, type Page } from '@playwright/test'
import { browserArgs, findBrowser } from './browser.ts'
import { toConsent } from './case-ground.ts'
import { expectAccessible, openDesk, rowsOf, spokenOn, test } from './howdah.ts'

test('the tab keeps its way in over a reload; a second tab and a used code are asked for a new one', async ({
  page,
  whole,
}) => {
  const { url } = await whole.web('--sample')
  await openDesk(page, url)
  // The part that draws cannot be had: that is said, with a way to try again, and not a blank page.
  const parts = /\/assets\/draw-/
  await page.route(parts, route => route.abort())
  await page.reload()
  await expect(page.getByRole('alert')).toContainText('Howdah does not answer')
  await expect(page.getByRole('button', { name: 'Try again' })).toBeFocused()
  await expectAccessible(page)
  await page.unroute(parts)
  await page.keyboard.press('Enter')
  await expect(rowsOf(page).first()).toBeVisible()
  const second = await page.context().newPage()
  await second.goto(new URL('/', url).href)
  await expect(second.locator('body')).toContainText('Press Enter')
  await expect(rowsOf(second)).toHaveCount(0)
  const used = await second.goto(url)
  expect(used?.status()).toBe(401)
  await expect(second.locator('body')).toContainText('Press Enter')
  expect(await page.evaluate('document.cookie'), 'no script sees the cookie').toBe('')
  await expect(rowsOf(page).first()).toBeVisible()
})

test('a locked desk shows a number and a field: over a reload, to the keyboard alone, until it is opened', async ({
  page,
  whole,
}) => {
  const { url } = await whole.web('--sample')
  await openDesk(page, url)
  await page.evaluate("location.hash = '#/settings'")
  const section = page.getByRole('region', { name: 'Lock', exact: true })
  await section.getByLabel('Passphrase for the lock', { exact: true }).fill('short')
  await page.keyboard.press('Enter')
  await expect(section.getByRole('alert')).toContainText('needs 8 characters or more')
  await section.getByLabel('Passphrase for the lock', { exact: true }).fill('a passphrase')
  await section.getByLabel('Passphrase for the lock, once more').fill('a passphrase')
  await page.keyboard.press('Enter')
  await expect(section).toContainText('Locks when nobody is there for 15 minutes.')
  await expectAccessible(page)

  await page.evaluate("location.hash = '#/reports'")
  await expect(rowsOf(page).first()).toBeVisible()
  await page.getByRole('listbox').focus()
  await page.keyboard.press('Shift+L')
  await expect(page.getByRole('heading', { name: 'Howdah is locked' })).toBeVisible()
  const field = page.getByLabel('Passphrase of the lock')
  await expect(field).toBeFocused()
  expect(await page.title()).toContain('Howdah is locked')
  await expect(page.getByRole('main')).toContainText(/\d+ reports are open/)
  await expectAccessible(page)
  for (const reload of [false, true]) {
    if (reload) await page.reload()
    await expect(field).toBeFocused()
    await expect(rowsOf(page)).toHaveCount(0)
    // No key of the desk is heard any more.
    for (const key of ['Escape', 'Control+k', 'j', '1']) await page.keyboard.press(key)
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await page.keyboard.type('a guess')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('not the passphrase of the lock')
  await expect(field).toBeFocused()
  await page.keyboard.type('a passphrase')
  await page.keyboard.press('Enter')
  await expect(rowsOf(page).first()).toBeVisible()
  // Forgotten: the server says who one is, and the desk has no lock any more.
  await page.getByRole('listbox').focus()
  await page.keyboard.press('Shift+L')
  await page.getByText('The passphrase is forgotten').press('Enter')
  await page.getByRole('button', { name: 'Sign in with your browser' }).click()
  const tab = await toConsent(page)
  await tab.getByLabel('Sign in as').selectOption('admin')
  await tab.getByRole('button', { name: 'Authorize' }).click()
  await expect(tab.getByRole('main')).toContainText('You can close this tab')
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await expect(spokenOn(page)).toContainText('There is no lock any more')
  await expect(section.getByLabel('Passphrase for the lock', { exact: true })).toBeVisible()
})

/** Every way in which a page can make a browser ask another address for something. */
const vectors = (target: string) => `
  const add = (name, fields) => document.body.append(Object.assign(document.createElement(name), fields))
  const at = path => ${JSON.stringify(target)} + path
  add('img', { src: at('/?v=img') })
  add('script', { src: at('/assets/x.js?v=script') })
  add('link', { rel: 'stylesheet', href: at('/?v=style') })
  add('link', { rel: 'prefetch', href: at('/?v=prefetch') })
  add('iframe', { src: at('/?v=iframe') })
  const back = '/callback?code=x&state=' + 'A'.repeat(43)
  add('iframe', { src: at(back + '&v=back-iframe') })
  fetch(at(back + '&v=back-fetch'), { mode: 'no-cors', credentials: 'include' }).catch(() => {})
  add('object', { data: at('/?v=object') })
  add('video', { src: at('/?v=video') })
  for (const method of ['GET', 'POST'])
    for (const mode of ['no-cors', 'cors']) fetch(at('/?v=fetch-' + method + mode), { method, mode, credentials: 'include' }).catch(() => {})
  fetch(at('/exports/howdah-log-1.csv'), { credentials: 'include', mode: 'no-cors' }).catch(() => {})
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

const serveHostile = (): Promise<Server> =>
  new Promise(resolve => {
    const server = createServer((_request, response) =>
      response.setHeader('content-type', 'text/html').end('<!doctype html><body>'),
    )
    server.listen(0, '127.0.0.1', () => resolve(server))
  })

/** Runs the vectors on a hostile page, and answers the statuses that the door gave, also of answers that the browser then hid. */
const attack = async (page: Page, hostile: string, target: string) => {
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
    'style',
    'video',
    'fetch-GETno-cors',
    'fetch-GETcors',
    'fetch-POSTno-cors',
    'fetch-POSTcors',
    'beacon',
    'back-fetch',
    'events',
  ])
    await expect.poll(() => got().join(), { message: kind }).toContain(`v=${kind}`)
  return { statuses: got(), sockets: await page.evaluate('window.socketStates') }
}

test('no page of another place gets anything from the door, though the browser holds its cookie', async ({ whole }) => {
  const { url } = await whole.web('--sample')
  const { port } = new URL(url)
  const server = await serveHostile()
  const hostilePort = (server.address() as AddressInfo).port
  let browser: Browser | undefined
  try {
    browser = await chromium.launch({
      executablePath: findBrowser(),
      args: browserArgs('--host-resolver-rules=MAP *.example 127.0.0.1'),
    })
    const context = await browser.newContext()
    await openDesk(await context.newPage(), url)
    // Another port of this computer: the same site, so that cookies are sent along. Then a name that resolves to this computer.
    const places = [`http://127.0.0.1:${hostilePort}/`, `http://evil.example:${hostilePort}/`]
    for (const place of places) {
      const { statuses, sockets } = await attack(await context.newPage(), place, `http://127.0.0.1:${port}`)
      expect(statuses.length).toBeGreaterThan(4)
      expect(statuses.filter(line => Number(line.slice(0, 3)) < 400)).toEqual([])
      const back = statuses.filter(line => line.includes('back-')).map(line => line.slice(0, 3))
      expect(back.length).toBeGreaterThan(0)
      expect(new Set(back), 'only as a whole page').toEqual(new Set(['403']))
      expect(sockets).toEqual(['refused', 'refused'])
    }
    // DNS rebinding: the hostile name now leads to the door itself.
    const rebound = await context.newPage()
    expect((await rebound.goto(`http://evil.example:${port}/`))?.status()).toBe(421)
    expect((await rebound.goto(`http://localhost.example:${port}/?code=x`))?.status()).toBe(421)
  } finally {
    await browser?.close()
    server.close()
  }
})
