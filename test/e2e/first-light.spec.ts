import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import { expectAccessible, openDesk, press, rowsOf, test } from './howdah.ts'

test('from the command of README to the exported log', async ({ page, browser, whole }) => {
  const { url } = await whole.npm('start', '--', '--sample')
  await openDesk(page, url)
  expect(new URL(page.url()).search, 'the code is gone from the address').toBe('')
  await expectAccessible(page)

  // A case by keyboard: its posts, its account, its ladder.
  const listbox = page.getByRole('listbox')
  await listbox.focus()
  await press(page, 'j')
  const theCase = page.getByRole('region', { name: /.+/ }).filter({ has: page.locator('#case-h') })
  await expect(theCase.getByRole('heading', { name: 'Reported posts' })).toBeVisible()
  await expect(theCase.getByRole('button', { name: /Suspend/ })).toBeVisible()

  // Close one, limit one, suspend one: two keys at most each.
  const held = page.getByRole('region', { name: /^Held/ })
  await press(page, '1')
  await expect(held).toContainText('closing')
  await press(page, '4')
  await expect(held).toContainText('limiting')
  await press(page, '6')
  const sheet = page.getByRole('dialog')
  await expect(sheet).toContainText('They don’t come back')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await press(page, '6')
  await expect(sheet).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(held).toContainText('suspending')
  await page.keyboard.press('z')
  await expect(held).not.toContainText('suspending')
  await expect(held).toContainText('limited')
  await expect(held).toContainText('closed')

  // The log says so, and verifies; both exports stand in the folder.
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await expect(page.getByRole('heading', { name: 'Log', exact: true })).toBeVisible()
  await expect(page.getByRole('cell', { name: /taken back/i }).first()).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: /Verify/ }).click()
  await expect(page.getByText(/holds/i).first()).toBeVisible()
  for (const format of ['csv', 'jsonl']) {
    const file = `${whole.data}/log.${format}`
    const { code, err } = await whole.howdah(['log', 'export', '--format', format, '--output', file])
    expect([code, err.includes('Error')]).toEqual([0, false])
    expect(readFileSync(file, 'utf8')).toContain('account.limit')
    expect(readFileSync(file, 'utf8'), 'handles only when chosen').not.toMatch(/@[a-z_0-9]+@[a-z]/)
  }
  const verified = await whole.howdah(['log', 'verify', `${whole.data}/log.jsonl`])
  expect([verified.code, verified.out.includes('holds')]).toEqual([0, true])

  const session = await browser.newBrowserCDPSession()
  const { targetInfos } = await session.send('Target.getTargets', { filter: [{}] })
  const loaded = targetInfos.filter(({ type }) => type !== 'tab').map(target => target.url)
  expect(loaded, 'the browser loads no page beside the desk').toEqual([page.url()])
})

test('a tab without a key is told what to do, and a code works once', async ({ page, context, whole }) => {
  const { url } = await whole.web('--sample')
  await openDesk(page, url)
  const second = await context.newPage()
  await second.goto(new URL('/', url).href)
  await expect(second.getByText(/Enter/)).toBeVisible()
  const replayed = await second.goto(url)
  expect(replayed?.status()).toBeGreaterThanOrEqual(400)
  await page.reload()
  await expect(rowsOf(page).first(), 'a reload keeps the tab’s key').toBeVisible()
})
