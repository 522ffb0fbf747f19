import { expect, type Page } from '@playwright/test'
import { openCases } from './case-ground.ts'
import { expectAccessible, holdFrames, openDesk, rowsOf, test, type Whole } from './howdah.ts'

const palette = (page: Page) => page.getByRole('dialog', { name: 'Find or do' })
const field = (page: Page) => palette(page).getByRole('combobox')
const options = (page: Page) => palette(page).getByRole('option')
const current = (page: Page) => palette(page).getByRole('option', { selected: true })

const openPalette = async (page: Page) => {
  await page.keyboard.press('Control+k')
  await expect(field(page)).toBeFocused()
}

type Row = { id: string; target: { handle: string } }
/** Reports by the command line, with the parts of the handle of their target. */
const readReports = async (whole: Whole, ...more: string[]) => {
  const rows: Row[] = JSON.parse((await whole.howdah(['reports', '--json', ...more])).out)
  return rows.map(({ id, target: { handle } }) => {
    const [, username = '', domain = ''] = handle.split('@')
    return { id, username, domain, handle }
  })
}

test('the palette does every command, finds what is pasted, and asks the server only when told to', async ({
  page,
  whole,
}) => {
  const { sample, url } = await openCases(whole)
  const reports = await readReports(whole)
  await openDesk(page, url)
  const list = page.getByRole('listbox', { name: 'Reports' })
  await list.focus()

  // Commands, with their keys; the list says where one is, and Escape gives the focus back.
  await openPalette(page)
  await expect(options(page).first()).toContainText('Next')
  await expect(current(page)).toHaveAttribute('id', (await field(page).getAttribute('aria-activedescendant')) ?? '')
  await expectAccessible(page)
  await page.keyboard.press('ArrowUp')
  await expect(current(page)).toContainText('All keys')
  await page.keyboard.press('Escape')
  await expect(palette(page)).toBeHidden()
  await expect(list).toBeFocused()

  // Opened before a decision's answer is here, which brings the next case: the focus stays in it.
  const rows = page.locator('[role="listbox"]').first()
  const at = (await rows.getAttribute('aria-activedescendant')) ?? ''
  await page.keyboard.press('1')
  await page.keyboard.press('Control+k')
  await expect(rows).not.toHaveAttribute('aria-activedescendant', at)
  await expect(field(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(list).toBeFocused()
  await page.keyboard.press('z')

  // Typed in the same breath, before any frame.
  const letFramesGo = await holdFrames(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('sett')
  await expect(field(page)).toHaveValue('sett')
  await letFramesGo()
  await expect(current(page)).toContainText('Settings')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()

  // From a field too; a queue and a server are places to go.
  await page.getByRole('spinbutton').first().focus()
  await openPalette(page)
  await page.keyboard.type('uncl')
  await expect(current(page)).toContainText('Unclaimed')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Unclaimed', level: 1 })).toBeVisible()

  // Words that are no name are looked for in what was reported.
  await openPalette(page)
  await page.keyboard.type('Wasserstand Gerberbrücke')
  await expect(current(page)).toContainText('Open reports with these words')
  await expect(palette(page).getByRole('status')).toHaveText('Nothing here has that name.')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('searchbox')).toHaveValue('Wasserstand Gerberbrücke')
  await expect(page.locator('section[aria-labelledby="case-h"]')).toContainText('@pegel_weide')
  await page.getByRole('searchbox').fill('')

  // A handle as it is pasted: its account comes into view, and from there its newest report, with its own row.
  const [report] = reports.filter(each => each.domain !== 'lindenhof.example')
  if (!report) throw new Error('the sample has reports about other servers')
  await openPalette(page)
  await page.keyboard.insertText(`  ${report.handle} `)
  await expect(current(page)).toContainText(report.handle)
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(page.locator('section[aria-labelledby="account-page-h"]')).toContainText(report.username)
  await page
    .getByRole('button', { name: /^Report \d+/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'Reports', level: 1 })).toBeVisible()
  await expect(page.locator('section[aria-labelledby="case-h"]')).toContainText(report.username)
  await expect(rowsOf(page).and(page.locator('[aria-current="true"]'))).toBeVisible()

  // A closed report by the address of its page: it stands in no open list, and is shown all the same.
  const [old] = await readReports(whole, '--state', 'resolved')
  if (!old) throw new Error('the sample has closed reports')
  await openPalette(page)
  await page.keyboard.insertText(`${sample.url}/admin/reports/${old.id}`)
  await expect(current(page)).toContainText(`Report ${old.id} about @${old.username}`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Closed', level: 1 })).toBeVisible()
  await expect(page.locator('section[aria-labelledby="case-h"]')).toContainText(old.username)

  // A domain, with what is known of it, and its page.
  await openPalette(page)
  await page.keyboard.insertText(`https://${report.domain}/`)
  await expect(current(page)).toContainText(/accounts? reported/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: report.domain })).toBeVisible()
  await openPalette(page)

  // Whom nobody reported is asked of the server by name, and has a page here all the same.
  await field(page).fill('@kim')
  await expect(current(page)).toContainText('Look on')
  await page.keyboard.press('Enter')
  await expect(palette(page).getByRole('status')).toContainText('one such account')
  await expect(current(page)).toContainText('@kim')
  await page.keyboard.press('Enter')
  await expect(page.locator('section[aria-labelledby="account-page-h"]')).toContainText('No report here names it.')
  await openPalette(page)
  await page.keyboard.insertText('@nobody.at.all@nowhere.example')
  await expect(palette(page).getByRole('status')).toHaveText('Nothing here has that name.')
  await page.keyboard.press('Enter')
  await expect(palette(page).getByRole('status')).toContainText('no such account')
})
