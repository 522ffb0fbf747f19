import { expect, type Page } from '@playwright/test'
import { expectAccessible, openSample, press, spokenOn, test, toRows } from './howdah.ts'

/** Moves on to a case about a member, of whom the server tells personal data. */
const toMember = async (page: Page) => {
  const personal = page.getByRole('region', { name: 'Personal data' })
  await page.getByRole('listbox').focus()
  for (let tries = 0; tries < 60; tries++) {
    await press(page, 'j')
    if (await personal.isVisible()) return personal
  }
  throw new Error('no case about a member')
}

test('personal data is shown when asked for, each time logged, and masked again by key, by time and by the next case', async ({
  page,
  whole,
}) => {
  await page.clock.install()
  await openSample(page, whole)
  const personal = await toMember(page)
  const isMasked = async () => {
    await expect(personal).toContainText('•••@')
    await expect(personal.getByRole('button', { name: /^Reveal/ })).toBeVisible()
  }
  const isWhole = async () => {
    await expect(personal).not.toContainText('•••')
    await expect(personal).toContainText(/\S@\S+\.example/)
  }
  await isMasked()
  await press(page, 'v')
  await isWhole()
  await expect(spokenOn(page)).toContainText('Personal data is shown')
  await expectAccessible(page)
  await press(page, 'v')
  await isMasked()
  await personal.getByRole('button', { name: /^Reveal/ }).click()
  await isWhole()
  await page.clock.fastForward(61_000)
  await isMasked()
  await expect(spokenOn(page)).toContainText('masked again')
  await page.getByRole('listbox').focus()
  await press(page, 'v')
  await isWhole()
  await press(page, 'j', 'k')
  await isMasked()
  for (const key of ['g', 'l']) await page.keyboard.press(key)
  await expect(page.getByRole('cell', { name: /^Personal data shown of @/ })).toHaveCount(3)
  await expect(page.getByRole('main')).not.toContainText(/\S@\S+\.example/)
})

test('a note by keyboard alone: left and taken up again, kept, changed, removed, and in the log', async ({
  page,
  whole,
}) => {
  await openSample(page, whole)
  await page.getByRole('listbox').focus()
  await press(page, 'j')
  const notes = page.getByRole('region', { name: 'Notes' })
  const field = notes.getByRole('textbox')
  const who = await page.locator('#case-h').textContent()
  await expect(notes).toContainText('this computer only')
  await press(page, 'n')
  await expect(field).toBeFocused()
  await page.keyboard.type('Was told on the 19th: n and v and j and 1 are letters here.')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Second line.')
  await expectAccessible(page)

  // Escape leaves, the draft stays, also while another case is in view.
  await page.keyboard.press('Escape')
  await expect(field).toBeHidden()
  await expect(page.getByRole('listbox')).toBeFocused()
  await expect(notes.getByRole('button', { name: /^Go on/ })).toBeVisible()
  // The page may go meanwhile: what was written is held, and so is what is not left yet.
  await press(page, 'n')
  await page.keyboard.type(' ')
  await page.reload()
  await expect(notes.getByRole('button', { name: /^Go on/ })).toBeVisible()
  await page.getByRole('listbox').focus()
  await press(page, 'j', 'k', 'n')
  await expect(page.locator('#case-h')).toHaveText(who ?? '')
  await expect(field).toHaveValue(/letters here\.\nSecond line\. ?$/)
  await page.keyboard.press('Control+Enter')
  await expect(field).toBeHidden()
  await expect(page.getByRole('listbox')).toBeFocused()
  await expect(notes.getByRole('listitem')).toHaveCount(1)
  await expect(notes.getByRole('listitem')).toContainText('letters here.')
  await expect(notes.getByRole('listitem')).toContainText('@')
  await expect(spokenOn(page)).toContainText('Note kept')

  // A second one stands before the first.
  await press(page, 'n')
  await page.keyboard.type('Newer.')
  await page.keyboard.press('Meta+Enter')
  await expect(notes.getByRole('listitem')).toHaveCount(2)
  await expect(notes.getByRole('listitem').first()).toContainText('Newer.')

  await notes
    .getByRole('button', { name: /^Change the note/ })
    .first()
    .focus()
  await page.keyboard.press('Enter')
  await expect(field).toBeFocused()
  await expect(field).toHaveValue('Newer.')
  await field.press('End')
  await page.keyboard.type(' Changed.')
  await page.keyboard.press('Control+Enter')
  await expect(field).toBeHidden()
  await expect(page.getByRole('listbox')).toBeFocused()
  await expect(notes.getByRole('listitem').first()).toContainText('Newer. Changed.')

  await notes
    .getByRole('button', { name: /^Remove the note/ })
    .first()
    .focus()
  await page.keyboard.press('Enter')
  await expect(notes.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(notes.getByRole('button', { name: /^Remove the note/ }).first()).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(notes.getByRole('listitem')).toHaveCount(1)
  await expect(page.getByRole('listbox')).toBeFocused()

  for (const key of ['g', 'l']) await page.keyboard.press(key)
  for (const said of [/^Note written on @/, /^Note changed on @/, /^Note removed on @/])
    await expect(page.getByRole('cell', { name: said }).first()).toBeVisible()
  await expectAccessible(page)

  // What is written often is picked from a menu, twice too: it goes back to its own name each time.
  await page.evaluate("location.hash = '#/settings'")
  await page.getByRole('button', { name: 'New template' }).click()
  const form = page.getByRole('region', { name: 'Templates' })
  await form.getByLabel('Name').fill('Adverts')
  await form.getByLabel('Text to the member').fill('No adverts here.')
  await form.getByRole('button', { name: 'Keep' }).click()
  await expect(form.getByRole('button', { name: 'Change Adverts' })).toBeVisible()
  await page.evaluate("location.hash = '#/reports'")
  await toRows(page)
  await press(page, 'w', '2')
  const menu = page.getByRole('combobox', { name: 'Template …' })
  const text = page.getByRole('textbox', { name: 'To the member' })
  for (const before of ['', 'Anything else.']) {
    await text.fill(before)
    await menu.selectOption({ index: 1 })
    await expect(text).toHaveValue('No adverts here.')
    await expect(menu).toHaveValue('')
  }
})
