import { expect } from '@playwright/test'
import { fileReport, filesOf, openCases, settled } from './case-ground.ts'
import { expectAccessible, openDesk, press, spokenOn, test } from './howdah.ts'

// Whole stories with two servers and a browser: on a busy machine they take their time.
test('reported as illegal: nothing on screen until asked for by hand, no media ever, and where to turn', async ({
  page,
  whole,
}) => {
  const { sample, url } = await openCases(whole)
  await openDesk(page, url)
  await page.getByRole('combobox', { name: 'Category' }).selectOption('legal')
  await page.getByRole('listbox').focus()
  await press(page, 'Home')
  await settled(page)
  await expect(page.locator('#case-h')).toHaveText('Fotokiste')
  const secrets = [/Hüpfburg/, /Kind von nahem/, /Antrag auf Entfernung/, /bemaltem Gesicht/]
  const isHidden = async () => {
    for (const words of secrets) await expect(page.locator('body')).not.toContainText(words)
  }
  await isHidden()
  await expect(page.getByRole('listbox')).toContainText('Reported as illegal: nothing is shown here')
  await expect(page.getByRole('heading', { name: 'Reported as illegal' })).toBeVisible()
  await expect(page.getByText('This is no legal advice')).toBeVisible()
  await expectAccessible(page)

  // No key opens anything, and no button offers media.
  await press(page, ' ', 'Shift+ ', 't')
  await expect(spokenOn(page)).toContainText('no key opens anything here')
  await isHidden()
  await expect(page.getByRole('list', { name: 'Attachments' }).first()).toContainText('never fetched')
  await expect(page.getByRole('list', { name: 'Attachments' }).getByRole('button')).toHaveCount(0)

  // By hand, part by part, and away again with the case.
  await page.getByRole('button', { name: 'Show what reporters wrote' }).click()
  await expect(page.getByText(/Kind von nahem/)).toBeVisible()
  await expect(page.getByText(/bemaltem Gesicht/), 'media is not even described').toHaveCount(0)
  await page.getByRole('button', { name: 'Show its text' }).first().click()
  await page.getByRole('button', { name: 'Show the profile' }).click()
  await expectAccessible(page)
  await page.getByRole('listbox').focus()
  await press(page, 'j', 'k')
  await settled(page)
  await isHidden()
  expect(await filesOf(sample)).toEqual([])

  // The country of the settings brings its own hotlines; each opens only after a question.
  for (const key of ['g', ',']) await page.keyboard.press(key)
  await expect(page.getByText('no media, 1 legal case')).toBeVisible()
  await page.getByRole('combobox', { name: 'Country whose law applies' }).selectOption('FR')
  // In a menu letters choose, so that the way leads through the rail.
  await page.getByRole('link', { name: /^Reports/ }).click()
  await page.getByRole('combobox', { name: 'Category' }).selectOption('legal')
  await page.getByRole('listbox').focus()
  await press(page, 'Home')
  await expect(page.getByRole('button', { name: 'PHAROS' })).toBeVisible()
  await expect(page.getByText(/\(Art\. 16\)/)).toBeVisible()
  await page.getByRole('button', { name: 'Point de Contact' }).click()
  await expect(page.getByRole('dialog')).toContainText('www.pointdecontact.net')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()

  // What was looked at is counted, and stands in no log.
  for (const key of ['g', 'l']) await page.keyboard.press(key)
  await expect(page.getByRole('heading', { name: 'Log', exact: true })).toBeVisible()
  await expect(page.getByRole('cell', { name: /Setting changed: Country whose law applies/ })).toBeVisible()
  await expect(page.getByRole('main')).not.toContainText(/exposure|restAfter/)
})

test('a pause is suggested, put aside with one press, and blocks nothing', async ({ page, whole }) => {
  const { url } = await openCases(whole)
  await openDesk(page, url)
  for (const key of ['g', ',']) await page.keyboard.press(key)
  const after = page.getByLabel('Suggest a pause')
  await after.fill('1')
  await after.press('Enter')
  await after.blur()
  for (const key of ['g', 'r']) await page.keyboard.press(key)
  await page.getByRole('combobox', { name: 'Category' }).selectOption('legal')
  await page.getByRole('listbox').focus()
  await press(page, 'Home')
  await page.getByRole('button', { name: 'Show its text' }).first().click()
  const suggestion = page.getByText(/A pause, or someone else’s eyes/)
  await expect(suggestion).toBeVisible()
  await expect(page.getByText('Only you see this.')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Put aside' }).click()
  await expect(suggestion).toBeHidden()
})

test('a notification says how many reports came, and nothing else; none in the quiet hours', async ({
  page,
  whole,
}) => {
  await page.addInitScript(`
    window.told = []
    window.looking = true
    document.hasFocus = () => window.looking
    window.Notification = class {
      static permission = 'granted'
      static requestPermission = async () => 'granted'
      constructor(title, options) { window.told.push({ title, options }) }
      close() {}
    }`)
  const { sample, url } = await openCases(whole)
  await openDesk(page, url)
  for (const key of ['g', ',']) await page.keyboard.press(key)
  await page.getByRole('group', { name: 'Notifications' }).getByText('On', { exact: true }).click()
  await expect(page.getByRole('group', { name: 'Notifications' }).getByRole('radio', { name: 'On' })).toBeChecked()
  await page.evaluate(`window.looking = false`)
  const file = async () => {
    await fileReport(sample, 'torben_k', { comment: 'A secret comment about torben_k' })
    await whole.howdah(['sync'])
  }
  const told = () => page.evaluate<{ title: string; options: object }[]>(`window.told`)
  await file()
  await expect.poll(async () => (await told()).length).toBeGreaterThan(0)
  const all = await told()
  expect(all.at(-1)?.title).toMatch(/^\d+ new reports?$/)
  expect(JSON.stringify(all)).not.toMatch(/torben|secret|lindenhof/i)
  await page.evaluate(`window.looking = true`)
  await page.getByRole('group', { name: 'Quiet hours' }).getByText('On', { exact: true }).click()
  await page.getByLabel('from', { exact: true }).fill('00:00')
  await page.getByLabel('to', { exact: true }).fill('23:59')
  await page.evaluate(`window.looking = false`)
  const before = (await told()).length
  await file()
  await page.waitForTimeout(1500)
  expect(await told()).toHaveLength(before)
})
