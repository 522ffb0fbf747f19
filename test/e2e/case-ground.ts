import { expect, type Page } from '@playwright/test'
import type { Whole } from './howdah.ts'

export type Sample = Awaited<ReturnType<Whole['sample']>>

/** A sample server with someone signed in and everything read, and the desk on it. */
export const openCases = async (whole: Whole, ...args: string[]): Promise<{ sample: Sample; url: string }> => {
  const sample = await whole.sample(...args)
  const signedIn = await whole.howdah(['signin', '--server', sample.url, '--token-stdin'], 'admin\n')
  expect(signedIn.code).toBe(0)
  await whole.howdah(['sync'])
  const { url } = await whole.web()
  return { sample, url }
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

/** Files of media that the sample server was asked for. */
export const filesOf = async (sample: Sample) =>
  (await sample.control('GET', 'files')) as { path: string; identified: boolean }[]
