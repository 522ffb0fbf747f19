import { expect, type Page } from '@playwright/test'
import { OTHER, signInAs, toReport } from './case-ground.ts'
import { openDesk, press, rowsOf, test } from './howdah.ts'
import { expectEveryLook } from './looks.ts'

const held = (page: Page) => page.getByRole('region', { name: /^Held/ })
const dialog = (page: Page) => page.getByRole('dialog')

test('two servers in one inbox: one of them in view, a decision on the other asks first, a batch over both names them', async ({
  page,
  whole,
}) => {
  const [linden, home] = [await whole.sample(), await whole.sample('--state', OTHER, '--release', '4.3.23')]
  await signInAs(whole, 'admin', linden.url)
  await signInAs(whole, 'mod1', home.url)
  await whole.howdah(['sync'])
  const reports: { server: string; id: string; target: { handle: string } }[] = JSON.parse(
    (await whole.howdah(['reports', '--json'])).out,
  )
  const there = reports.find(({ server }) => server === 'lindenhof.example')
  const { url } = await whole.web()
  await openDesk(page, url)
  const rail = page.getByRole('navigation', { name: 'Servers and queues' })
  const queueCount = () => rail.getByRole('link', { name: /^Reports/ }).textContent()
  const all = await queueCount()
  await rail.getByRole('link', { name: /home\.example/ }).click()
  await expect(page.getByRole('banner')).toContainText('home.example')
  await expect(rowsOf(page).first()).toContainText('Ho')
  await expect.poll(queueCount, 'the queues count what is in view').not.toBe(all)

  // A report of the other server, pasted: its case is shown, the view stays where it was.
  await toReport(page, linden.url, there?.id ?? '', there?.target.handle.split('@')[1] ?? '')
  await expect(page.getByRole('region', { name: /^Decide about .+ on Li lindenhof\.example$/ })).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('home.example')
  await press(page, '1')
  const asks = page.getByRole('dialog', { name: 'On lindenhof.example?' })
  await expect(asks).toContainText('home.example is in view. “Close” would go to lindenhof.example, as @kim.')
  await expect(asks.getByRole('button', { name: 'Back' })).toBeFocused()
  await expectEveryLook(page)
  await page.keyboard.press('Enter')
  await expect(asks).toBeHidden()
  await expect(held(page)).toContainText('Held 0')
  await press(page, '1')
  await asks.getByRole('button', { name: 'Close on lindenhof.example' }).click()
  await expect(held(page)).toContainText(/closing .+ lindenhof\.example/)

  // One inbox: what is marked on both goes out as one, and says where.
  await rail.getByRole('link', { name: /^All servers/ }).click()
  await page.getByRole('combobox', { name: 'Category' }).selectOption('spam')
  await page.getByRole('radio', { name: 'None', exact: true }).check()
  const listbox = page.getByRole('listbox', { name: 'Reports' })
  for (const letters of ['Li', 'Ho']) {
    await rowsOf(page).filter({ hasText: letters }).first().click()
    await press(page, 'x')
  }
  await expect(listbox.getByRole('option', { selected: true })).toHaveCount(2)
  await press(page, '1')
  await expect(dialog(page)).toContainText('2 decisions would go out')
  await expect(dialog(page).getByRole('list').first()).toHaveText(/lindenhof\.example1.*home\.example1/)
  await expectEveryLook(page)
  await page.keyboard.press('Enter')
  await expect(held(page)).toContainText(/closing 2 at once/i)
})
