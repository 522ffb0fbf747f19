import { expect, type Page } from '@playwright/test'
import { readAs } from './case-ground.ts'
import { expectAccessible, openDesk, openSample, press, spokenOn, test } from './howdah.ts'

const list = (page: Page) => page.getByRole('listbox', { name: 'Accounts found' })
const rows = (page: Page) => list(page).getByRole('option')
const pane = (page: Page) => page.locator('section[aria-labelledby="account-page-h"]')
/** A quick hand, once the page in view is whole. */
const hit = async (page: Page, ...keys: string[]) => {
  for (const key of keys) {
    await page.waitForTimeout(120)
    await expect(page.locator('section[aria-labelledby="account-page-h"][aria-busy="true"]')).toHaveCount(0)
    await page.keyboard.press(key)
  }
}
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search accounts' })

test('accounts are found here at once and on the server when asked, shown with what is masked, and decided about by keyboard', async ({
  page,
  whole,
}) => {
  test.slow()
  await openSample(page, whole)
  await page.getByRole('listbox').focus()
  await press(page, 'g', 'a')
  await expect(rows(page).first()).toBeVisible()
  await expectAccessible(page)

  // Narrowed by where they are and by a name; each move shows a page.
  await page.getByRole('radio', { name: 'Members' }).click()
  await hit(page, '/')
  await search(page).fill('henri')
  await expect(rows(page)).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(list(page)).toBeFocused()
  await hit(page, 'j')
  await expect(pane(page)).toContainText('Reports about it')
  await expect(
    pane(page)
      .getByRole('button', { name: /^Report \d+/ })
      .first(),
  ).toBeVisible()
  await expectAccessible(page)

  // Its data is masked; a reveal is written to the log.
  await expect(pane(page)).toContainText('•••@')
  await hit(page, 'v')
  await expect(pane(page)).toContainText('shown')
  await hit(page, 'v')

  // Nothing here of that name: the server is asked, only now.
  await hit(page, '/')
  await search(page).fill('kim')
  await expect(page.getByText(/No account that is known here matches/)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: /^Look on/ }).click()
  await expect(rows(page).first()).toContainText('@kim')
  await list(page).focus()
  await hit(page, 'j')
  await expect(pane(page)).toContainText('No report here names it.')
  // One's own account: every rung says that it cannot be.
  await hit(page, '4')
  await expect(pane(page).getByRole('alert')).toContainText('This is your own account')
  await expectAccessible(page)
  // What is not kept is asked for, shown, and not kept then either.
  await expect(pane(page)).toContainText('not kept here')
  await hit(page, 'v')
  await expect(pane(page)).toContainText('kim@')

  // The panel narrows further; one address of an e-mail asks no server.
  await page.getByRole('button', { name: 'Show all again' }).click()
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('textbox', { name: 'E-mail is at this domain' }).fill('nowhere.example')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByText(/No server can be asked by the domain/)).toBeVisible()
  await page.getByRole('button', { name: 'Show all again' }).click()

  // A decision without a report: held, taken back, and from key 1 all of its reports as one batch, seen before.
  await hit(page, '/')
  await search(page).fill('torben')
  await expect(rows(page)).toHaveCount(1)
  await page.keyboard.press('Enter')
  await hit(page, 'j', '4')
  await expect(page.getByRole('region', { name: /^Held/ })).toContainText('@torben_k')
  await hit(page, 'z')
  await expect(spokenOn(page)).toContainText(/taken back/i)
  await hit(page, '6')
  await expect(page.getByRole('dialog')).toContainText('@torben_k')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(list(page)).toBeFocused()
  await hit(page, '1')
  await expect(page.getByRole('dialog')).toContainText('@torben_k')
  await page.keyboard.press('Escape')

  // The page stands at its address; a case leads to it, and an account that nobody knows says so.
  await page
    .getByRole('button', { name: /^Report \d+/ })
    .first()
    .click()
  await page.getByRole('link', { name: 'Its page' }).click()
  await expect(pane(page)).toContainText('torben_k')
  await page.goto(new URL('#/accounts?on=s1&account=999999', page.url()).href)
  await expect(page.getByText(/Account 999999 of .* is not known here/)).toBeVisible()
  await expectAccessible(page)
})

test('who is signed out, and a server that does not answer, leave what is known here', async ({ page, whole }) => {
  const sample = await whole.sample()
  await readAs(whole, 'moderator', sample.url)
  const { url } = await whole.web()
  await openDesk(page, url)
  await page.getByRole('listbox').focus()
  await press(page, 'g', 'a')
  await expect(rows(page).first()).toBeVisible()
  await sample.control('POST', 'faults', { spec: 'cut-before/' })
  await page.getByRole('button', { name: /^Look on/ }).click()
  await expect(page.getByRole('list', { name: 'Servers that may know more' })).toContainText(/answer|reach/i)
  await expect(rows(page).first()).toBeVisible()
  await expectAccessible(page)
  await sample.control('DELETE', 'faults')
  await whole.howdah(['signout', '--server', sample.url])
  await expect(page.getByText(/You are signed out of/)).toBeVisible()
  await expect(rows(page).first()).toBeVisible()
  await expectAccessible(page)
})
