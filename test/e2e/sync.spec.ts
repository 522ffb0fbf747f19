import { join } from 'node:path'
import { expect } from '@playwright/test'
import Database from 'better-sqlite3'
import { readAs } from './case-ground.ts'
import { expectAccessible, openDesk, rowsOf, test } from './howdah.ts'

test('all lists in numbers; reading is paused, stays so after a reload, and goes on', async ({ page, whole }) => {
  const sample = await whole.sample()
  await readAs(whole, 'moderator', sample.url)
  const web = await whole.web()
  await openDesk(page, web.url)
  const button = page.getByRole('button', { name: 'All lists' })
  await button.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'All lists' })
  const row = (name: string) => dialog.getByRole('row', { name: new RegExp(`^${name}`) })
  await expect(row('Open reports')).toContainText('complete')
  await expect(row('Sign-ups')).toContainText('complete')
  await expect(row('Domain blocks')).toContainText('not for your role')
  await expect(dialog).toContainText(/Paged calls in 15 min: \d+ of 300/)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Pause' }).click()
  await expect(dialog).toContainText('Paused: nothing is read by itself.')
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
  // Where there is no room for the foot of the rail, the age in the title bar leads there.
  await page.setViewportSize({ width: 1024, height: 700 })
  await expect(button).toBeHidden()
  await page.getByRole('button', { name: /^synced/ }).click()
  await expect(row('Open reports')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.reload()
  await expect(page.getByText('Paused: nothing is read by itself.')).toBeVisible()
  // Its own account is let in no more: said above every screen, though all is there, until a try finds it open again. From before it goes on:
  // a look that is under way when someone presses is the one that they get.
  await sample.control('POST', 'faults', { spec: 'status=403/' })
  await page.getByRole('button', { name: 'All lists' }).click()
  await dialog.getByRole('button', { name: 'Go on' }).click()
  await expect(dialog.getByRole('button', { name: 'Pause' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Look now' }).click()
  await dialog.getByRole('button', { name: 'Close' }).click()
  const shut = page
    .getByRole('status')
    .filter({ hasText: /^lindenhof\.example · The server does not let this account in/ })
  await expect(shut).toBeVisible()
  await expect(rowsOf(page).first()).toBeVisible()
  await expectAccessible(page)
  const tryNow = page.getByRole('button', { name: 'Try now' })
  await tryNow.click()
  await expect(tryNow).toBeEnabled()
  await expect(shut).toBeVisible()
  await sample.control('DELETE', 'faults')
  await tryNow.click()
  await expect(shut).toBeHidden()
  // What was pressed is gone with it, and one is among the rows, not at the top of the page.
  await expect(page.getByRole('listbox')).toBeFocused()

  // The server was put back to an earlier state: said above the list until someone has seen it.
  const vault = new Database(join(whole.data, 'vault.db'))
  vault.prepare('UPDATE server SET went_back_at = @at, lost_from = @at, went_back_told = 0').run({ at: Date.now() })
  vault.close()
  await page.reload()
  const wentBack = page.getByRole('status').filter({ hasText: 'was put back to an earlier state' })
  await expect(wentBack).toBeVisible()
  await expectAccessible(page)
  await expect(page.getByRole('link', { name: 'Look at what waits' })).toHaveAttribute('href', '#/needs')
  await page.getByRole('button', { name: 'Understood' }).click()
  await expect(wentBack).toBeHidden()
  await expect(page.getByRole('listbox')).toBeFocused()
  await page.getByRole('link', { name: 'Settings' }).click()
  const metered = page.getByRole('group', { name: 'Metered connection' })
  await metered.getByText('Yes').click()
  await expect(metered.getByRole('radio', { name: 'Yes' })).toBeChecked()
  // To and fro before the engine has answered: the last one counts.
  await metered.evaluate((group: { querySelectorAll(name: string): Iterable<{ click(): void }> }) => {
    for (const radio of group.querySelectorAll('input')) radio.click()
  })
  await expectAccessible(page)
  await page.getByRole('button', { name: 'All lists' }).click()
  await expect(dialog).toContainText('The connection is metered')
})
