import { expect, type Page } from '@playwright/test'
import { type Sample, sayAs, signInAs } from './case-ground.ts'
import { askPage } from './hands.ts'
import { expectAccessible, openDesk, press, rowsOf, test, toRows } from './howdah.ts'
import { expectEveryLook, WIDE } from './looks.ts'

/** Two members each file a report, each about somebody else: what a backup that is put back loses. */
const fileTwo = async (sample: Sample) => {
  const answer = await fetch(`${sample.url}/api/v1/admin/reports?limit=100`, {
    headers: { authorization: 'Bearer moderator' },
  })
  const reports = (await answer.json()) as { target_account: { id: string } }[]
  const [one, other] = new Set(reports.map(({ target_account }) => target_account.id))
  await sayAs('member', sample, '/api/v1/reports', { account_id: one, comment: 'of the time that is lost' })
  await sayAs('owner', sample, '/api/v1/reports', { account_id: other, comment: 'of the time that is lost' })
}

/** From now on keeps what a screen reader is given to speak of these words, each time that it is drawn anew. */
const hear = (page: Page, words: string) =>
  page.evaluate(words => {
    const { document, MutationObserver } = Object(globalThis)
    const heard: string[] = []
    Object(globalThis).heard = heard
    new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll('[role="status"]'))
        if (textContent.includes(words) && heard.at(-1) !== textContent) heard.push(textContent)
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  }, words)
const heardOn = (page: Page) => page.evaluate('heard.length')

test('all lists in numbers; reading is paused, stays so after a reload, and goes on', async ({ page, whole }) => {
  const sample = await whole.sample()
  await sample.control('POST', 'backup')
  await fileTwo(sample)
  // The server breaks on one of its reports: once may be by chance, the next reading goes past it.
  await sample.control('POST', 'faults', { spec: 'poison=313/api/v1/admin/reports' })
  await signInAs(whole, 'moderator', sample.url)
  await expect.poll(async () => (await whole.howdah(['sync'])).code).toBe(0)
  whole.hold(120)
  const web = await whole.web()
  await openDesk(page, web.url)
  const button = page.getByRole('button', { name: 'All lists' })
  await expect(page.getByText('1 entry is left out')).toBeVisible()
  await button.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'All lists' })
  await expect(dialog.getByRole('button', { name: 'Look now' }), 'not what leaves the desk').toBeFocused()
  const row = (name: string) => dialog.getByRole('row', { name: new RegExp(`^${name}`) })
  await expect(row('Open reports')).toContainText('complete')
  await expect(row('Sign-ups')).toContainText('complete')
  const leftOut = dialog.getByRole('listitem').filter({ hasText: 'Open reports: the server fails on number 313.' })
  await expect(leftOut.getByRole('button', { name: `${sample.url}/admin/reports/313` })).toBeVisible()
  await expect(row('Domain blocks')).toContainText('not for your role')
  await expect(dialog).toContainText(/Paged calls in 15 min: \d+ of 300/)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Pause' }).click()
  await expect(dialog).toContainText('Paused: nothing is read by itself.')
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
  // Where there is no room for the foot of the rail, the age in the title bar leads there.
  await page.setViewportSize({ width: 1024, height: 700 })
  await expect(button).toBeHidden()
  await page.getByRole('button', { name: /^synced/ }).click()
  await expect(row('Open reports')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.reload()
  await expect(page.getByText('Paused: nothing is read by itself.')).toBeVisible()
  // Its own account is let in no more: said above every screen, though all is there, until a try finds it open again. From before it goes on:
  // a look that is under way when someone presses is the one that they get.
  await sample.control('POST', 'faults', { spec: 'status=403/' })
  await page.getByRole('button', { name: 'All lists' }).click()
  await dialog.getByRole('button', { name: 'Go on' }).click()
  await expect(dialog.getByRole('button', { name: 'Pause' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Look now' }).click()
  await dialog.getByRole('button', { name: 'Close' }).click()
  const shut = page
    .getByRole('status')
    .filter({ hasText: /^lindenhof\.example · The server does not let this account in/ })
  await expect(shut).toBeVisible()
  await expect(rowsOf(page).first()).toBeVisible()
  await expectAccessible(page)
  const tryNow = page.getByRole('button', { name: 'Try now' })
  await tryNow.click()
  await expect(tryNow).toBeEnabled()
  await expect(shut).toBeVisible()
  await sample.control('DELETE', 'faults')
  await tryNow.click()
  await expect(shut).toBeHidden()
  // What was pressed is gone with it, and one is among the rows, not at the top of the page.
  await expect(page.getByRole('listbox')).toBeFocused()
  await page.getByRole('link', { name: 'Settings' }).click()
  const metered = page.getByRole('group', { name: 'Metered connection' })
  await metered.getByText('Yes').click()
  await expect(metered.getByRole('radio', { name: 'Yes' })).toBeChecked()
  // To and fro before the engine has answered: the last one counts.
  await metered.evaluate((group: { querySelectorAll(name: string): Iterable<{ click(): void }> }) => {
    for (const radio of group.querySelectorAll('input')) radio.click()
  })
  await expectAccessible(page)
  // A menu shows what was picked before it holds, so that one can go back to what held; there too the last one counts.
  const country = page.getByRole('combobox', { name: 'Country whose law applies' })
  const shown = await country.evaluate(
    (menu: { value: string; options: { value: string }[]; dispatchEvent(event: Event): void }) =>
      [1, 0].map(place => {
        menu.value = menu.options[place]?.value ?? ''
        menu.dispatchEvent(new Event('change', { bubbles: true }))
        return menu.value
      }),
  )
  expect(shown).toEqual([expect.stringMatching(/^[A-Z]{2}$/), 'none'])
  await page.reload()
  await expect(country).toHaveValue('none')
  await page.getByRole('button', { name: 'All lists' }).click()
  await expect(dialog).toContainText('The connection is metered')
  await page.keyboard.press('Escape')

  // The server is put back to its backup while a decision waits for it: said once, with the way to what waits.
  await page.getByRole('link', { name: /^Reports/ }).click()
  await toRows(page)
  await press(page, '1')
  const held = page.getByRole('region', { name: /^Held/ })
  await expect(held).toContainText('Held 1')
  await sample.control('DELETE', 'backup')
  await hear(page, 'was put back to an earlier state')
  await whole.howdah(['sync'])
  const strip = page.getByRole('status').filter({ hasText: /^lindenhof\.example was put back to an earlier state/ })
  await expect(strip).toContainText('What was waiting for it was not sent and asks you again')
  await expect(held).toContainText('closing asks you first')
  expect(await heardOn(page)).toBe(1)
  // What is read anew is no news.
  await expect(page.getByRole('button', { name: /\d\d new report/ })).toHaveCount(0)
  await expectEveryLook(page)
  await page.getByRole('link', { name: 'Look at what waits' }).click()
  await expect(page.getByRole('heading', { name: 'Needs a person' })).toBeFocused()
  const waits = page.getByRole('main').getByRole('listitem').filter({ hasText: 'closing asks you first' })
  await expect(waits).toContainText('the server was put back to an earlier state')
  await page.setViewportSize({ width: 320, height: 480 })
  const why = waits.getByText('the server was put back to an earlier state')
  expect(
    await why.evaluate((span: { parentElement: { scrollWidth: number; clientWidth: number } }) => {
      const { scrollWidth, clientWidth } = span.parentElement
      return scrollWidth - clientWidth
    }),
  ).toBeLessThan(2)
  await page.setViewportSize(WIDE)
  await waits.getByRole('button', { name: 'Look at it' }).click()
  const panel = page.getByRole('dialog', { name: 'Close' })
  // It may be about something else by now: its case comes before the way to send it.
  await expect(panel.getByRole('button', { name: 'See the case' })).toBeFocused()
  await expectAccessible(page)
  await panel.getByRole('button', { name: 'Drop it' }).click()
  await expect(page.getByText('Nothing needs a person now.')).toBeVisible()
  await page.getByRole('link', { name: /^Reports/ }).click()
  await expect(strip).toBeVisible()
  await expect(page.getByRole('link', { name: 'Look at what waits' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Understood' }).click()
  await expect(strip).toBeHidden()
  await expect(page.getByRole('listbox')).toBeFocused()

  // It asks to wait: until when is said above what is shown of it, and in the rail, where it runs into nothing.
  await sample.control('POST', 'faults', { spec: 'throttled/' })
  await page.getByRole('button', { name: 'All lists' }).click()
  await dialog.getByRole('button', { name: 'Look now' }).click()
  await expect(dialog.getByRole('status')).toContainText('asks Howdah to wait until')
  await page.keyboard.press('Escape')
  const asks = page
    .getByRole('main')
    .getByRole('status')
    .filter({ hasText: /^lindenhof\.example asks Howdah to wait/ })
  await expect(asks).toContainText('Nothing is lost')
  await expect(
    page
      .getByRole('navigation')
      .first()
      .getByText(/^waits until/),
  ).toBeVisible()
  expect(await askPage(page, 'collisions')).toEqual([])
  await expectEveryLook(page)
})
