import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { OTHER, readAs, settled, toReport, writesOf } from './case-ground.ts'
import { watchPointer } from './hands.ts'
import { expectAccessible, openDesk, press, rowsOf, test } from './howdah.ts'

const held = (page: Page) => page.getByRole('region', { name: /^Held/ })
const dialog = (page: Page) => page.getByRole('dialog')

test('two moderators colliding: the second one sends nothing, is told who was faster, and decides anew on the case as it is', async ({
  page,
  whole,
  browser,
}) => {
  const sample = await whole.sample()
  await readAs(whole, 'moderator', sample.url)
  whole.hold(4)
  const reports: { id: string; openOnTarget: number; category: string; target: { handle: string } }[] = JSON.parse(
    (await whole.howdah(['reports', '--json'])).out,
  )
  const report = reports.find(each => each.openOnTarget === 1 && each.category === 'spam')
  const name = report?.target.handle.split('@')[1] ?? ''
  await openDesk(page, (await whole.web()).url)
  await toReport(page, sample.url, report?.id ?? '', name)

  // A colleague, on another computer.
  const folder = mkdtempSync(join(tmpdir(), 'howdah-colleague-'))
  const context = await browser.newContext()
  await watchPointer(context, where => expect(where, 'a pointer was used').toBe(''))
  const theirs = await context.newPage()
  await theirs.goto((await whole.web('--data', folder)).url)
  await theirs.getByLabel('Address of the server').fill(sample.url)
  await theirs.getByText('Use an access token instead').press('Enter')
  await theirs.getByLabel('Access token').fill('admin')
  await theirs.keyboard.press('Enter')
  await expect(rowsOf(theirs).first()).toBeVisible()
  // Until the list is read to its end, it would be put up anew.
  await expect(theirs.getByText(/^History/)).toBeVisible()
  await toReport(theirs, sample.url, report?.id ?? '', name)
  await press(theirs, '1')
  await expect(held(theirs)).toContainText(/closing/)

  // Both have decided; theirs goes out first.
  await expect(held(theirs)).toContainText(/closed \d/)
  await press(page, '1')
  await expect(held(page)).toContainText('closing was not sent: someone changed it first')
  await held(page)
    .getByRole('button', { name: /was not sent/ })
    .click()
  await expect(dialog(page)).toContainText('it was closed in the meantime')
  await expect(dialog(page)).toContainText('Nothing was sent')
  await expect(dialog(page)).toContainText('The report was closed by @kim')
  await expectAccessible(page)
  const sent = await writesOf(sample, new RegExp(`/reports/${report?.id}/resolve$`))
  expect(sent.map(({ caller }) => caller)).toEqual(['kim'])
  await dialog(page).getByRole('button', { name: 'Decide anew on the case' }).click()
  // At the head of the case, and in full further down.
  const told = page.getByRole('note').filter({ hasText: 'kim closed it · ' })
  await expect(told).toBeInViewport()
  await told.getByRole('button').click()
  await expect(page.getByRole('heading', { name: 'What colleagues did' })).toBeFocused()
  await expect(page.getByRole('region', { name: 'What colleagues did' })).toContainText('kim closed it')
  await settled(page)
  await expectAccessible(page)
  await page.getByRole('button', { name: /^Reopen/ }).click()
  await expect(held(page)).toContainText('reopened')
  await context.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a role without suspension: what it may not do keeps its place, says why, and names the page where someone else can', async ({
  page,
  whole,
}) => {
  // Their role may manage reports, and nothing else.
  const state = JSON.parse(readFileSync(OTHER, 'utf8'))
  Object.assign(
    state.roles.find(({ name }: { name: string }) => name === 'Moderator'),
    { name: 'Reader of reports', permissions: '16' },
  )
  const file = join(whole.data, 'state.json')
  writeFileSync(file, JSON.stringify(state))
  const sample = await whole.sample('--state', file, '--release', '4.3.23')
  await readAs(whole, 'mod1', sample.url)
  whole.hold(2)
  await openDesk(page, (await whole.web()).url)
  const category = page.getByRole('combobox', { name: 'Category' })
  await category.selectOption('spam')
  await page.getByRole('listbox').focus()
  await press(page, 'Home', '6')
  await expect(page.getByRole('alert')).toContainText('Your role here may not act on accounts')
  await expect(held(page)).toContainText('Held 0')
  const ladder = page.getByRole('region', { name: /^Decide about/ })
  for (const rung of ['Warn', 'Mark sensitive', 'Limit', 'Suspend'])
    await expect(ladder.getByRole('button', { name: rung })).toHaveAttribute('aria-disabled', 'true')
  await expect(ladder).toContainText('Your role “Reader of reports” may not. Someone whose role may does it here:')
  await expect(ladder.getByRole('button', { name: `${sample.url}/admin/reports/` })).toBeVisible()
  await expectAccessible(page)

  // No number where none can be known.
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Sign-ups' })).toHaveText('Sign-ups')

  // The same of all that is marked at once.
  await press(page, 'x', 'j', 'x')
  const marked = page.getByRole('region', { name: /marked reports$/ })
  await expect(marked.getByRole('button', { name: 'Suspend' })).toContainText('Your role here may not act on accounts')
  await expect(marked.getByRole('button', { name: 'Suspend' })).toHaveAttribute('aria-disabled', 'true')
  await expect(marked.getByRole('button', { name: 'Close' })).not.toHaveAttribute('aria-disabled', 'true')
  await expectAccessible(page)
  await press(page, 'Escape', 'k')

  // What the role may do goes out.
  await press(page, '1')
  await expect(held(page)).toContainText(/closed \d/)

  for (const [link, says, where] of [
    ['Sign-ups', 'may not see who waits there', '/admin/accounts?status=pending'],
    ['Domains', 'may not see or decide about domains', '/admin/instances'],
    ['Sign-up blocks', 'may not see these blocks', '/admin/email_domain_blocks'],
    ['Trends', 'may not review trends', '/admin/trends/links'],
  ] as const) {
    await page.getByRole('navigation').getByRole('link', { name: link, exact: false }).first().click()
    await expect(page.getByRole('main')).toContainText(says)
    await expect(page.getByRole('button', { name: sample.url + where })).toBeVisible()
    await expectAccessible(page)
  }
})
