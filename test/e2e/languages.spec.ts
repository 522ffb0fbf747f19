import { expect } from '@playwright/test'
import { openDesk, rowsOf, test } from './howdah.ts'

test.describe('in French, because the system asks for it', () => {
  test.use({ locale: 'fr-CA' })

  test('the desk speaks French, the setting another language at once, and the page says which', async ({
    page,
    whole,
  }) => {
    const { url } = await whole.web('--sample')
    await openDesk(page, url)
    const html = page.locator('html')
    await expect(html).toHaveAttribute('lang', 'fr')
    await expect(page.getByRole('heading', { name: 'Signalements', exact: true })).toBeVisible()
    await page.keyboard.press('g')
    await page.keyboard.press(',')
    await expect(page.getByRole('heading', { name: 'Réglages' })).toBeVisible()
    const language = page.getByRole('combobox', { name: 'Langue' })
    await language.focus()
    await language.selectOption('en')
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
    // Who works with a screen reader is not thrown back to the top of the page.
    await expect(page.getByRole('combobox', { name: 'Language' })).toBeFocused()
    await expect(html).toHaveAttribute('lang', 'en')
    await page.keyboard.press('Tab')
    await page.keyboard.press('g')
    await page.keyboard.press('r')
    await expect(page.getByRole('heading', { name: 'Reports', exact: true })).toBeVisible()
    await expect(rowsOf(page).first()).toBeVisible()
    // It was chosen for good: the next desk opens in it, whatever the system asks for.
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Reports', exact: true })).toBeVisible()
  })
})

test('what was chosen holds on the command line where the terminal names no language', async ({ page, whole }) => {
  const { url } = await whole.web('--sample')
  await openDesk(page, url)
  await page.keyboard.press('g')
  await page.keyboard.press(',')
  await page.getByRole('combobox', { name: 'Language' }).selectOption('fr')
  await expect(page.getByRole('heading', { name: 'Réglages' })).toBeVisible()
  const heads = async (LC_ALL: string) => (await whole.howdah(['servers'], '', { LC_ALL, LANGUAGE: '' })).out
  expect(await heads('C')).toContain('COMPTE')
  expect(await heads('en_GB.UTF-8')).toContain('ACCOUNT')
})
