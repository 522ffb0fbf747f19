import { expect, type Page } from '@playwright/test'
import { openCases, settled, writesOf } from './case-ground.ts'
import { expectAccessible, openDesk, press, test } from './howdah.ts'

const held = (page: Page) => page.getByRole('region', { name: /^Held/ })
const strip = (page: Page) => page.getByText(/has not answered since/)

test('the server goes away in the middle: work goes on, what is decided waits and says so, and at the end each went out once', async ({
  page,
  whole,
}) => {
  const { sample, url } = await openCases(whole)
  whole.hold(3)
  await openDesk(page, url)
  await page.getByRole('listbox').focus()
  await page.getByRole('combobox', { name: 'Category' }).selectOption('spam')
  await page.getByRole('radio', { name: 'None' }).click()
  await page.getByRole('listbox').focus()
  const writes = () => writesOf(sample, /\/(action|resolve)$/)

  // One goes out; the next one's bytes leave, and its answer is lost with the line.
  await press(page, 'Home', '1')
  await expect(held(page)).toContainText(/closed \d/)
  await sample.control('POST', 'faults', { spec: 'cut-after/api/v1/admin/accounts', method: 'POST', times: 1 })
  await press(page, '4')
  await expect(held(page)).toContainText('limiting: outcome unknown, looking again')
  await sample.control('POST', 'faults', { spec: 'cut-before/' })

  // A moderator goes on: cases come up, decisions are held and then wait, and one of them is taken back.
  await press(page, '1', '3')
  await expect(strip(page)).toBeVisible()
  await expect(held(page)).toContainText('closing waits for the server')
  await expect(held(page)).toContainText('marking sensitive waits for the server')
  await press(page, '6')
  await page.getByRole('dialog').getByRole('button', { name: /^Hold/ }).click()
  await expect(held(page)).toContainText('suspending waits for the server')
  // Whatever has no room in the bar stands in the outbox, and any of it can be taken back there, not the last one only.
  await press(page, '1')
  await page.keyboard.press('Shift+z')
  const outbox = page.getByRole('dialog', { name: 'Outbox' })
  const row = outbox.getByRole('listitem').filter({ hasText: 'suspending waits for the server' })
  await expect(outbox.getByRole('button', { name: 'Take back' })).toHaveCount(4)
  await expectAccessible(page)
  await row.getByRole('button', { name: 'Take back' }).click()
  await expect(row).toHaveCount(0)
  await expect(outbox.locator(':focus')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(held(page)).not.toContainText('suspending')
  await expectAccessible(page)
  // Loaded again, nothing of it is lost.
  await page.reload()
  await settled(page)
  await expect(strip(page)).toBeVisible()
  await expect(held(page)).toContainText('Held 3')
  await expect(held(page)).toContainText('limiting: outcome unknown, looking again')
  // It is said wherever something is decided.
  for (const screen of ['blocks', 'trends', 'reports']) {
    await page.evaluate(`location.hash = '#/${screen}'`)
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
    await expect(strip(page).first()).toBeVisible()
  }
  await settled(page)
  const before = await writes()

  // It is back. A server that was away is left alone for a moment, by a person too: who presses again is heard.
  await sample.control('DELETE', 'faults')
  const tryNow = page.getByRole('button', { name: 'Try now' })
  await expect(async () => {
    if (await tryNow.isVisible()) await tryNow.click({ timeout: 2_000 })
    await expect(strip(page)).toBeHidden({ timeout: 1_000 })
  }).toPass()
  await expect(held(page)).toContainText('Held 0')
  for (const done of [/limited \d/, /marked sensitive \d/]) await expect(held(page)).toContainText(done)
  const after = await writes()
  expect(before.map(({ path }) => path.split('/').at(-1))).toEqual(['resolve', 'action'])
  expect(after.map(({ path }) => path.split('/').at(-1)).sort()).toEqual([
    'action',
    'action',
    'resolve',
    'resolve',
    'resolve',
  ])
  expect(after.every(({ effect }) => effect)).toBe(true)
  expect(new Set(after.map(({ path }) => path)).size).toBe(after.length)
  expect((await whole.howdah(['log', 'verify'])).code).toBe(0)
})
