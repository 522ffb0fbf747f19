import { expect, type Page } from '@playwright/test'
import { say, speak } from '../../src/shared/messages/say.ts'
import { OTHER, readAs } from './case-ground.ts'
import { askPage } from './hands.ts'
import { expectAccessible, openDesk, press, rowsOf, spokenOn, test, type Whole } from './howdah.ts'
import { forced, goRound, measureDesk, reflow, SMALL, WIDE } from './looks.ts'
import { type Screen, settle } from './screen.ts'
import { holdFor, screens } from './screens.ts'
import { serverScreens } from './screens-servers.ts'

/** Many screens, each in many looks. */
const LONG_MS = 900_000
/** So many faults of a screen are enough to see what is wrong with it. */
const MOST = 12

type Look = (name: string) => Promise<readonly string[]>

/** Shows screens in turn, to collect what is wrong with them. */
const lookAt = async (page: Page, all: readonly Screen[], look: Look): Promise<void> => {
  const faults: string[] = []
  for (const { name, show } of all)
    await test.step(name, async () => {
      await show(page)
      await settle(page)
      for (const fault of (await look(name)).slice(0, MOST)) faults.push(`${name}: ${fault}`)
    })
  expect(faults).toEqual([])
}

/** Opens a desk and shows every screen in turn, to collect what is wrong with it. */
const sweep = async (page: Page, whole: Whole, look: Look) => {
  test.setTimeout(LONG_MS)
  const { url } = await whole.web('--sample')
  await openDesk(page, url)
  const all = screens.map(screen => ({
    name: screen.name,
    show: async (shown: Page) => {
      whole.hold(holdFor(screen))
      await screen.show(shown)
    },
  }))
  await lookAt(page, all, look)
}

/** What axe finds, in light and in dark. Leaves the window small. */
const expectNothingOfAxe = async (page: Page, name: string) => {
  // What lies behind a dialog was looked at by itself, and a dialog has the colours of the desk.
  if ((await page.getByRole('dialog').count()) > 0) return await expectAccessible(page, { within: '[role="dialog"]' })
  await expectAccessible(page)
  // The other look in the smallest window of the desktop, which has parts of its own.
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize(SMALL)
  await expectAccessible(page, { only: 'color-contrast' })
  // It shows what waits where, and leaves the case more room than the ladder.
  if (name === 'reports') {
    const { counts, ladder } = await measureDesk(page)
    expect(counts).toBeGreaterThan(4)
    expect(ladder).toBeLessThan(0.42)
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

// In one story: to come to a screen takes as long as to look at it.
test('on every screen axe finds nothing, the focus shows, nothing moves unasked, is told by colour alone or cut off at 400 %', async ({
  page,
  whole,
}) => {
  // Colours on their way from one look to the other are none.
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' })
  await sweep(page, whole, async name => {
    const faults = [...(await askPage<string[]>(page, 'moving')).map(each => `moves: ${each}`), ...(await forced(page))]
    await expectNothingOfAxe(page, name)
    return [...faults, ...(await reflow(page)), ...(await goRound(page))]
  })
  // Who asks the system for more contrast gets words that are as dark as the others.
  const token = (name: string) =>
    page.evaluate(`getComputedStyle(document.documentElement).getPropertyValue('${name}')`)
  expect(await token('--text-soft')).not.toBe(await token('--text'))
  await page.emulateMedia({ contrast: 'more' })
  expect(await token('--text-soft')).toBe(await token('--text'))
})

test('a screen reader is told of decisions, once each, and of nothing that merely ticks', async ({ page, whole }) => {
  const { url } = await whole.web('--sample')
  await openDesk(page, url)
  await page.getByRole('listbox').focus()
  // The first reading of the sample server is told; then there is quiet.
  await expect(async () => {
    await askPage<string[]>(page, 'spoken')
    await page.waitForTimeout(1_500)
    expect(await askPage<string[]>(page, 'spoken')).toEqual([])
  }).toPass()
  // Ages tick, the sync goes on, rows pass by: nothing to say.
  await press(page, 'j', 'j', 'k', 'j')
  await page.waitForTimeout(2_500)
  expect(await askPage<string[]>(page, 'spoken')).toEqual([])
  await press(page, '1')
  // The seconds that are left are on the screen, not in the ear.
  await page.waitForTimeout(3_500)
  const armed = await askPage<string[]>(page, 'spoken')
  expect(armed).toEqual([expect.stringMatching(/clos/i)])
  await page.keyboard.press('z')
  await page.waitForTimeout(1_500)
  expect(await askPage<string[]>(page, 'spoken')).toEqual([expect.stringMatching(/taken back/i)])
  await expect(rowsOf(page).first()).toBeVisible()
  // Two things happen at once: both are told.
  await page.evaluate(`for (const key of ['ArrowLeft', 'ArrowRight'])
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey: true, bubbles: true, cancelable: true }))`)
  await expect(spokenOn(page)).toContainText(`${say('fold.all')}${say('fold.none')}`)
  expect(await askPage<string[]>(page, 'spoken')).toEqual([say('fold.all'), say('fold.none')])
})

test.describe('under the pseudo-locale', () => {
  test.use({ locale: 'en-XA' })
  test.beforeAll(() => speak('en-XA', ['en-XA']))
  test.afterAll(() => speak('en', []))
  const rightToLeft = (page: Page) => async (name: string) => {
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
    const faults: string[] = []
    for (const fault of ['plainSentences', 'reflowFaults', 'collisions'])
      faults.push(...(await askPage<string[]>(page, fault)))
    // The smallest window lays the ladder out in another way.
    if (name === 'reports' || name === 'marked') {
      await page.setViewportSize(SMALL)
      faults.push(...(await askPage<string[]>(page, 'collisions')))
      await page.setViewportSize(WIDE)
    }
    return faults
  }
  test('right to left and longer, every sentence comes from a catalogue and has its room', async ({ page, whole }) => {
    await sweep(page, whole, rightToLeft(page))
  })
  test('so it is while one signs in, is asked for more rights, and has two servers', async ({ page, whole }) => {
    const [linden, other] = [await whole.sample(), await whole.sample('--state', OTHER, '--release', '4.3.23')]
    await page.goto((await whole.web()).url)
    const all = serverScreens({ url: linden.url, signInToOther: () => readAs(whole, 'mod1', other.url) })
    await lookAt(page, all, rightToLeft(page))
  })
})
