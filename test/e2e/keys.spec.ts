import { expect, type Page } from '@playwright/test'
import { settled } from './case-ground.ts'
import { expectAccessible, openSample, press, rowsOf, test } from './howdah.ts'

/** Presses keys as another layout gives them: `key` is what stands on the cap, `code` the place. The browser makes real events of them. */
const layoutOf = async (page: Page) => {
  const session = await page.context().newCDPSession(page)
  return async (key: string, code: string, held: { shift?: boolean; control?: boolean } = {}) => {
    const modifiers = (held.control ? 2 : 0) + (held.shift ? 8 : 0)
    const text = held.control || key.length > 1 ? '' : key
    await session.send('Input.dispatchKeyEvent', {
      type: text === '' ? 'rawKeyDown' : 'keyDown',
      key,
      code,
      text,
      modifiers,
    })
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code, modifiers })
  }
}
const currentRow = (page: Page) =>
  page.getByRole('listbox').getByRole('option').and(page.locator('[aria-current=true]'))
const placeOf = async (page: Page) => Number(await currentRow(page).getAttribute('aria-posinset'))
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true, level: 1 })
const dialog = (page: Page) => page.getByRole('dialog')

test('AZERTY and Cyrillic hands work the desk: letters by character or place, digits by place', async ({
  page,
  whole,
}) => {
  await openSample(page, whole)
  const list = page.getByRole('listbox')
  await expect(currentRow(page)).toBeVisible()
  await list.focus()
  const at = () => placeOf(page)
  const hit = await layoutOf(page)
  const start = await at()

  // Russian: о lies on J, л on K, п on G, д on L, я on Z; the question mark is Shift and 7.
  await hit('о', 'KeyJ')
  await expect.poll(at).toBe(start + 1)
  await hit('л', 'KeyK')
  await expect.poll(at).toBe(start)
  await hit('?', 'Digit7', { shift: true })
  await expect(dialog(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
  await hit('п', 'KeyG')
  await hit('д', 'KeyL')
  await expect(page.getByRole('heading', { name: 'Log', exact: true })).toBeVisible()
  await hit('п', 'KeyG')
  await hit('к', 'KeyR')
  await expect(rowsOf(page).first()).toBeVisible()

  // AZERTY: digits without Shift are signs; 1 is &.
  await list.focus()
  await settled(page)
  await page.waitForTimeout(150)
  const held = page.getByRole('region', { name: /^Held/ })
  await hit('&', 'Digit1')
  await expect(held).toContainText('closing')
  // z lies on W there, and w on Z: only the first takes back.
  await hit('w', 'KeyZ')
  await expect(held).toContainText('closing')
  await hit('z', 'KeyW')
  await expect(held).not.toContainText('closing')

  // An input method that is putting a character together is left alone.
  const before = await at()
  await hit('Process', 'KeyJ')
  await hit('j', 'KeyJ')
  await expect.poll(at).toBe(before + 1)
})

test('a key can be changed, is refused where another has it, and is shown wherever it stands', async ({
  page,
  whole,
}) => {
  await openSample(page, whole)
  await page.keyboard.press('g')
  await page.keyboard.press(',')
  await expect(heading(page, 'Settings')).toBeVisible()
  const change = page.getByRole('button', { name: 'Change the key of “next”' })
  await change.focus()
  await page.keyboard.press('Enter')
  const listener = page.getByRole('button', { name: 'Press the new key, or Esc' })
  await expect(listener).toBeFocused()
  await page.keyboard.press('z')
  await expect(page.getByRole('alert')).toHaveText(/z already means “take back the last”/)
  await page.keyboard.press('Control+b')
  await expect(page.getByRole('alert')).toHaveText(/kept for the page/)
  await expectAccessible(page)
  await page.keyboard.press('g')
  await expect(page.getByRole('button', { name: 'g then …' })).toBeFocused()
  await page.keyboard.press('l')
  await expect(page.getByRole('alert')).toHaveText(/g l already means “Log”/)
  await page.keyboard.press('e')
  await expect(change).toBeFocused()
  await expect(page.getByRole('status').filter({ hasText: '“next” is e from now on.' })).toBeAttached()

  await page.keyboard.press('g')
  await page.keyboard.press('r')
  const list = page.getByRole('listbox')
  await expect(currentRow(page)).toBeVisible()
  await list.focus()
  const start = await placeOf(page)
  await press(page, 'e')
  await expect.poll(() => placeOf(page)).toBe(start + 1)
  await press(page, 'j')
  await page.waitForTimeout(100)
  expect(await placeOf(page)).toBe(start + 1)
  await page.keyboard.press('?')
  const next = dialog(page).locator('dl > div', { has: page.getByText('next', { exact: true }) })
  await expect(next.locator('kbd').first()).toHaveText('e')
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()

  await page.keyboard.press('g')
  await page.keyboard.press(',')
  await page.getByRole('button', { name: 'All keys as at first' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'All keys as at first' })).toHaveCount(0)
  await page.getByRole('group', { name: 'Single keys' }).getByRole('radio', { name: 'Off', exact: true }).focus()
  await page.keyboard.press('Space')
  await expect(
    page.getByRole('group', { name: 'Single keys' }).getByRole('radio', { name: 'Off', exact: true }),
  ).toBeChecked()
  // Spoken words become keys: now none of them does anything.
  await page.goto(page.url().replace(/#.*/, '#/reports'))
  await expect(rowsOf(page).first()).toBeVisible()
  await list.focus()
  await expect(currentRow(page)).toBeVisible()
  const place = await placeOf(page)
  for (const key of ['j', '1', '6', '?', 'g', 'l']) await page.keyboard.press(key)
  await expect(dialog(page)).toHaveCount(0)
  await expect(heading(page, 'Log')).toHaveCount(0)
  expect(await placeOf(page)).toBe(place)
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => placeOf(page)).toBe(place + 1)
})

test('a key asks little: the next case is here before it, and a decision asks in one breath where it leads', async ({
  page,
  whole,
}) => {
  const asked: string[] = []
  page.on('websocket', socket =>
    socket.on('framesent', ({ payload }) => {
      const frame: { t?: string; m?: string } = JSON.parse(String(payload))
      if (frame.t === 'call' && frame.m) asked.push(frame.m)
    }),
  )
  await openSample(page, whole)
  const caseAndLadder = ['reports.case', 'decisions.ladder']
  /** What is asked after a key, up to the time at which the case that one stays on is read again from its server. */
  const askedAfter = async (key: string) => {
    await settled(page)
    await page.waitForTimeout(1_000)
    asked.length = 0
    await page.keyboard.press(key)
    await page.waitForTimeout(450)
    return asked.splice(0)
  }
  // Heard after the desk's own ear, in the task of the key.
  await page.evaluate(() => {
    const { document, window } = Object(globalThis)
    const busy = () => document.querySelector('section[aria-labelledby="case-h"]').getAttribute('aria-busy')
    const line = () => document.querySelector('[role=listbox]').getAttribute('aria-activedescendant')
    let before = line()
    window.addEventListener('keydown', () => {
      window.atKey = line() === before ? 'nothing yet' : `busy ${busy()}`
      before = line()
    })
  })
  // A look at the server may fall into the time of one press, not of each.
  await expect(async () => {
    expect((await askedAfter('j')).toSorted()).toEqual(['notes.list', ...caseAndLadder].toSorted())
    expect(await page.evaluate(() => Object(globalThis).atKey)).toBe('busy false')
  }).toPass()
  await expect(async () => {
    const [armed, ...rest] = await askedAfter('1')
    expect(armed).toBe('decisions.arm')
    const next = ['reports.place', ...caseAndLadder]
    expect(rest.slice(0, 3).toSorted()).toEqual(next.toSorted())
    const then = ['notes.list', 'decisions.bar', 'batches.list', 'reports.lines', ...caseAndLadder]
    expect(rest.slice(3).toSorted()).toEqual(then.toSorted())
  }).toPass()
})
