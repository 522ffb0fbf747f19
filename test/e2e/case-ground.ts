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

/** Files of media that the sample server was asked for. */
export const filesOf = async (sample: Sample) =>
  (await sample.control('GET', 'files')) as { path: string; identified: boolean }[]
