import { expect, type Page } from '@playwright/test'
import { openCases, writesOf } from './case-ground.ts'
import { expectAccessible, openDesk, press, test } from './howdah.ts'

const listbox = (page: Page) => page.getByRole('listbox', { name: 'Reports' })
const held = (page: Page) => page.getByRole('region', { name: /^Held/ })
const dialog = (page: Page) => page.getByRole('dialog')

test('a batch is paused over a restart, loses its server in the middle, goes on, and the rest is taken back as one', async ({
  page,
  whole,
}) => {
  const { sample, ...opened } = await openCases(whole, '--job-delay', '50')
  let web = opened
  await openDesk(page, web.url)
  // One is refused; and slow enough that it can be stopped in the middle.
  await sample.control('POST', 'faults', { spec: 'status=422/api/v1/admin/reports', method: 'POST', times: 1 })
  await sample.control('POST', 'faults', { spec: 'delayed=400/api/v1/admin/reports', method: 'POST', times: 40 })
  const writes = () => writesOf(sample, /\/resolve$/)
  await listbox(page).focus()
  await page.keyboard.press('/')
  await page.keyboard.type('gluecksrad-am-fluss.example/start')
  await expect(page.getByText(/^90 open/)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(listbox(page)).toBeFocused()
  await press(page, 'Shift+x')
  await expect(page.getByText('90 reports marked').first()).toBeVisible()
  await press(page, '1')
  await expect(dialog(page)).toContainText('90 decisions would go out')
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toBeHidden()
  await expect(held(page)).toContainText(/of 90/)
  await expect.poll(async () => (await writes()).length).toBeGreaterThan(2)

  // Paused by its key, and the program dies.
  await listbox(page).focus()
  await page.keyboard.press('p')
  await expect(held(page)).toContainText('paused')
  await web.kill('SIGKILL')
  const before = (await writes()).length
  web = await whole.web()
  await openDesk(page, web.url)
  await expect(held(page)).toContainText('paused')
  expect((await writes()).length).toBe(before)

  // It goes on, and for a while nothing of the server answers: what waits, waits.
  await sample.control('POST', 'faults', { spec: 'status=503/api/v1/admin', times: 2 })
  await listbox(page).focus()
  await page.keyboard.press('p')
  await expect.poll(async () => (await writes()).length).toBeGreaterThan(before + 4)

  // The rest is taken back as one.
  await page.keyboard.press('p')
  await expect(held(page)).toContainText('paused')
  await held(page)
    .getByRole('button', { name: /paused/ })
    .click()
  await dialog(page)
    .getByRole('button', { name: /^Take back/ })
    .click()
  await expect(dialog(page)).toContainText(/ended, \d+ of 90 done, \d+ taken back, 1 not done/)
  await expect(dialog(page)).not.toContainText('Paused by you')
  // The one that was refused is named there, with its steps.
  const troubles = dialog(page).getByRole('list', { name: 'What did not come about, or may not have' })
  await troubles
    .getByRole('listitem')
    .filter({ hasText: 'was refused by the server' })
    .getByRole('button', { name: 'Look at it' })
    .click()
  await expect(dialog(page)).toContainText('the server refused it (422)')
  await expectAccessible(page)
  const all = await writes()
  expect(all.length).toBeLessThan(90)
  // No report was closed twice.
  const closed = all.filter(entry => entry.effect).map(entry => entry.path)
  expect(new Set(closed).size).toBe(closed.length)
  expect((await whole.howdah(['log', 'verify'])).code).toBe(0)
})
