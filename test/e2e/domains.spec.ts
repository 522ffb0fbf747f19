import { expect, type Page } from '@playwright/test'
import { readAs, settled, signInAs } from './case-ground.ts'
import { expectAccessible, openDesk, press, spokenOn, test } from './howdah.ts'

// Each waits out several grace windows.
test.slow()

const openDomains = async (page: Page) => {
  await page.getByRole('listbox').focus()
  await press(page, 'g', 'd')
  await expect(page.getByRole('heading', { name: 'Domains' })).toBeVisible()
  await expect(page.getByRole('listbox', { name: 'Blocked domains' }).getByRole('option').first()).toBeVisible()
}

/** Types a domain where blocks are searched, and opens its page. */
const openDomain = async (page: Page, typed: string) => {
  await page.getByRole('searchbox', { name: 'Domain or comment' }).fill(typed)
  await page.getByRole('searchbox', { name: 'Domain or comment' }).press('Enter')
}
/** Brings up a case about someone of another server; those of the server itself are the first that one can choose. */
const toCaseElsewhere = async (page: Page) => {
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  const home = page.getByRole('dialog').getByLabel('Server of the account')
  await expect(home.getByRole('option').nth(2)).toBeAttached()
  await home.selectOption({ index: 2 })
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await settled(page)
}
const said = (page: Page, words: string | RegExp) => expect(page.getByRole('main')).toContainText(words)
const arm = (page: Page, words: RegExp) => page.getByRole('button', { name: words }).click()

test('a domain is limited, changed and lifted by keyboard, each with its consequence before; bad names and public suffixes are refused', async ({
  page,
  whole,
}) => {
  const { url } = await whole.web('--sample')
  whole.hold(3)
  await openDesk(page, url)
  await openDomains(page)
  await expectAccessible(page)
  // The table by keyboard: each move shows the page of that domain.
  await page.getByRole('listbox', { name: 'Blocked domains' }).focus()
  for (const key of ['j', 'j']) await page.keyboard.press(key)
  const blocks = page.getByRole('listbox', { name: 'Blocked domains' })
  await expect(blocks.getByRole('option', { selected: true })).toHaveAttribute('aria-posinset', '2')
  await expect(page.getByRole('heading', { name: 'Its block' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox', { name: 'Domain or comment' })).toBeFocused()

  await openDomain(page, '*.spam.example')
  await expect(page.getByRole('alert')).toContainText('Leave out the *.')
  await openDomain(page, 'https://spam.example/about')
  await expect(page.getByRole('alert')).toContainText('leave out https://')
  await openDomain(page, 'co.uk')
  await said(page, 'A public suffix')
  await expect(page.getByRole('button', { name: /^Hold/ })).toHaveAttribute('aria-disabled', 'true')

  // With a Cyrillic letter: another name, which people read as the server's own.
  await openDomain(page, 'lindenh\u043ef.example')
  await expect(page.getByRole('heading', { name: 'xn--lindenhf-tbh.example (lindenh\u043ef.example)' })).toBeVisible()
  await said(page, 'Looks like lindenhof.example, your own server, but is another.')
  await said(page, 'mixes letters: Latin and Cyrillic')
  await expectAccessible(page)

  await openDomain(page, ' Brand-New-Waste.EXAMPLE. ')
  await expect(page.getByRole('heading', { name: 'brand-new-waste.example' })).toBeVisible()
  await said(page, 'No account of it is known here yet')
  // What is half written is there again in the next page, and nowhere else.
  const comment = page.getByRole('textbox', { name: 'Public comment' })
  await comment.fill('Advertising')
  await page.reload()
  await expect(comment).toHaveValue('Advertising')
  await arm(page, /^Hold 3 s, then limit/)
  await expect(
    page
      .getByRole('contentinfo')
      .or(page.getByRole('region', { name: /Held/ }))
      .first(),
  ).toContainText('brand-new-waste.example')
  await expect(page.getByRole('heading', { name: 'Its block' })).toBeVisible()
  await said(page, 'limit')

  await page.getByRole('checkbox', { name: 'Refuse media' }).check()
  await arm(page, /^Hold 3 s, then change the block/)
  await expect(page.getByRole('option', { name: /brand-new-waste\.example.*changing the block in/ })).toBeVisible()
  await expect(page.getByRole('option', { name: /brand-new-waste\.example.*block changed/ })).toBeVisible()
  await arm(page, /^Lift the block/)
  await expect(page.getByRole('heading', { name: 'Block it' })).toBeVisible()
  await said(page, 'Not blocked.')
})

test('from a case one acts on all of its server, in the server’s numbers; a suspension offers to close the reports that the server leaves open', async ({
  page,
  whole,
}) => {
  const { url } = await whole.web('--sample')
  whole.hold(3)
  await openDesk(page, url)
  // From a case about someone of another server.
  await toCaseElsewhere(page)
  await page.getByRole('link', { name: 'Suspend it …' }).click()
  await expect(page.getByRole('radio', { name: 'suspend' })).toBeChecked()
  await said(page, /asked .* with all domains below it/)
  const domain = (await page.getByRole('heading', { level: 1 }).last().textContent()) ?? ''
  await expectAccessible(page)
  await page.getByRole('button', { name: /^Hold 3 s, then suspend/ }).click()
  await expect(page.getByRole('heading', { name: 'Its block' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('The suspension closed none of them.')
  await page.getByRole('button', { name: /^Close (it|all)/ }).click()
  await expect(page.getByRole('dialog')).toContainText(domain)
})

test('a hosting suffix goes out only once its name is typed', async ({ page, whole }) => {
  const { url } = await whole.web('--sample')
  await openDesk(page, url)
  await openDomains(page)
  await openDomain(page, 'pages.dev')
  const hold = page.getByRole('button', { name: /^Hold 10 s, then limit/ })
  const typed = page.getByRole('textbox', { name: /pages\.dev/ })
  await said(page, 'pages.dev is a suffix under which many sites live')
  await expect(hold).toHaveAttribute('aria-disabled', 'true')
  await typed.fill('pages.de')
  await expect(hold).toHaveAttribute('aria-disabled', 'true')
  await typed.fill('pages.dev')
  await expectAccessible(page)
  await hold.click()
  await expect(page.getByRole('region', { name: /Held/ })).toContainText('pages.dev')
  await page.getByRole('listbox', { name: 'Blocked domains' }).focus()
  await page.keyboard.press('z')
  await expect(spokenOn(page)).toContainText(/taken back/i)
})

test('blocks that are still being read, and an engine that is gone, are said', async ({ page, whole }) => {
  const sample = await whole.sample()
  for (const list of ['domain_blocks', 'email_domain_blocks'])
    await sample.control('POST', 'faults', { spec: `cut-before/api/v1/admin/${list}` })
  await signInAs(whole, 'admin', sample.url)
  const web = await whole.web()
  await openDesk(page, web.url)
  await page.getByRole('listbox').focus()
  await press(page, 'g', 'd')
  await said(page, 'The blocks are being read from the server')
  await expectAccessible(page)
  await page.evaluate("location.hash = '#/blocks'")
  await said(page, 'Reading …')
  await expect(page.getByText('Nothing is blocked here.')).toHaveCount(0)
  await page.evaluate("location.hash = '#/domains'")
  await web.kill('SIGKILL')
  await expect(page.getByText(/No connection to Howdah/)).toBeVisible()
  await expectAccessible(page)
})

test('a role without a say about domains is told so', async ({ page, whole }) => {
  const sample = await whole.sample()
  await readAs(whole, 'moderator', sample.url)
  const { url } = await whole.web()
  await openDesk(page, url)
  // Beside the ladder, too, for someone of another server.
  await toCaseElsewhere(page)
  const suspend = page.getByRole('button', { name: 'Suspend it …' })
  await expect(suspend).toHaveAttribute('aria-disabled', 'true')
  await expect(suspend).toHaveAccessibleDescription(/^Your role “.+” may not\. .+\/admin\/instances\/\S+$/)
  await expectAccessible(page)
  await press(page, 'g', 'd')
  await said(page, /may not see or decide about domains/)
  await expectAccessible(page)
})
