import { expect, type Page } from '@playwright/test'
import type { LedgerEntry } from '../../src/main/sample/ledger.ts'
import { say } from '../../src/shared/messages/say.ts'
import type { Whole } from './howdah.ts'

/** A recorded state of another server than the sample’s own, `home.example`: Mastodon 4.3, whose moderator is `mod1`. */
export const OTHER = 'test/data/mastodon/recorded/mastodon-4.3.23.state.json'

export type Sample = Awaited<ReturnType<Whole['sample']>>

/** Signs in to a server by the command line, with a token. */
export const signInAs = async (whole: Whole, token: string, url: string): Promise<void> =>
  expect((await whole.howdah(['signin', '--server', url, '--token-stdin'], `${token}\n`)).code).toBe(0)

/** The same, and reads everything there. */
export const readAs = async (whole: Whole, token: string, url: string): Promise<void> => {
  await signInAs(whole, token, url)
  expect((await whole.howdah(['sync'])).code).toBe(0)
}

/** A sample server with an admin signed in and everything read, and the desk on it, to which both commands are handed. */
export const openCases = async (whole: Whole, ...args: string[]) => {
  const [sample, desk] = await Promise.all([whole.sample(...args), whole.web()])
  await readAs(whole, 'admin', sample.url)
  return { sample, ...desk }
}

/** From the desk to the server's consent page, as a person goes there: by the link that the page shows. */
export const toConsent = async (page: Page): Promise<Page> => {
  // By its first word: whose page it is differs, and the pseudo-locale lengthens the end.
  const [first = ''] = say('sign-in.continue', { host: '' }).trim().split(/\s/)
  const link = page.getByRole('link', { name: first })
  const [tab] = await Promise.all([page.context().waitForEvent('page'), link.press('Enter')])
  await expect(tab.getByRole('button', { name: 'Authorize' })).toBeVisible()
  return tab
}

/** Waits until the case that was asked for is the one in view. */
export const settled = (page: Page) =>
  expect(page.locator('section[aria-labelledby="case-h"][aria-busy="false"]')).toBeVisible()

/** Brings up the case of a report by the words of its row. */
export const toCaseOf = async (page: Page, category: string, words: string) => {
  await page.getByRole('combobox', { name: 'Category' }).selectOption(category)
  await page.getByRole('listbox').getByText(words).first().click()
  await expect(page.getByRole('region', { name: 'What reporters wrote', exact: true })).toContainText(words)
  await settled(page)
}

/** Brings up the case of a report by the address of its page on the server, as a colleague pastes it into the team's chat. */
export const toReport = async (page: Page, origin: string, id: string, handle: string) => {
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Find or do' })
  await expect(palette.getByRole('combobox')).toBeFocused()
  await page.keyboard.insertText(`${origin}/admin/reports/${id}`)
  await expect(palette.getByRole('option', { selected: true })).toContainText(`Report ${id} about`)
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
  await expect(page.locator('header').filter({ has: page.locator('#case-h') })).toContainText(handle)
  await settled(page)
}

/** The decisions of one kind that a sample server was sent, in their order, by where they are sent to. */
export const writesOf = async (sample: Sample, path: RegExp) =>
  ((await sample.control('GET', 'ledger')) as LedgerEntry[]).filter(
    entry => entry.method === 'POST' && path.test(entry.path),
  )

/** Says something to the server as somebody else. */
export const sayAs = async (
  who: string,
  { url }: Pick<Sample, 'url'>,
  path: string,
  body?: object,
): Promise<unknown> => {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${who}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  expect(answer.status).toBe(200)
  return await answer.json()
}

/** A member files a report about an account of the server. */
export const fileReport = async (sample: Sample, acct: string, report: { comment: string; category?: string }) => {
  const lookup = await fetch(`${sample.url}/api/v1/accounts/lookup?acct=${acct}`)
  const { id } = (await lookup.json()) as { id: string }
  await sayAs('member', sample, '/api/v1/reports', { account_id: id, ...report })
}

/** Files of media that the sample server was asked for. */
export const filesOf = async (sample: Sample) =>
  (await sample.control('GET', 'files')) as { path: string; identified: boolean }[]
