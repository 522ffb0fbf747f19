import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { fileReport, readAs, sayAs, settled } from './case-ground.ts'
import { expectAccessible, press, rowsOf, test, type Whole } from './howdah.ts'
import { expectEveryLook } from './looks.ts'

const HOURS = 3_600_000

/** As if someone had sat at the desk until some hours ago. */
const leftHoursAgo = (whole: Whole, hours: number) => {
  const vault = new Database(join(whole.data, 'vault.db'))
  const until = Date.now() - hours * HOURS
  const seat = JSON.stringify({ from: until - HOURS, until, left: null })
  vault.prepare("INSERT OR REPLACE INTO meta VALUES ('seat', ?)").run(seat)
  vault.close()
}

const go = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}

test('who comes back is told what happened; a case about oneself takes a second press, and is handed over with a masked summary', async ({
  page,
  context,
  whole,
}) => {
  const sample = await whole.sample('--reports', '40', '--accounts', '200')
  await readAs(whole, 'admin', sample.url)
  const reports: { id: string }[] = JSON.parse((await whole.howdah(['reports', '--json'])).out)
  for (const { id } of reports.slice(0, 2)) await sayAs('moderator', sample, `/api/v1/admin/reports/${id}/resolve`)
  await fileReport(sample, 'kim', { comment: 'Was rude to everyone', category: 'spam' })
  await whole.howdah(['sync'])
  leftHoursAgo(whole, 9)
  const told = await whole.howdah(['handover'])
  expect(told).toMatchObject({ code: 0 })
  expect(told.out).toContain('closed 2 reports')

  // Who comes back after hours finds it open, and goes on from there.
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { url } = await whole.web()
  await page.goto(url)
  const screen = page.getByRole('main', { name: 'Since you last sat here' })
  await expect(screen).toContainText('You left')
  await expect(screen).toContainText('9 hours ago')
  await expect(screen.getByRole('region', { name: 'What others did' })).toContainText('closed 2 reports')
  await expectAccessible(page)
  await screen.getByRole('radio', { name: '7 days' }).focus()
  await page.keyboard.press('Space')
  await expect(screen).toContainText('Since ')
  await screen.getByRole('button', { name: 'In the log closed 2 reports' }).click()
  await expect(page.getByRole('main', { name: 'Log' }).getByRole('row')).toHaveCount(3)
  await go(page, 'g', 'h')
  await expect(screen).toBeVisible()
  // A reload is no coming back.
  await go(page, 'g', 'r')
  await page.reload()
  await expect(rowsOf(page).first()).toBeVisible()

  // The report about oneself is marked, and deciding about it takes a second press.
  await page.keyboard.press('/')
  await page.keyboard.type('rude to everyone')
  const own = rowsOf(page).filter({ hasText: 'Was rude to everyone' })
  await expect(own).toContainText('about you')
  await own.click()
  await settled(page)
  const note = page.getByRole('note')
  await expect(note).toContainText('This report is about you')
  await expectAccessible(page)
  await page.getByRole('listbox').focus()
  await press(page, '1')
  const ladder = page.getByRole('region', { name: /^Decide about/ })
  const bar = page.locator('section[aria-labelledby="held-h"]')
  await expect(ladder.getByRole('alert')).toContainText('Press once more')
  await expect(bar).toContainText('Nothing is held')
  await expectAccessible(page)
  await page.waitForTimeout(500)
  await press(page, '1')
  await expect(bar).not.toContainText('Nothing is held')
  await page.keyboard.press('z')
  await expect(bar).toContainText('Nothing is held')

  // Taken, and handed over: given back, with a summary that names nobody who wrote.
  await own.click()
  await settled(page)
  await page.getByRole('listbox').focus()
  await press(page, 'a')
  await expect(page.getByRole('button', { name: /^Give back/ })).toBeVisible()
  await press(page, 'Shift+A')
  const dialog = page.getByRole('dialog', { name: 'A summary for your team' })
  await expect(dialog).toContainText('It is on the clipboard')
  await expect(dialog).toContainText('given back')
  await expectEveryLook(page)
  const text = await dialog.getByRole('textbox').inputValue()
  expect(text).toMatch(/^A second opinion, please:\n/)
  expect(text).toContain(`${sample.url}/admin/reports/`)
  expect(text).not.toMatch(/rude|member@|\S@\S+\.example/)
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(text)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: /^Take/ })).toBeVisible()

  // Someone else can be marked as close: then it is the same with them.
  await page.getByRole('searchbox', { name: 'Search' }).fill('')
  await expect(rowsOf(page).nth(3)).toBeVisible()
  await page.getByRole('listbox').focus()
  await press(page, 'Home')
  await settled(page)
  await expect(note).toBeHidden()
  await page.getByRole('button', { name: 'Know them?' }).click()
  await expect(note).toContainText('someone close to you')
  await expect(page.getByRole('button', { name: 'You know them', exact: true })).toBeVisible()
})
