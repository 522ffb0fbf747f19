import { expect } from '@playwright/test'
import { expectAccessible, openDesk, press, test } from './howdah.ts'
import { keys } from './screen.ts'

test('sign-up blocks and trends are walked by key: what is typed is shown as it is kept, a wide range asks for its name, a block is lifted again', async ({
  page,
  whole,
}) => {
  const { url } = await whole.web('--sample')
  whole.hold(2)
  await openDesk(page, url)
  await press(page, 'g', 'b')
  await expect(page.getByRole('heading', { name: 'Sign-up blocks' })).toBeVisible()
  await expectAccessible(page)
  const domain = page.getByLabel('Domain of e-mail addresses')
  const block = page.getByRole('button', { name: 'Block', exact: true })
  await domain.fill('someone@wave.example')
  await expect(page.getByText('leave out the name and the @', { exact: false })).toBeVisible()
  await expect(block).toBeDisabled()
  await domain.fill('@Wave.Example.')
  await expect(page.getByText('Blocked as wave.example')).toBeVisible()
  await domain.press('Enter')
  const row = page.getByRole('option').filter({ hasText: 'wave.example' })
  await expect(row.getByText(/blocked \d/)).toBeVisible()
  await domain.fill('wave.example')
  await expect(page.getByText('It is blocked already.')).toBeVisible()

  await page.getByRole('radio', { name: 'Addresses' }).check()
  await expect(page.getByRole('main')).toContainText(/no API · Tried 4,000 passwords/)
  const address = page.getByLabel('Address or range')
  await address.fill('10.0.0.0/8')
  await expect(page.getByText('never reach a server from outside', { exact: false })).toBeVisible()
  await address.fill('203.0.112.7/12')
  await expect(page.getByText('Blocked as 203.0.0.0/12')).toBeVisible()
  await block.click()
  await expect(
    page
      .getByRole('alert')
      .or(page.getByText('once you have typed it', { exact: false }))
      .first(),
  ).toBeVisible()
  await page.getByLabel('Type 203.0.0.0/12 to decide').fill('203.0.0.0/12')
  await expectAccessible(page)
  await block.click()
  const range = page.getByRole('option').filter({ hasText: '203.0.0.0/12' })
  await expect(range).toBeVisible()
  await expect(range.getByText('no sign-ups')).toBeVisible()
  // The newest is the first; from a row to what can be done with it, and back to the rows.
  const rows = page.getByRole('listbox', { name: 'Addresses' })
  await rows.focus()
  await keys(page, 'j', 'ArrowDown', 'k')
  await expect(range).toHaveAttribute('aria-current', 'true')
  await keys(page, 'Enter')
  await expect(page.getByRole('button', { name: 'Change the block of 203.0.0.0/12' })).toBeFocused()
  await keys(page, 'Tab', 'Enter')
  await expect(rows).toBeFocused()
  await expect(range).toHaveCount(0)
  // The key is meant for no other row.
  await expect(rows.locator('[aria-current="true"]')).toHaveCount(0)

  await page.getByRole('radio', { name: 'E-mails' }).check()
  await page.getByLabel('E-mail address; only its hash leaves this computer').fill('A.Spammer+1@wave.example')
  await expect(page.getByText(/Blocked as [0-9a-f]{64}/)).toBeVisible()
  await expectAccessible(page)
  await block.click()
  await expect(
    page
      .getByRole('option')
      .filter({ hasText: /[0-9a-f]{64}/ })
      .first(),
  ).toBeVisible()

  await page.getByRole('listbox').focus()
  await keys(page, 'g', 't')
  const trend = page.getByRole('option').first()
  await expect(trend).toContainText('waits for review')
  await keys(page, 'j', 'y')
  await expect(trend).toContainText('letting trend')
})
