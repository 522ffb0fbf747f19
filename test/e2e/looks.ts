import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { askPage } from './hands.ts'
import { expectAccessible } from './howdah.ts'

/** The window that stories have, and the sweeps come back to. */
export const WIDE = { width: 1440, height: 900 }
/** The smallest window of the desktop. */
export const SMALL = { width: 1024, height: 700 }

/** The rail's counts that are seen, and the part of the case's height that its ladder takes. */
export const measureDesk = async (page: Page): Promise<{ counts: number; ladder: number }> => {
  const heightOf = async (id: string) => (await page.locator(`section[aria-labelledby="${id}"]`).boundingBox())?.height
  const counts = await page.getByRole('navigation').first().getByText(/^\d+$/).filter({ visible: true }).all()
  const widths = await Promise.all(counts.map(async count => (await count.boundingBox())?.width ?? 0))
  return {
    counts: widths.filter(width => width > 1).length,
    ladder: ((await heightOf('ladder-h')) ?? 0) / ((await heightOf('case-h')) ?? 1),
  }
}

/** So many Tabs are pressed before one asks whether the focus came round. */
const AT_ONCE = 8

/**
 * Goes round by Tab until the focus is where it was before; what is wrong with how it shows on the way. Each Tab is looked at in the page,
 * as it is let go: to ask after each from here, and to wait until it is drawn, takes most of a sweep.
 */
export const goRound = async (page: Page): Promise<string[]> => {
  const keyboard = await page.context().newCDPSession(page)
  const tab = (type: 'rawKeyDown' | 'keyUp') =>
    keyboard.send('Input.dispatchKeyEvent', { type, key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 })
  await askPage(page, 'goRound')
  let round = { faults: [] as string[], isOver: false }
  for (let tabs = 0; tabs < 300 && !round.isOver; tabs += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, () => [tab('rawKeyDown'), tab('keyUp')]).flat())
    round = await askPage<typeof round>(page, 'roundSoFar')
  }
  await keyboard.detach()
  return round.isOver ? round.faults : [...round.faults, 'the focus never comes round']
}

/** What is cut off, or scrolls two ways, at 200 % and 400 % of 1280 px. */
export const reflow = async (page: Page): Promise<string[]> => {
  const faults: string[] = []
  for (const viewport of [
    { width: 640, height: 450 },
    { width: 320, height: 480 },
  ]) {
    await page.setViewportSize(viewport)
    await page.waitForTimeout(100)
    for (const name of ['reflowFaults', 'collisions'])
      for (const fault of await askPage<string[]>(page, name)) faults.push(`${viewport.width}: ${fault}`)
  }
  await page.setViewportSize(WIDE)
  return faults
}

/** What a state is told by with colours that the system has taken over. */
export const forced = async (page: Page): Promise<string[]> => {
  await page.emulateMedia({ forcedColors: 'active' })
  const faults = await askPage<string[]>(page, 'colourOnly')
  await page.emulateMedia({ forcedColors: 'none' })
  return faults.map(each => `by colour alone: ${each}`)
}

/** Where the focus gets to beside an open dialog when Tab is pressed quicker than the page draws. */
const escapes = async (page: Page): Promise<string[]> => {
  if ((await page.getByRole('dialog').count()) === 0) return []
  const escaped = askPage<string[]>(page, 'escapes')
  await Promise.all(Array.from({ length: 24 }, () => page.keyboard.press('Tab')))
  return (await escaped).map(each => `beside the dialog: ${each}`)
}

/** All of that, and axe in light and dark, on a screen that the sweeps do not come to; the focus stays where it was. */
export const expectEveryLook = async (page: Page): Promise<void> => {
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(page, { only: 'color-contrast' })
  await page.emulateMedia({ colorScheme: 'light' })
  const focused = await page.evaluateHandle(() => Object(globalThis).document.activeElement)
  const faults = [...(await forced(page)), ...(await reflow(page)), ...(await goRound(page)), ...(await escapes(page))]
  await focused.evaluate(element => Object(element).focus())
  expect(faults).toEqual([])
}
