// Takes pictures of the desk with `npm run pictures`: every screen and state into `pictures/`, light and dark, and README's six into
// `docs/pictures/`. `npm run pictures -- pseudo zoom forced` takes the screens in other looks instead; `-- readme` README's alone.
import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContextOptions, chromium, type Page } from '@playwright/test'
import { z } from 'zod'
import { speakLike } from '../../src/shared/messages/say.ts'
import { browserArgs, findBrowser } from './browser.ts'
import { OTHER, sayAs } from './case-ground.ts'
import { type Screen, settle } from './screen.ts'
import { screens } from './screens.ts'
import { serverScreens } from './screens-servers.ts'

const ALL = 'pictures'
const README = join('docs', 'pictures')
const best = ['reports-light', 'suspend-light', 'batch-light', 'signups-dark', 'reports-dark', 'log-light']
const CONTROL = 'control-of-the-pictures'

const looks: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  small: { colorScheme: 'dark', viewport: { width: 1024, height: 700 } },
  zoom: { viewport: { width: 640, height: 450 } },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
  pseudo: { locale: 'en-XA' },
  french: { locale: 'fr-FR', viewport: { width: 1024, height: 700 } },
}

type Running = { url: string; [Symbol.dispose](): void }

const cli = 'out/main/cli.js'

/** A program that runs until it is let go; it says its address in its first line. */
const start = async (...args: string[]): Promise<Running> => {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', text => {
      const found = /http:\/\/\S+/.exec(String(text))
      if (found) resolve(found[0])
    })
    child.once('exit', code => reject(new Error(`${args.join(' ')} ended with ${code}`)))
  })
  return { url, [Symbol.dispose]: () => void child.kill('SIGKILL') }
}

const newFolder = () => {
  const path = mkdtempSync(join(tmpdir(), 'howdah-pictures-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
const openDoor = (data: string, ...args: string[]) => start('out/main/web.js', '--no-open', '--data', data, ...args)
const signIn = (data: string, server: string, token: string) =>
  spawnSync(process.execPath, [cli, 'signin', '--server', server, '--token-stdin', '--data', data], { input: token })

const read = (data: string) => spawnSync(process.execPath, [cli, 'sync', '--data', data])
/** A colleague closes the newest report, in the web admin. */
const resolveAsColleague = async (server: string) => {
  const reports = `${server}/api/v1/admin/reports`
  const headers = { authorization: 'Bearer moderator' }
  const [newest] = z.array(z.object({ id: z.string() })).parse(await (await fetch(reports, { headers })).json())
  await sayAs('moderator', { url: server }, `/api/v1/admin/reports/${newest?.id}/resolve`)
}

const browser = await chromium.launch({ executablePath: findBrowser(), args: browserArgs() })
const newPage = async (look: string) => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...looks[look] })
  page.setDefaultTimeout(20_000)
  return page
}
const take = async (page: Page, name: string, look: string) => {
  await page.screenshot({ path: join(ALL, look, `${name}.png`) })
}
const takeEach = async (page: Page, all: readonly Screen[], look: string) => {
  for (const { name, show } of all) {
    await show(page)
    await settle(page)
    await take(page, name, look)
  }
}
const firstRow = (page: Page) => page.getByRole('listbox').getByRole('option').first().waitFor()
const ready = (page: Page) => page.locator('section[aria-labelledby="case-h"][aria-busy="false"]').waitFor()

/** Every screen, filled. */
const takeScreens = async (look: string) => {
  await speakLike([looks[look]?.locale ?? 'en-GB'])
  using data = newFolder()
  using door = await openDoor(data.path, '--sample')
  const page = await newPage(look)
  await page.goto(door.url)
  await firstRow(page)
  // The first reading ends, so that no strip tells of it.
  await page.waitForTimeout(2_500)
  await takeEach(page, screens, look)
  await page.close()
}

/** Signing in, being asked for more rights, and a desk of two servers. */
const takeServers = async (look: string) => {
  await speakLike([looks[look]?.locale ?? 'en-GB'])
  using data = newFolder()
  using linden = await start(cli, 'sample')
  using other = await start(cli, 'sample', '--state', OTHER, '--release', '4.3.23')
  using door = await openDoor(data.path)
  const page = await newPage(look)
  await page.goto(door.url)
  const signInToOther = async () => {
    signIn(data.path, other.url, 'mod1\n')
    read(data.path)
  }
  await takeEach(page, serverScreens({ url: linden.url, signInToOther }), look)
  await page.close()
}

/** Where nothing is there yet, something is wrong, or the server or the engine is away. */
const takeStates = async (look: string) => {
  using data = newFolder()
  using sample = await start(cli, 'sample', '--control', CONTROL)
  const fault = (method: string, body?: object) =>
    fetch(`${sample.url}/__sample/faults`, {
      method,
      headers: { 'x-sample-control': CONTROL, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const page = await newPage(look)
  {
    using door = await openDoor(data.path)
    await page.goto(door.url)
    const address = page.getByRole('textbox').first()
    await address.waitFor()
    await take(page, 'first-run', look)
    await address.fill('http://127.0.0.1:9')
    await address.press('Enter')
    await page.getByRole('alert').waitFor()
    await take(page, 'first-run-refused', look)
  }
  await fault('POST', { spec: 'delayed=2000/api/v1/admin/reports' })
  signIn(data.path, sample.url, 'moderator\n')
  using door = await openDoor(data.path)
  await page.goto(door.url)
  await page.getByRole('main').waitFor()
  await page.waitForTimeout(1_000)
  await take(page, 'first-reading', look)
  await fault('DELETE')
  await firstRow(page)
  for (const screen of ['domains', 'blocks', 'trends']) {
    await page.goto(`${new URL(page.url()).origin}/#/${screen}`)
    await page.getByRole('main').waitFor()
    await settle(page)
    await take(page, `${screen}-no-right`, look)
  }
  await page.goto(`${new URL(page.url()).origin}/#/reports`)
  await ready(page)
  await page.getByRole('listbox').focus()
  await fault('POST', { spec: 'cut-after/api/v1/admin/reports', method: 'POST', times: 1 })
  await page.keyboard.press('1')
  const held = page.locator('section[aria-labelledby="held-h"]')
  await held
    .getByText(/not known|unknown/i)
    .first()
    .waitFor()
  await held.locator('button').first().press('Enter')
  await page.getByRole('dialog').waitFor()
  await take(page, 'unknown', look)
  await page.keyboard.press('Escape')
  await fault('POST', { spec: 'cut-before/' })
  await page.getByRole('listbox').focus()
  await page.keyboard.press('1')
  await page
    .getByText(/has not answered/)
    .first()
    .waitFor()
  await take(page, 'server-away', look)
  door[Symbol.dispose]()
  await page.getByText(/No connection to Howdah/).waitFor()
  await take(page, 'engine-gone', look)
  await page.close()
}

/** README's pictures of a desk at work: spam limited and closed, the man who publishes addresses suspended, and the log of it. */
const takeStory = async (look: string) => {
  await speakLike(['en-GB'])
  using data = newFolder()
  using sample = await start(cli, 'sample')
  signIn(data.path, sample.url, 'admin\n')
  read(data.path)
  using door = await openDoor(data.path)
  const page = await newPage(look)
  await page.goto(door.url)
  await firstRow(page)
  await page.waitForTimeout(2_500)
  const listbox = page.getByRole('listbox')
  const category = page.getByRole('combobox', { name: 'Category' })
  const keys = async (...pressed: string[]) => {
    for (const one of pressed) {
      await page.waitForTimeout(400)
      await ready(page)
      await page.keyboard.press(one)
    }
  }
  await category.selectOption('spam')
  await page.waitForTimeout(400)
  await listbox.focus()
  await keys('Home', '3', '1', '3')
  await category.selectOption('violation')
  await listbox.getByText('Das ist eine private').click()
  await page.waitForTimeout(400)
  await ready(page)
  await take(page, 'reports', look)
  // Its media: one piece sharp and grey, the next one blurred, as asked for.
  const pieces = page.getByRole('list', { name: 'Attachments' }).getByRole('listitem')
  await keys('Space')
  for (const [place, words] of [
    [0, 'blurred'],
    [0, 'sharp'],
    [1, 'blurred'],
  ] as const) {
    await keys('Space')
    await pieces.nth(place).getByText(words).waitFor()
  }
  await page.waitForTimeout(400)
  await take(page, 'media', look)
  await keys('6')
  await page.getByRole('dialog').waitFor()
  await page.waitForTimeout(400)
  await take(page, 'suspend', look)
  await keys('Enter')
  await listbox.focus()
  // What else a day has: a look at personal data, a note, a case taken, a warning; and what a colleague did meanwhile.
  await keys('v', 'n')
  await page.keyboard.insertText('Wrote to him on Tuesday; no answer so far.')
  await keys('Control+Enter')
  await listbox.focus()
  await keys('a', '2')
  const held = page.locator('section[aria-labelledby="held-h"]')
  await held.getByText('Held 0').waitFor()
  await resolveAsColleague(sample.url)
  read(data.path)
  await page.goto(`${new URL(page.url()).origin}/#/log`)
  await page.getByRole('row').nth(8).waitFor()
  await settle(page)
  await take(page, 'log', look)
  await page.close()
}

const asked = process.argv.slice(2)
const isReadme = asked.length === 0 || asked.includes('readme')
const others = asked.filter(look => look !== 'readme')
for (const look of asked.length === 0 ? ['light', 'dark'] : isReadme ? ['light', 'dark'] : others) {
  if (!(look in looks)) throw new Error(`there is no look "${look}": ${Object.keys(looks).join(', ')}`)
  rmSync(join(ALL, look), { recursive: true, force: true })
  mkdirSync(join(ALL, look), { recursive: true })
  await takeScreens(look)
  if (asked.length === 0 || !isReadme) await takeServers(look)
  if (look === 'light' || look === 'dark') {
    if (asked.length === 0) await takeStates(look)
    await takeStory(look)
  }
}
if (isReadme) {
  rmSync(README, { recursive: true, force: true })
  mkdirSync(README, { recursive: true })
  for (const name of best) {
    const at = name.lastIndexOf('-')
    copyFileSync(join(ALL, name.slice(at + 1), `${name.slice(0, at)}.png`), join(README, `${name}.png`))
  }
}
await browser.close()
