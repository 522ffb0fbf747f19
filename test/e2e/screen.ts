import { expect, type Page } from '@playwright/test'
import { type MessageCode, say } from '../../src/shared/messages/say.ts'

/**
 * A screen of the desk, or a state of one, and how to come there from any other: by address and keys, and by names from the catalogue, so
 * that it works in every language. Call `speak` first where it is not English.
 */
export type Screen = { name: string; show(page: Page): Promise<void> }

export const button = (page: Page, code: MessageCode) => page.getByRole('button', { name: say(code) })
export const dialog = (page: Page) => page.getByRole('dialog')

/** Shuts what lies over the desk, then goes to an address. */
export const goTo = async (page: Page, hash: string) => {
  for (let tries = 0; tries < 3 && (await dialog(page).count()) > 0; tries++) {
    await page.keyboard.press('Escape')
    await page.waitForTimeout(150)
  }
  // Until the desk has heard of it: what it showed before looks as if it were there already.
  await page.evaluate(
    to =>
      new Promise<void>(resolve => {
        const { location, addEventListener } = Object(globalThis)
        const before = location.hash
        location.hash = to
        if (location.hash === before) resolve()
        else addEventListener('hashchange', () => setTimeout(resolve), { once: true })
      }),
    hash,
  )
  await page.getByRole('main').waitFor()
}
export const toCase = async (page: Page, hash = '#/reports') => {
  await goTo(page, hash)
  await page.locator('section[aria-labelledby="case-h"][aria-busy="false"]').waitFor()
  await page.getByRole('listbox').focus()
  // Nothing is marked.
  await page.keyboard.press('Escape')
}
/** Waits until the list that was asked for is the one in view. */
export const listed = (page: Page) => expect(page.locator('[role="listbox"][aria-busy="true"]')).toHaveCount(0)
/** Presses keys as a hand does, which waits for the list that it has asked for. */
export const keys = async (page: Page, ...pressed: string[]) => {
  for (const key of pressed) {
    await page.waitForTimeout(120)
    await listed(page)
    await page.keyboard.press(key)
  }
}
export const over = async (page: Page, ...pressed: string[]) => {
  await keys(page, ...pressed)
  await dialog(page).waitFor()
}
/** What keys open over a case. */
export const overCase = async (page: Page, pressed: readonly string[], hash?: string) => {
  await toCase(page, hash)
  await over(page, ...pressed)
}
/** Types into the search of the queue, in place of what stands there. */
export const searchFor = async (page: Page, words: string) => {
  await page.locator('input[type="search"]').first().focus()
  await keys(page, 'Control+a', 'Backspace')
  await page.keyboard.insertText(words)
}
export const option = (page: Page) => page.getByRole('listbox').getByRole('option')

/** Waits until a screen has come to rest: nothing being read, nothing fading in. */
export const settle = async (page: Page) => {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await page.waitForTimeout(200)
}
