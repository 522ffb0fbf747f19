import { expect } from '@playwright/test'
import { expectAccessible, openDesk, test } from './howdah.ts'

test('sign-up blocks: what is typed is shown as it is kept, a wide range asks for its name, a block is lifted again', async ({
  page,
  whole,
}) => {
  const { url } = await whole.web('--sample')
  whole.hold(2)
  await openDesk(page, url)
  await page.getByRole('link', { name: 'Sign-up blocks' }).click()
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
  const row = page.getByRole('main').getByRole('listitem').filter({ hasText: 'wave.example' })
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
  const range = page.getByRole('main').getByRole('listitem').filter({ hasText: '203.0.0.0/12' })
  await expect(range).toBeVisible()
  await expect(range.getByText('no sign-ups')).toBeVisible()
  await page.getByRole('button', { name: 'Lift the block of 203.0.0.0/12' }).click()
  await expect(range).toHaveCount(0)

  await page.getByRole('radio', { name: 'E-mails' }).check()
  await page.getByLabel('E-mail address; only its hash leaves this computer').fill('A.Spammer+1@wave.example')
  await expect(page.getByText(/Blocked as [0-9a-f]{64}/)).toBeVisible()
  await expectAccessible(page)
  await block.click()
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: /[0-9a-f]{64}/ })
      .first(),
  ).toBeVisible()
})
