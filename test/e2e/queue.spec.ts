import { expect, type Page } from '@playwright/test'
import { openCases } from './case-ground.ts'
import { expectAccessible, holdFrames, openDesk, openSample, press, rowsOf, test, toRows } from './howdah.ts'

const listbox = (page: Page) => page.getByRole('listbox', { name: 'Reports' })
const dialog = (page: Page) => page.getByRole('dialog')
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search reports' })
const sum = (page: Page) => page.getByText(/\d+ (open|closed), \d+ account/)
const marked = (page: Page) => listbox(page).getByRole('option', { selected: true })
const held = (page: Page) => page.getByRole('region', { name: /^Held/ })
/** What the engine answers can be held back, as a slow or loaded machine does. */
const slowWire = async (page: Page) => {
  let late: (() => void)[] | undefined
  await page.routeWebSocket(/./, socket => {
    const engine = socket.connectToServer()
    engine.onMessage(frame => {
      if (late) late.push(() => socket.send(frame))
      else socket.send(frame)
    })
  })
  return {
    hold: () => {
      late = []
    },
    release: () => {
      for (const tell of late ?? []) tell()
      late = undefined
    },
  }
}
/** The group that rows stand under, by its name. */
const group = (page: Page, name: RegExp) => listbox(page).getByRole('group', { name })

/** Types into the search and waits for the rows found. */
const find = async (page: Page, text: string, reports: RegExp) => {
  await page.keyboard.press('/')
  await expect(search(page)).toBeFocused()
  await page.keyboard.type(text)
  await expect(sum(page)).toHaveText(reports)
  await page.keyboard.press('Enter')
  await expect(listbox(page)).toBeFocused()
}

test('a campaign of 90 is found by its link, named, and decided as one card', async ({ page, whole }) => {
  const { url } = await openCases(whole)
  await openDesk(page, url)
  await toRows(page)
  await find(page, 'gluecksrad-am-fluss.example/start', /^90 open, \d+ accounts/)
  await expect(group(page, /^Same link gluecksrad-am-fluss\.example\/start/)).toHaveCount(1)
  await expectAccessible(page)

  // What is said about it is kept under its key.
  await press(page, 'Shift+n')
  await expect(dialog(page)).toContainText('90 open, 0 closed')
  await expectAccessible(page)
  await dialog(page).getByRole('textbox').fill('spam wave of Tuesday')
  await page.keyboard.press('Control+Enter')
  await expect(dialog(page)).toBeHidden()
  await expect(group(page, /^spam wave of Tuesday · gluecksrad-am-fluss\.example\/start/)).toHaveCount(1)

  // All of it is marked by one key, and spoken; keys act on it while the current row is part of it.
  await press(page, 'Shift+x')
  await expect(page.getByText('90 reports marked').first()).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: '90 reports marked' })).toHaveCount(1)
  await expect(page.getByRole('heading', { name: 'Decide about 90 marked reports' })).toBeVisible()
  // Each rung tells in numbers whom it is about.
  await expect(page.getByRole('button', { name: /Limit ?\d+ accounts are seen by their followers only/ })).toBeVisible()
  await expectAccessible(page)

  // What it does is told before anything is held: a sample with its posts, what is left out, how long it takes.
  await press(page, '4')
  await expect(dialog(page)).toContainText(/\d+ decisions would go out, \d+ reports closed by it/)
  await expect(
    dialog(page)
      .getByText(/gluecksrad-am-fluss/i)
      .first(),
  ).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toBeHidden()
  await expect(marked(page)).toHaveCount(0)
  await expect(held(page)).toContainText(/^Held [1-9]\d.*limiting \d+ at once in.*takes back/i)

  // One key takes all of it back.
  await press(page, 'z')
  await expect(held(page)).toContainText(/limiting \d+: taken back, nothing was sent/i)

  // Armed again, it goes out; at the end no account of it is left alone and its reports are closed.
  await press(page, 'Shift+x', '1')
  await expect(dialog(page)).toContainText('90 decisions would go out')
  await page.keyboard.press('Enter')
  await expect(held(page)).toContainText(/90/)
  await expect
    .poll(async () => JSON.parse((await whole.howdah(['reports', '--json', '--state', 'resolved'])).out).length, {
      timeout: 90_000,
    })
    .toBeGreaterThan(60)
})

test('a brigade against one member is recognised by its numbers and dismissed', async ({ page, whole }) => {
  await openSample(page, whole)
  await toRows(page)
  await find(page, '@henriette', /^4\d open/)
  const brigade = group(page, /^@henriette on lindenhof\.example/)
  await expect(brigade).toHaveCount(1)
  // The numbers that say so are read whole in any window; the name and the rest give way.
  const says = page.getByText(/^3\d reporters in \d+h · brigade\?$/)
  for (const [width, height] of [
    [1024, 700],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height })
    await expect(says).toBeInViewport({ ratio: 1 })
    expect(await says.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)).toBe(true)
  }
  await expect(page.getByText(/^· \d+ reports$/)).toBeInViewport({ ratio: 1 })
  // Its legal reports stand apart, and are looked at one by one unless all are about one account.
  const row = brigade.getByRole('option').first()
  await row.click()
  // Why it stands there.
  await expect(page.getByText(/^Waiting \d+ hours? · \d+ reporters · 1 of \d+$/)).toBeVisible()
  await press(page, 'Shift+x')
  await expect(page.getByRole('heading', { name: /^Decide about \d+ marked/ })).toBeVisible()
  const count = Number(
    /(\d+)/.exec((await page.getByRole('heading', { name: /^Decide about/ }).textContent()) ?? '')?.[1],
  )
  expect(count).toBeGreaterThan(30)
  await press(page, '1')
  await expect(dialog(page)).toContainText(`${count} decisions would go out`)
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toBeHidden()
  await expect(held(page)).toContainText(/closing \d+ at once/i)
  await expect(brigade.getByRole('option').first()).toContainText(/closing|closed/)
})

test('marks: one by one, a range, by mouse, and nothing acts on what is out of view or on its way', async ({
  page,
  whole,
}) => {
  const wire = await slowWire(page)
  await openSample(page, whole)
  await toRows(page)
  await press(page, 'j', 'x')
  await expect(marked(page)).toHaveCount(1)
  await press(page, 'Shift+j', 'Shift+j')
  await expect(marked(page)).toHaveCount(3)
  await expect(page.getByRole('heading', { name: 'Decide about 3 marked reports' })).toBeVisible()
  // The current row is none of them: keys act on it alone again.
  await press(page, 'j')
  await expect(page.getByRole('heading', { name: /^Decide about @/ })).toBeVisible()
  await expect(marked(page)).toHaveCount(3)
  await press(page, 'Escape')
  await expect(marked(page)).toHaveCount(0)

  const rows = rowsOf(page)
  await rows.nth(2).dispatchEvent('click')
  await rows.nth(6).dispatchEvent('click', { shiftKey: true })
  await expect(marked(page)).toHaveCount(5)
  await rows.nth(4).dispatchEvent('click', { ctrlKey: true })
  await expect(marked(page)).toHaveCount(4)
  // Another list has its own marks.
  await page.getByRole('combobox', { name: 'Category' }).selectOption('spam')
  await expect(marked(page)).toHaveCount(0)
  await page.keyboard.press('Home')
  await expect(page.getByRole('button', { name: 'Filter', exact: true })).toBeVisible()
  await expect(marked(page)).toHaveCount(0)

  await toRows(page)
  // While what is searched for is on its way the last list stands. A key that decides is meant for neither of them.
  wire.hold()
  await page.keyboard.press('/')
  await page.keyboard.type('gluecksrad-am-fluss.example/start')
  await page.keyboard.press('Enter')
  const list = page.getByRole('listbox', { name: 'Reports' })
  await expect(list).toHaveAttribute('aria-busy', 'true')
  await page.keyboard.press('1')
  await page.keyboard.press('Shift+x')
  await page.keyboard.press('1')
  wire.release()
  // A key that marks is meant for what comes, and all of it is marked.
  await expect(page.getByText('90 reports marked').first()).toBeVisible()
  await expect(list).toHaveAttribute('aria-busy', 'false')
  await expect(held(page)).toHaveText(/^Held 0/)
  // Nor does a key decide on the one row alone while the rest of the group is being marked, or when that comes to nothing.
  await press(page, 'Escape')
  wire.hold()
  await page.keyboard.press('Shift+x')
  await page.keyboard.press('1')
  wire.release()
  await expect(dialog(page)).toContainText('90 decisions would go out')
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
  await press(page, 'Escape')
  await expect(marked(page)).toHaveCount(0)
  wire.hold()
  await page.keyboard.press('Shift+x')
  await page.keyboard.press('/')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('@henriette')
  await page.keyboard.press('Enter')
  wire.release()
  await expect(sum(page)).toHaveText(/^4\d open/)
  await expect(marked(page)).toHaveCount(0)
  await expect(page.getByRole('main').getByText(/reports? marked/)).toHaveCount(0)
  await expect(held(page)).toHaveText(/^Held 0/)
})

test('filters narrow the queue, a view keeps them, and the way back is one press', async ({ page, whole }) => {
  await openSample(page, whole)
  await toRows(page)
  const all = await sum(page).textContent()
  await page.getByRole('button', { name: 'Filter' }).click()
  await expect(dialog(page)).toBeVisible()
  await expectAccessible(page)
  await dialog(page).getByLabel('Language of a post').selectOption({ index: 1 })
  await page.keyboard.press('Escape')
  await expect(sum(page)).not.toHaveText(all ?? '')
  const narrowed = await sum(page).textContent()
  await expect(page.getByRole('button', { name: '1 filter' })).toBeVisible()
  await expectAccessible(page)
  // One account among those with the most reports, named in its chip, and taken away by it.
  await page.getByRole('button', { name: '1 filter' }).click()
  await dialog(page).getByLabel('Account reported').selectOption({ index: 1 })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^@.* no longer$/ }).click()
  await expect(sum(page)).toHaveText(narrowed ?? '')
  // What nobody has is a choice beside the moderators, with its count.
  await page.getByRole('button', { name: '1 filter' }).click()
  await dialog(page).getByLabel('Assigned to').selectOption('nobody')
  await expect(dialog(page).getByLabel('Assigned to').getByRole('option', { selected: true })).toHaveText(/^Nobody.*\d/)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'with nobody no longer' }).click()
  await expect(sum(page)).toHaveText(narrowed ?? '')

  await page.getByRole('button', { name: 'Keep as a view' }).click()
  await dialog(page).getByLabel('Name').fill('Mine to read')
  await page.keyboard.press('Enter')
  const rail = page.getByRole('navigation', { name: 'Servers and queues' })
  await expect(rail.getByRole('link', { name: 'Mine to read' })).toHaveAttribute('aria-current', 'page')
  // Out of it, the queue is whole; and back in it.
  await rail.getByRole('link', { name: /^Reports/ }).click()
  await expect(sum(page)).toHaveText(all ?? '')
  await rail.getByRole('link', { name: 'Mine to read' }).click()
  await expect(sum(page)).toHaveText(narrowed ?? '')

  await page.getByRole('button', { name: 'Rename or remove' }).click()
  await expectAccessible(page)
  await dialog(page).getByLabel('Name').fill('To read')
  await page.keyboard.press('Enter')
  await expect(rail.getByRole('link', { name: 'To read' })).toBeVisible()
  await page.getByRole('button', { name: 'Rename or remove' }).click()
  await dialog(page).getByRole('button', { name: 'Remove the view' }).click()
  await expect(rail.getByRole('link', { name: 'To read' })).toBeHidden()
  await expect(dialog(page)).toBeHidden()

  await page.keyboard.press('/')
  await expect(search(page)).toBeFocused()
  await page.keyboard.type('nothing has these words')
  await expect(page.getByText('No report matches what you look for')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Show all again' }).first().click()
  await expect(sum(page)).toHaveText(all ?? '')
})

test('a snoozed report leaves the queue with its reason, and comes back by hand', async ({ page, whole }) => {
  await openSample(page, whole)
  await toRows(page)
  await press(page, 'j')
  // Typed in the same breath, before any frame.
  const letFramesGo = await holdFrames(page)
  await page.keyboard.press('s')
  await page.keyboard.type('an answer')
  await expect(dialog(page).getByRole('textbox', { name: 'Waiting for' })).toHaveValue('an answer')
  await letFramesGo()
  await expectAccessible(page)
  await page.keyboard.type(' until Friday')
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toBeHidden()
  // It keeps its place in the list on screen, and the desk goes on.
  await expect(rowsOf(page).filter({ hasText: 'an answer until Friday' })).toHaveCount(1)
  const rail = page.getByRole('navigation', { name: 'Servers and queues' })
  await expect(rail.getByRole('link', { name: /^Snoozed/ })).toContainText('1')
  await rail.getByRole('link', { name: /^Snoozed/ }).click()
  await expect(rowsOf(page)).toHaveCount(1)
  await listbox(page).focus()
  await press(page, 's')
  await dialog(page).getByRole('button', { name: 'Bring it back now' }).click()
  await expect(rail.getByRole('link', { name: /^Snoozed/ })).toContainText('0')
})
