import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, expect, type Page } from '@playwright/test'
import { browserArgs, findBrowser } from './browser.ts'
import { toConsent } from './case-ground.ts'
import { attack, readAsScripts, rebind, serveHostile } from './hostile-page.ts'
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
  await page.keyboard.press('Shift+ArrowRight')
  await expect(spokenOn(page)).not.toBeEmpty()
  await page.keyboard.press('Shift+L')
  await expect(page.getByRole('heading', { name: 'Howdah is locked' })).toBeVisible()
  await expect(spokenOn(page), 'what was spoken lies in the page no more').toBeEmpty()
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

/** Where a tab has been: what its page can learn of that, where its way back leads. A browser's list of all pages keeps a used code. */
const traces = async (page: Page): Promise<string> => {
  const wire = await page.context().newCDPSession(page)
  const { entries } = await wire.send('Page.getNavigationHistory')
  const own = await page.evaluate(`[
    document.referrer,
    document.URL,
    ...performance.getEntries().map(({ name }) => name),
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, window.name]),
  ]`)
  return JSON.stringify([entries.map(entry => entry.url), own])
}

test('no page of another place gets anything from the door, though the browser holds its cookie; nor is the code left with it', async ({
  whole,
}) => {
  const { url } = await whole.web('--sample')
  const { port, origin, searchParams } = new URL(url)
  const code = searchParams.get('code') ?? ''
  mkdirSync(join(whole.data, 'exports'), { recursive: true })
  // As scripts, both would say what stands in them.
  writeFileSync(join(whole.data, 'exports', 'howdah-log-1.csv'), 'canaryColumn,canaryValue\n')
  writeFileSync(join(whole.data, 'exports', 'howdah-log-1.jsonl'), '[{"canaryKey":"canaryValue"}]\n')
  const files = readdirSync('out/renderer/assets').map(name => `/assets/${name}`)
  const hostile = await serveHostile()
  let browser: Browser | undefined
  try {
    browser = await chromium.launch({
      executablePath: findBrowser(),
      args: browserArgs('--host-resolver-rules=MAP *.example 127.0.0.1'),
    })
    const context = await browser.newContext()
    const referers: string[] = []
    context.on('request', request => {
      const { referer } = request.headers()
      if (referer !== undefined && request.url().startsWith(origin)) referers.push(referer)
    })
    const desk = await context.newPage()
    await openDesk(desk, url)
    expect(new URL(desk.url()).search).toBe('')
    const seen = await traces(desk)
    expect(seen).toContain(`${origin}/`)
    expect(seen).not.toContain(code)
    expect(referers.join()).not.toContain('code=')

    // Another port of this computer: the same site, so that cookies are sent along. Then a name that resolves to this computer.
    for (const host of ['127.0.0.1', 'evil.example']) {
      const place = `http://${host}:${hostile.port}/`
      const page = await context.newPage()
      const { statuses, sockets } = await attack(page, place, origin)
      expect(statuses.length).toBeGreaterThan(18)
      expect(statuses.filter(line => Number(line.slice(0, 3)) < 400)).toEqual([])
      const back = statuses.filter(line => line.includes('back-')).map(line => line.slice(0, 3))
      expect(back.length).toBeGreaterThan(0)
      expect(new Set(back), 'only as a whole page').toEqual(new Set(['403']))
      expect(sockets).toEqual(['refused', 'refused'])
      const targets = ['/', ...files, '/exports/howdah-log-1.csv', '/exports/howdah-log-1.jsonl', '/callback', '/wire']
      expect(await readAsScripts(page, place, origin, targets)).toEqual({ loaded: [], caught: [], ownCaught: true })
      // Led there as a whole page, too.
      const led = page.waitForResponse(response => response.url() === `${origin}/`)
      await page.evaluate(`location.href = ${JSON.stringify(`${origin}/`)}`)
      expect((await led).status()).toBe(403)
    }
    // DNS rebinding: the hostile name, whose page is open, now leads to the door itself.
    const rebound = await context.newPage()
    expect(
      await rebind(rebound, `http://evil.example:${port}`, [
        '/',
        ...files.slice(0, 2),
        '/exports/howdah-log-1.csv',
        '/?code=x',
      ]),
    ).toEqual({
      statuses: [421, 421, 421, 421, 421],
      socket: 'refused',
    })
    for (const name of ['evil.example', 'localhost.example', 'localhost'])
      expect((await rebound.goto(`http://${name}:${port}/`))?.status()).toBe(421)
    await expect(rowsOf(desk).first()).toBeVisible()
  } finally {
    await browser?.close()
    hostile.close()
  }
})
