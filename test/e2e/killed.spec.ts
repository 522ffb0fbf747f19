import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { openCases, writesOf } from './case-ground.ts'
import { openDesk, press, test } from './howdah.ts'

/** Tears the page's process down, as running out of memory does. */
const crash = async (page: Page) => {
  const session = await page.context().newCDPSession(page)
  const gone = page.waitForEvent('crash')
  session.send('Page.crash').catch(() => {})
  await gone
}

const notesOn = (page: Page) => page.getByRole('region', { name: 'Notes' })

/** What is being written, as the engine has it on disk. */
const draftsIn = (data: string) => {
  const vault = new Database(join(data, 'vault.db'), { readonly: true })
  const words = vault.prepare('SELECT words FROM draft').pluck().all()
  vault.close()
  return JSON.stringify(words)
}

/** Goes to the first case, on which a note is being written, and goes on with that. */
const goOnWriting = async (page: Page) => {
  await page.getByRole('listbox').focus()
  await press(page, 'j', 'k')
  await expect(notesOn(page).getByRole('button', { name: /^Go on/ })).toBeVisible()
  await press(page, 'n')
}

test('page and engine killed in the middle: no word is lost; what was decided is done, waiting or honestly unknown, and nothing is sent twice', async ({
  page: first,
  whole,
}) => {
  const { sample, ...opened } = await openCases(whole, '--job-delay', '50')
  let web = opened
  await openDesk(first, web.url)
  await first.getByRole('listbox').focus()
  await press(first, 'j', 'k', 'n')
  await expect(notesOn(first).getByRole('textbox')).toBeFocused()
  await first.keyboard.type('Half a thought')
  // A letter needs some milliseconds to leave the page. Nothing but the keys brings it to the disk: no blur, no pause, no save.
  await expect.poll(() => draftsIn(whole.data)).toContain('Half a thought')
  await crash(first)

  // The engine goes on: another page has every letter.
  const page = await first.context().newPage()
  await openDesk(page, (await whole.web()).url)
  const held = page.getByRole('region', { name: /^Held/ })
  await goOnWriting(page)
  await expect(notesOn(page).getByRole('textbox')).toHaveValue('Half a thought')
  await page.keyboard.type(' about')
  await expect.poll(() => draftsIn(whole.data)).toContain('Half a thought about')
  await page.keyboard.press('Escape')
  await press(page, 'j')

  // The first is closed and settles. The second's answer comes so late that the process dies before it; the third is still held.
  await press(page, '1')
  await expect(held).toContainText('closed')
  await sample.control('POST', 'faults', {
    spec: 'delayed-after=20000/api/v1/admin/accounts',
    method: 'POST',
    times: 1,
  })
  await press(page, '4')
  await expect(held).toContainText('limiting')
  await expect.poll(async () => JSON.stringify(await sample.control('GET', 'ledger'))).toContain('/action')
  await press(page, '1')
  await expect(held).toContainText('closing')
  await web.kill('SIGKILL')

  // Started again: the limit was on the wire, so it is unknown until it is read back; what was held gets a new window.
  web = await whole.web()
  await openDesk(page, web.url)
  await expect(held).toContainText('closing')
  await goOnWriting(page)
  await expect(notesOn(page).getByRole('textbox')).toHaveValue('Half a thought about')
  await page.keyboard.press('Escape')
  const states = async () => JSON.parse((await whole.howdah(['log', '--json'])).out)
  await expect.poll(async () => JSON.stringify(await states())).toContain('why.crash')
  await expect.poll(async () => JSON.stringify(await states())).toMatch(/why\.read-back/)

  // The ledger of the server has each of the three once.
  const writes = () => writesOf(sample, /\/(action|resolve)$/)
  await expect.poll(async () => (await writes()).length).toBe(3)
  await expect(held).not.toContainText('closing')
  expect((await writes()).map(entry => entry.path.split('/').at(-1)).sort()).toEqual(['action', 'resolve', 'resolve'])
  expect((await writes()).every(entry => entry.effect)).toBe(true)
  expect((await whole.howdah(['log', 'verify'])).code).toBe(0)
})
