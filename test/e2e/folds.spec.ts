import { expect, type Page } from '@playwright/test'
import { settled } from './case-ground.ts'
import { expectAccessible, openSample, press, rowsOf, test, toRows } from './howdah.ts'

const listbox = (page: Page) => page.getByRole('listbox', { name: 'Reports' })
const dialog = (page: Page) => page.getByRole('dialog')
const sum = (page: Page) => page.getByText(/\d+ (open|closed), \d+ account/)
const marked = (page: Page) => listbox(page).getByRole('option', { selected: true })
const held = (page: Page) => page.getByRole('region', { name: /^Held/ })

test('groups fold to their heads, which say what they stand for: by key and mouse, kept for each queue, and no key decides unseen', async ({
  page,
  whole,
}) => {
  await openSample(page, whole)
  await toRows(page)
  await settled(page)
  const current = page.locator('[role=option][aria-current=true]')
  const all = await sum(page).textContent()
  const rows = await rowsOf(page).count()
  const first = await current.textContent()
  const hidden = await listbox(page).getByRole('group').first().getByRole('option').count()

  // The row that one is at is not lost: its head is where it was, and says so.
  await press(page, 'ArrowLeft')
  await expect(current).toHaveText(new RegExp(`^Legal.*Folded, ${hidden} reports$`))
  await expect(listbox(page)).toHaveAttribute('aria-activedescendant', (await current.getAttribute('id')) ?? '')
  await expect(sum(page)).toHaveText(all ?? '')
  const pane = page.getByRole('region', { name: 'Legal' })
  await expect(pane).toContainText(`${hidden} reports are folded under this head`)
  await expectAccessible(page)
  // Nothing is decided about what is not on screen; legal reports are not marked in one go either.
  for (const key of ['1', 'x', 's']) await page.keyboard.press(key)
  await expect(page.getByRole('status').filter({ hasText: 'No key decides' })).toHaveCount(1)
  await expect(marked(page)).toHaveCount(0)
  await expect(held(page)).toContainText('Held 0')
  await expect(dialog(page)).toBeHidden()

  // A folded group is marked as what it says it is.
  await page.keyboard.press('j')
  await page.keyboard.press('ArrowLeft')
  await expect(current).toContainText(/@henriette on lindenhof\.example.*Folded, 3\d reports/)
  const count = /Folded, (\d+)/.exec((await current.textContent()) ?? '')?.[1] ?? ''
  await page.keyboard.press('Shift+x')
  await expect(page.getByRole('heading', { name: `Decide about ${count} marked reports` })).toBeVisible()
  await expect(current).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('1')
  await expect(dialog(page)).toContainText(`${count} decisions would go out`)
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
  await listbox(page).focus()
  await page.keyboard.press('Escape')
  await expect(marked(page)).toHaveCount(0)

  // Unfolded, one is at the report that one was at.
  await page.keyboard.press('ArrowRight')
  await expect(current).toContainText('@henriette')
  await expect(page.locator('#case-h')).toContainText('Henriette')
  await press(page, 'k')
  await expect(current).toContainText('Folded')
  await page.keyboard.press('ArrowRight')
  await expect(current).toHaveText(first ?? '')
  await expect.poll(() => rowsOf(page).count()).toBe(rows)

  // All at once; each queue has its own, and keeps it.
  await press(page, 'Shift+ArrowLeft')
  await expect(page.getByRole('status').filter({ hasText: 'All groups are folded' })).toHaveCount(1)
  const heads = rowsOf(page).filter({ hasText: /Folded, \d+ reports?$/ })
  await expect(heads.first()).toBeVisible()
  const groups = await heads.count()
  expect(await rowsOf(page).count()).toBe(groups)
  await expectAccessible(page)
  const rail = page.getByRole('navigation', { name: 'Servers and queues' })
  await rail.getByRole('link', { name: /^Unclaimed/ }).click()
  await expect(heads).toHaveCount(0)
  await rail.getByRole('link', { name: /^Reports/ }).click()
  await expect(heads).toHaveCount(groups)
  await listbox(page).focus()
  await page.keyboard.press('Shift+ArrowRight')
  await expect(heads).toHaveCount(0)

  // By mouse, wherever the current row is: it stays where it is on the screen, and so does the head.
  const legal = listbox(page).getByText('Legal', { exact: true })
  const at = await legal.boundingBox()
  await press(page, 'Home', ...Array.from({ length: hidden + 2 }, () => 'j'))
  const there = await current.textContent()
  await legal.dispatchEvent('click')
  await expect(heads).toHaveCount(1)
  await expect(current).toHaveText(there ?? '')
  expect((await legal.boundingBox())?.y).toBe(at?.y)
})
