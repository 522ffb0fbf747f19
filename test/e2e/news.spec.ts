import { expect, type Page } from '@playwright/test'
import { say } from '../../src/shared/messages/say.ts'
import { fileReport, openCases, type Sample, settled } from './case-ground.ts'
import { askPage } from './hands.ts'
import { expectAccessible, openDesk, press, rowsOf, test, type Whole } from './howdah.ts'

const listbox = (page: Page) => page.getByRole('listbox', { name: 'Reports' })
const current = (page: Page) => page.locator('[role=option][aria-current=true]')
/** Everything that stands in the rows on screen, where each stands, and how far one has scrolled. */
const seen = (page: Page) =>
  listbox(page).evaluate(box => ({
    scrolled: box.scrollTop,
    rows: [...box.querySelectorAll('[role=option]')]
      .map(row => ({
        id: row.id,
        top: Math.round(row.getBoundingClientRect().top),
        words: row.textContent.replace(/\d+\D{0,2}$/, ''),
      }))
      .filter(({ top }) => top > box.getBoundingClientRect().top && top < box.getBoundingClientRect().bottom)
      .sort((one, other) => one.top - other.top),
  }))

/** Reports that members file, and the mirror takes them in. */
const file = async (whole: Whole, sample: Sample, ...accts: string[]) => {
  for (const acct of accts)
    await fileReport(sample, acct, { comment: `Reported while someone reads: ${acct}`, category: 'spam' })
  expect((await whole.howdah(['sync'])).code).toBe(0)
}

test('what comes while someone reads says so once, moves nothing, and waits until it is asked for', async ({
  page,
  whole,
}) => {
  const { sample, url } = await openCases(whole)
  await openDesk(page, url)
  await listbox(page).focus()
  // In the middle of the list, scrolled, with a case being read.
  await settled(page)
  const last = Number(await current(page).getAttribute('aria-setsize'))
  await askPage<string[]>(page, 'spoken')
  // All of it before the last row is read: one goes up from there, and nothing is decided about the row that one leaves.
  await page.evaluate(`for (const key of ['End', ...'kkkkkkkk', '1'])
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, code: key === '1' ? 'Digit1' : '', bubbles: true, cancelable: true }))`)
  await expect(current(page)).toHaveAttribute('aria-posinset', `${last - 8}`)
  expect(await askPage<string[]>(page, 'spoken')).toEqual([say('marks.wait')])
  await settled(page)
  const before = await seen(page)
  const [who, row] = [await page.locator('#case-h').textContent(), await current(page).textContent()]
  await askPage<string[]>(page, 'spoken')

  await file(whole, sample, 'torben_k')
  const news = page.getByRole('button', { name: /^1 new report\b/ })
  await expect(news).toBeVisible()
  await file(whole, sample, 'henriette', 'fotokiste')
  const more = page.getByRole('button', { name: /^3 new reports\b/ })
  await expect(more).toBeVisible()
  await expectAccessible(page)
  const told = (await askPage<string[]>(page, 'spoken')).filter(text => /new report/.test(text))
  expect(told).toEqual(['1 new report'])
  expect(await seen(page)).toEqual(before)
  expect(await page.locator('#case-h').textContent()).toBe(who)
  await expect(listbox(page)).toBeFocused()

  // Asked for by its key: they are there, and the row that one was at is still under one's eyes, where it was.
  const at = await current(page).boundingBox()
  await page.keyboard.press('.')
  await expect(more).toBeHidden()
  await expect(page.getByText(/^283 open/)).toBeVisible()
  await expect(listbox(page)).toBeFocused()
  expect((await current(page).boundingBox())?.y).toBe(at?.y)
  expect(await page.locator('#case-h').textContent()).toBe(who)

  // By its button, too; the focus comes back to the rows.
  await file(whole, sample, 'torben_k')
  await page.getByRole('button', { name: /^1 new report\b/ }).click()
  await expect(page.getByText(/^284 open/)).toBeVisible()
  await expect(listbox(page)).toBeFocused()

  // Loaded again, it is the same report, in its order.
  await page.getByRole('combobox', { name: 'Order' }).selectOption('newest')
  await page.getByRole('radio', { name: 'None' }).click()
  await listbox(page).focus()
  await press(page, 'Home')
  await expect(rowsOf(page).first()).toContainText('Reported while someone reads: torben_k')
  await press(page, 'j', 'j', 'j')
  await settled(page)
  const there = (await current(page).getAttribute('id')) ?? ''
  const words = await page.locator('#case-h').textContent()
  expect(await current(page).textContent()).not.toBe(row)
  await page.reload()
  await settled(page)
  await expect(current(page)).toHaveAttribute('id', there)
  await expect(page.locator('#case-h')).toHaveText(words ?? '')
  await expect(page.getByRole('combobox', { name: 'Order' })).toHaveValue('newest')
  await expect(page.getByRole('radio', { name: 'None' })).toBeChecked()
})
