// Makes the pictures of README: the desk on the sample server, light and dark. Run with `npm run pictures`.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { findBrowser } from './browser.ts'

const out = 'docs/pictures'
mkdirSync(out, { recursive: true })

const openDoor = async (...args: string[]) => {
  const data = mkdtempSync(join(tmpdir(), 'howdah-pictures-'))
  const child = spawn(process.execPath, ['out/main/web.js', '--no-open', '--data', data, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', text => {
      const found = /http:\/\/\S+/.exec(String(text))
      if (found) resolve(found[0])
    })
    child.once('exit', code => reject(new Error(`the door ended with ${code}`)))
  })
  return {
    url,
    [Symbol.dispose]: () => {
      child.kill('SIGKILL')
      rmSync(data, { recursive: true, force: true })
    },
  }
}

const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
const newPage = (colorScheme: 'light' | 'dark') =>
  browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme, locale: 'en-GB' })
const take = (page: Page, name: string) => page.screenshot({ path: join(out, `${name}.png`) })
const ready = (page: Page) => page.locator('section[aria-labelledby="case-h"][aria-busy="false"]').waitFor()
const pause = (page: Page) => page.waitForTimeout(400)

for (const scheme of ['light', 'dark'] as const) {
  using door = await openDoor('--sample')
  const page = await newPage(scheme)
  await page.goto(door.url)
  await page.getByRole('listbox').getByRole('option').first().waitFor()
  await page.getByRole('listbox').focus()
  const category = page.getByRole('combobox', { name: 'Category' })
  const listbox = page.getByRole('listbox')
  const key = async (...keys: string[]) => {
    for (const one of keys) {
      await pause(page)
      await ready(page)
      await page.keyboard.press(one)
    }
  }
  // The picture shows the desk at work: spam limited and closed, then the man who publishes addresses in view.
  await category.selectOption('spam')
  await page.getByRole('heading', { name: 'Reports' }).waitFor()
  await pause(page)
  await listbox.focus()
  await page.keyboard.press('Home')
  await key('3', '1', '3')
  await category.selectOption('violation')
  await listbox.getByText('Das ist eine private').click()
  await pause(page)
  await ready(page)
  await take(page, `reports-${scheme}`)
  // Its media: one piece sharp and grey, the next one blurred, as asked for.
  const pieces = page.getByRole('list', { name: 'Attachments' }).getByRole('listitem')
  await key('Space')
  for (const [place, words] of [
    [0, 'blurred'],
    [0, 'sharp'],
    [1, 'blurred'],
  ] as const) {
    await key('Space')
    await pieces.nth(place).getByText(words).waitFor()
  }
  await pause(page)
  await take(page, `media-${scheme}`)
  await page.keyboard.press('6')
  await page.getByRole('dialog').waitFor()
  await pause(page)
  await take(page, `suspend-${scheme}`)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await category.selectOption('legal')
  await listbox.focus()
  await page.keyboard.press('Home')
  await page.getByRole('heading', { name: 'Reported as illegal' }).waitFor()
  await pause(page)
  await take(page, `legal-${scheme}`)
  await page.keyboard.press('?')
  await page.getByRole('dialog').waitFor()
  await pause(page)
  await take(page, `keys-${scheme}`)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await page.getByRole('heading', { name: 'Log', exact: true }).waitFor()
  await pause(page)
  await take(page, `log-${scheme}`)
  await page.close()
}
for (const scheme of ['light', 'dark'] as const) {
  using door = await openDoor()
  const page = await newPage(scheme)
  await page.goto(door.url)
  await page.getByRole('textbox').first().waitFor()
  await take(page, `sign-in-${scheme}`)
  await page.close()
}
await browser.close()
