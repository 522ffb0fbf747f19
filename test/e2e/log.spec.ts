import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { expectAccessible, openSample, press, test } from './howdah.ts'

test('the log is narrowed by what was decided, about whom, by whom, when and in which words, and is saved in a backup', async ({
  page,
  whole,
}) => {
  await openSample(page, whole)
  await page.getByRole('listbox').focus()
  await press(page, 'j', '1', '3', '3')
  for (const key of ['g', 'l']) await page.keyboard.press(key)
  await expect(page.getByRole('heading', { name: 'Log', exact: true })).toBeVisible()
  const rows = page.getByRole('row')
  const entries = rows.filter({ hasText: 'Decided: mark as sensitive' })
  await expect(entries).toHaveCount(2)
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox', { name: 'Search the log' })).toBeFocused()

  // Handed over: first what goes into the file, with nothing of people in it; the file holds by itself.
  await page.getByRole('button', { name: 'Export JSON Lines' }).click()
  const preview = page.getByRole('dialog', { name: 'What goes into the file' })
  await expect(preview).toContainText(/The whole log, \d+ entries/)
  await expect(preview).toContainText('What is said of people is left out')
  await expect(preview.getByRole('listitem').first()).not.toContainText('@')
  const handed = page.waitForEvent('download')
  await preview.getByRole('button', { name: 'Write the file' }).click()
  const log = await (await handed).path()
  expect((await whole.howdah(['log', 'verify', log])).code).toBe(0)
  expect(readFileSync(log, 'utf8')).not.toMatch(/@\w+@/)

  const narrow = page.getByRole('search', { name: 'Narrow the log' })
  await narrow.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'close' })
  await expect(rows.filter({ hasText: 'Decided: close' }).first()).toBeVisible()
  await expect(entries).toHaveCount(0)
  await narrow.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'decided' })
  await expect(entries).toHaveCount(2)

  const said = (await entries.first().textContent()) ?? ''
  const handle = /@\S+/.exec(said.slice(said.indexOf('·')))?.[0] ?? ''
  await narrow.getByRole('searchbox', { name: 'Handle or account id' }).fill(handle)
  await expect(entries).toHaveCount(1)
  await expect(page.getByRole('status').filter({ hasText: '1 entry' })).toBeVisible()
  await narrow.getByLabel('until').fill('2020-01-01')
  await expect(page.getByText('No entry matches.')).toBeVisible()
  await expectAccessible(page)

  // The filters stay while one is elsewhere, and are taken off at once.
  for (const key of ['g', 'r', 'g', 'l']) await page.keyboard.press(key)
  await expect(page.getByText('No entry matches.')).toBeVisible()
  await narrow.getByRole('button', { name: 'Clear' }).click()
  await page.getByRole('searchbox', { name: 'Search the log' }).fill(handle.slice(0, 5))
  await expect(entries).toHaveCount(1)
  await expectAccessible(page)
  await page.screenshot({ path: 'test-results/log.png' })

  // What an earlier run set aside is named, with how it is deleted, until it is gone.
  const aside = 'vault.db.damaged-2026-11-23T120000.000Z'
  writeFileSync(join(whole.data, aside), Buffer.alloc(3 << 20))
  // A backup: a slip in its passphrase is told, what is made is handed over, and the log and this page know of it.
  await page.getByRole('button', { name: 'Verify' }).focus()
  for (const key of ['g', ',']) await page.keyboard.press(key)
  const part = page.getByRole('region', { name: 'Backup' })
  await expect(part.getByRole('heading', { name: 'Set aside' })).toBeVisible()
  await expect(part.getByRole('listitem')).toContainText('3.1 MB, because it was damaged')
  await expect(part.getByRole('listitem')).toContainText(`howdah doctor --delete-aside ${aside}`)
  expect((await whole.howdah(['doctor', '--delete-aside', aside])).code).toBe(0)
  const last = part.getByRole('definition')
  await expect(last).toContainText('none yet')
  const make = part.getByRole('button', { name: 'Make a backup' })
  await make.click()
  await expect(part.getByRole('alert')).toContainText('12 characters')
  const passphrase = part.getByLabel('Passphrase', { exact: true })
  await expect(passphrase).toBeFocused()
  await passphrase.fill('seat on an elephant')
  await part.getByLabel('Passphrase once more').fill('seat on an elefant')
  await make.click()
  await expect(part.getByRole('alert')).toContainText('not the same')
  await expectAccessible(page)
  await part.getByLabel('Passphrase once more').fill('seat on an elephant')
  const saved = page.waitForEvent('download')
  await make.click()
  const file = await saved
  expect(file.suggestedFilename()).toMatch(/^howdah-backup-[\d-]+\.howdah$/)
  expect(readFileSync(await file.path(), 'latin1').slice(0, 16)).toBe('howdah-backup 1\n')
  await expect(part.getByRole('status')).toContainText('Backup made')
  await expect(part.getByRole('button', { name: file.suggestedFilename() })).toBeVisible()
  await expect(last).toContainText(/entries of the log$/)
  await expect(passphrase).toHaveValue('')
  await expectAccessible(page)
  await page.screenshot({ path: 'test-results/backup.png' })
})

test('a person is erased: first what that touches, then for good; the log still holds', async ({ page, whole }) => {
  await openSample(page, whole)
  await page.getByRole('listbox').focus()
  await press(page, 'j', '3')
  for (const key of ['g', 'l']) await page.keyboard.press(key)
  const entry = page.getByRole('cell', { name: /Decided: mark as sensitive/ })
  const said = (await entry.first().textContent()) ?? ''
  const handle = /@\S+/.exec(said)?.[0] ?? ''
  expect(handle).toMatch(/^@\w/)

  await page.getByRole('button', { name: 'Erase a person …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Erase a person' })
  const field = dialog.getByRole('textbox', { name: 'Handle' })
  await expect(field).toBeFocused()
  const erase = dialog.getByRole('button', { name: 'Erase for good' })
  await expect(erase).toBeDisabled()
  await field.fill('@nobody@nowhere.example')
  await expect(dialog).toContainText('Nothing of this person stands here.')
  await expect(erase).toBeDisabled()
  await field.fill(handle)
  await expect(dialog).toContainText('has not ended')
  await expect(erase).toBeDisabled()
  await expectAccessible(page)
  // It goes out while the dialog is open, which hears of it.
  await expect(dialog).not.toContainText('has not ended')
  await page.screenshot({ path: 'test-results/erase.png' })
  await erase.click()
  await expect(dialog).toContainText(/Erased: \d+ values in \d+ entries\./)
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('cell', { name: /^Personal values erased: / })).toBeVisible()
  await expect(page.getByRole('main')).not.toContainText(handle)
  await page.getByRole('button', { name: 'Verify' }).click()
  await expect(page.getByText(/^The log holds/)).toBeVisible()
})
