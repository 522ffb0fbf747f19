import { expect } from '@playwright/test'
import { expectAccessible, openDesk, press, rowsOf, test } from './howdah.ts'

test('signing in: every refusal is a sentence, then the desk fills', async ({ page, whole }) => {
  const sample = await whole.sample()
  const { url } = await whole.web()
  await page.goto(url)
  const address = page.getByLabel('Address of the server')
  const token = page.getByLabel('Access token')
  await expect(address).toBeFocused()
  await page.getByText('Use an access token instead').click()
  await expectAccessible(page)
  const refused = async (typed: string, secret: string, says: RegExp) => {
    await address.fill(typed)
    await token.fill(secret)
    await page.getByRole('button', { name: 'Sign in with this token' }).click()
    await expect(page.getByRole('alert')).toContainText(says)
  }
  await refused('no address at all', 'admin', /no address of a server/)
  await refused('http://lindenhof.example', 'admin', /only https/)
  await refused('http://127.0.0.1:9', 'admin', /Nothing answers/)
  await refused(sample.url, 'nonsense', /does not accept this token/)
  await refused(sample.url, 'member', /role may not see reports/)
  await expectAccessible(page)
  await token.fill('moderator')
  await page.keyboard.press('Enter')
  await expect(rowsOf(page).first()).toBeVisible()
  await expect(page.getByText('not encrypted')).toBeVisible()
})

test('a lost answer and a lost engine each say what is going on', async ({ page, whole }) => {
  test.setTimeout(180_000)
  const sample = await whole.sample()
  await whole.howdah(['signin', '--server', sample.url, '--token-stdin'], 'admin\n')
  await whole.howdah(['sync'])
  const web = await whole.web()
  await openDesk(page, web.url)
  const held = page.getByRole('region', { name: /^Held/ })
  await page.getByRole('listbox').focus()
  await press(page, 'j')

  // The answer is cut after the effect: unknown first, then read back.
  await sample.control('POST', 'faults', { spec: 'cut-after/api/v1/admin/accounts', method: 'POST', times: 1 })
  await press(page, '3')
  // Seen in its panel: the way to take it back, which has the focus, goes when it is sent, and the focus stays in the panel.
  await held.getByRole('button').first().click()
  const panel = page.getByRole('dialog')
  await expect(panel.getByRole('button', { name: 'Take back' })).toBeFocused()
  await expect(panel).toContainText(/not known|unknown/i, { timeout: 20_000 })
  await expect(page.locator('[role="dialog"]:focus, [role="dialog"] :focus')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(held).toContainText(/not known|unknown/i)
  await expectAccessible(page)
  await expect(held).toContainText('marked sensitive', { timeout: 30_000 })

  // The engine is gone: the page says so and keeps what it shows.
  await web.kill('SIGKILL')
  await expect(page.getByText(/No connection to Howdah/)).toBeVisible()
  await expect(rowsOf(page).first()).toBeVisible()
  await expectAccessible(page)
})

test.describe('narrow and dark', () => {
  test.use({ viewport: { width: 1024, height: 700 }, colorScheme: 'dark' })
  test('every screen of the first light by keyboard alone, with nothing that axe finds', async ({ page, whole }) => {
    test.setTimeout(120_000)
    const { url } = await whole.web('--sample')
    await whole.howdah(['sync'])
    await openDesk(page, url)
    await expectAccessible(page)
    await page.getByRole('listbox').focus()
    await press(page, 'j', '6')
    await expect(page.getByRole('dialog')).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    for (const [keys, heading] of [
      [['g', 'l'], 'Log'],
      [['g', ','], 'Settings'],
      [['g', 'r'], 'Reports'],
    ] as const) {
      for (const key of keys) await page.keyboard.press(key)
      await expect(page.getByRole('heading', { name: heading, exact: true }).first()).toBeVisible()
      await expectAccessible(page)
    }
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    // Closed reports and the ways back.
    await page.getByRole('link', { name: /Closed/ }).click()
    await expect(rowsOf(page).first()).toBeVisible()
    await press(page, 'j')
    await expect(page.getByRole('button', { name: /Reopen/ })).toBeVisible()
    await expectAccessible(page)
  })
})
