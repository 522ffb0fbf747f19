import { expect, type Page } from '@playwright/test'
import { openCases, type Sample, toReport } from './case-ground.ts'
import { expectAccessible, openDesk, press, test } from './howdah.ts'

test.slow()

type Told = {
  id: string
  category: string
  forwarded: boolean | null
  target_account: { account: { acct: string }; domain: string | null; suspended: boolean; id: string }
}

/** The open reports as the server tells them. */
const reportsOf = async ({ url }: Sample): Promise<Told[]> => {
  const answer = await fetch(`${url}/api/v1/admin/reports?limit=200`, { headers: { authorization: 'Bearer admin' } })
  return (await answer.json()) as Told[]
}

const sheet = (page: Page) => page.getByRole('dialog')
const held = (page: Page) => page.getByRole('region', { name: /^Held/ })
const ladder = (page: Page) => page.getByRole('region', { name: /^Decide about/ })

test('a report is filed under a rule, another goes to the server of its target, and the data of a suspended account is deleted, each told before', async ({
  page,
  whole,
}) => {
  const { sample, url } = await openCases(whole)
  whole.hold(4)
  await openDesk(page, url)
  const all = await reportsOf(sample)
  const once = (acct: string) => all.filter(one => one.target_account.account.acct === acct).length === 1
  const remote = all.find(
    one =>
      one.forwarded === false &&
      one.target_account.domain !== null &&
      !one.target_account.suspended &&
      once(one.target_account.account.acct),
  )
  if (!remote) throw new Error('every report was forwarded')
  const { acct } = remote.target_account.account

  // Its category, with the rule that it breaks: without one it cannot be a violation.
  await toReport(page, sample.url, remote.id, acct.split('@')[0] ?? '')
  await page.getByRole('listbox', { name: 'Reports' }).focus()
  await press(page, 'c')
  await expect(sheet(page)).toContainText('nobody is told')
  const wanted = remote.category === 'violation' ? 'Spam' : 'Violation'
  await sheet(page).getByRole('radio', { name: wanted }).click()
  const hold = sheet(page).getByRole('button', { name: /^Hold/ })
  if (wanted === 'Violation') {
    await expect(hold).toHaveAttribute('aria-disabled', 'true')
    await sheet(page).getByRole('checkbox').first().click()
  }
  await expectAccessible(page)
  await hold.click()
  await expect(held(page)).toContainText('changing the category')

  // Forwarded as a report of one's own: that is said, and what can't be called back.
  await press(page, 'f')
  await expect(sheet(page)).toContainText('a new one is filed by your own account')
  await sheet(page)
    .getByRole('textbox', { name: /^To the moderators of/ })
    .fill('Please have a look')
  await expectAccessible(page)
  await sheet(page).getByRole('button', { name: /^Hold/ }).click()
  await expect(sheet(page)).toBeHidden()
  await expect
    .poll(
      async () =>
        (await reportsOf(sample)).filter(one => one.target_account.account.acct === acct && one.forwarded).length,
    )
    .toBe(1)
  await expect
    .poll(async () => (await reportsOf(sample)).find(one => one.id === remote.id)?.category)
    .toBe(wanted.toLowerCase())
  // What was told to the other server is not told twice.
  await expect(ladder(page)).toContainText('It was forwarded already')

  // The data of a member is deleted once they are suspended, with the name typed; then there is no way back, and none is offered.
  const member = all.find(
    one => one.target_account.domain === null && once(one.target_account.account.acct) && !one.target_account.suspended,
  )
  if (!member) throw new Error('no member was reported once')
  const name = member.target_account.account.acct
  await toReport(page, sample.url, member.id, name)
  await press(page, '6')
  // What the member will read stands there before it is sent, and what the server says itself is named.
  const mail = sheet(page).getByRole('figure', {
    name: new RegExp(`^The mail as @${name} sees it. The server’s own words`),
  })
  await sheet(page).getByRole('textbox', { name: 'To the member' }).fill('Bitte lies unsere Regeln.')
  await expect(mail.getByRole('listitem').nth(1)).toContainText('deleted in about 30 days')
  await expect(mail.getByRole('listitem').nth(2)).toHaveText('Bitte lies unsere Regeln.')
  await expect(mail).toContainText('how to appeal')
  await expectAccessible(page)
  await sheet(page).getByRole('button', { name: /^Hold/ }).click()
  await expect(held(page)).toContainText('suspended')
  await toReport(page, sample.url, member.id, name)
  await expect(ladder(page).getByRole('button', { name: 'Lift suspension' })).toBeVisible()
  await press(page, 'Shift+d')
  const destroy = sheet(page).getByRole('button', { name: /^Hold/ })
  await expect(sheet(page)).toContainText('Nothing can bring it back')
  await expect(destroy).toHaveAttribute('aria-disabled', 'true')
  await sheet(page).getByRole('textbox', { name: /^Type/ }).fill(`@${name}`)
  await expectAccessible(page)
  await destroy.click()
  await expect(ladder(page)).toContainText('Its data was deleted')
  await expect(ladder(page).getByRole('button', { name: 'Lift suspension' })).toBeHidden()
})
