import { type CDPSession, chromium, type Page } from '@playwright/test'
import { browserArgs, browserPath } from '../test/e2e/browser.ts'
import { builtDoor, endDoor, startDoor } from './desk.ts'
import { type Figure, figure, notMeasured, quantile } from './figure.ts'
import { CASE, picked, READY, ROWS, settle, timedOn, typed } from './page.ts'
import { seededCopy, sizes } from './seed.ts'

const [, size] = sizes
const AT = `, ${size.reports.toLocaleString('en')} reports`
const HOUR_MS = 3_600_000

/** Tasks of the page that took longer than a person does not notice, since this was put into it. */
const watchTasks = (page: Page) =>
  page.evaluate(() => {
    const told: number[] = []
    const { PerformanceObserver: Observer } = Object(globalThis)
    Object.assign(globalThis, { longTasks: told })
    const note = (list: { getEntries(): { duration: number }[] }) =>
      told.push(...list.getEntries().map(({ duration }) => duration))
    new Observer(note).observe({ entryTypes: ['longtask'] })
  })
const longTasks = (page: Page): Promise<number[]> => page.evaluate(() => Object(globalThis).longTasks.splice(0))

const heapMb = async (cdp: CDPSession): Promise<number> => {
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  return usedSize / 1_048_576
}

/** A wheel's pace first, then leaps over the whole list; answers how many frames that took. */
const scrollThrough = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const { document, requestAnimationFrame } = Object(globalThis)
    const box = document.querySelector('[role=listbox]')
    let n = 0
    for (const step of [...Array<number>(200).fill(120), ...Array<number>(200).fill(box.scrollHeight / 200)]) {
      box.scrollTop += step
      if (n === 199) box.scrollTop = 0
      n++
      await new Promise(resolve => requestAnimationFrame(resolve))
    }
    return n
  })

/** Which of the ladder's keys would decide this case at once, or after its sheet. */
const open = (page: Page): Promise<string[]> =>
  page.evaluate(ready => {
    const { document } = Object(globalThis)
    const rungs: { ariaDisabled: string | null; ariaKeyShortcuts: string }[] = [
      ...document.querySelectorAll(`${ready} button[aria-disabled][aria-keyshortcuts]`),
    ]
    return rungs.filter(rung => rung.ariaDisabled === 'false').map(rung => rung.ariaKeyShortcuts)
  }, READY)

/** Ten cases closed, five limited and five suspended by their keys; what is waited for is each key until the page is ready for the next. */
const decideTwenty = async (page: Page, context: string): Promise<Figure[]> => {
  await page.goto(new URL('#/reports', page.url()).href)
  await page.getByRole('listbox').focus()
  await settle(page)
  const wanted = ['1', '4', '1', '6', '1', '4', '1', '6', '1', '4', '1', '6', '1', '4', '1', '6', '1', '4', '1', '6']
  const waits: number[] = []
  const needed: number[] = []
  let presses = 0
  const wait = async (selector: string, key: string) => {
    const took = await timedOn(page, selector, () => page.keyboard.press(key))
    waits.push(took)
    presses++
    return took
  }
  for (let looked = 0; wanted.length > 0 && looked < 80; looked++) {
    const can = await open(page)
    const at = wanted.findIndex(key => can.includes(key))
    const key = wanted[at]
    if (key === undefined) {
      await timedOn(page, CASE, () => page.keyboard.press('j'))
      continue
    }
    wanted.splice(at, 1)
    const took = key === '6' ? (await wait('[data-sheet]', key)) + (await wait(CASE, 'Enter')) : await wait(CASE, key)
    needed.push(took)
  }
  if (wanted.length > 0 || needed.some(Number.isNaN)) {
    const why = `${wanted.length} of 20 were not decided, ${needed.filter(Number.isNaN).length} led to no next case`
    return [notMeasured(`deciding 20 reports in the page, in all${AT}`, 'ms', 1000, why)]
  }
  const sum = needed.reduce((all, one) => all + one, 0)
  const how = `10 closed, 5 limited, 5 suspended in a cold queue with ${presses} key presses; each from its key to the frame in which the page is ready for the next; ${context}`
  return [
    figure(`deciding 20 reports in the page, in all${AT}`, sum, 'ms', { target: 1000, context: how }),
    figure(`deciding 20 reports in the page, a key, p95${AT}`, quantile(waits, 0.95), 'ms', {
      target: 50,
      context: `p50 ${Math.round(quantile(waits, 0.5))}, longest ${Math.round(Math.max(...waits))}; ${how}`,
    }),
  ]
}

/** The open reports by account, each group folded to its head, scrolled through; then as they were. */
const scrollFolded = async (page: Page, context: string): Promise<Figure> => {
  const group = async (by: string, key: string) => {
    await page.getByRole('radio', { name: by, exact: true }).check()
    await page.getByRole('listbox').focus()
    await settle(page)
    await page.keyboard.press(key)
    await page.waitForTimeout(1_000)
  }
  await group('Target', 'Shift+ArrowLeft')
  const heads = await page.getByRole('listbox').evaluate(box => box.scrollHeight)
  await longTasks(page)
  const frames = await scrollThrough(page)
  await page.waitForTimeout(500)
  const tasks = await longTasks(page)
  await page.keyboard.press('Shift+ArrowRight')
  await group('Campaign', 'Shift+ArrowRight')
  return figure(`tasks over 50 ms while scrolling folded groups${AT}`, tasks.length, 'tasks', {
    target: 0,
    context: `${frames} frames through the open reports by account, all groups folded, ${heads} px of heads; a wheel's pace and leaps over all; longest ${Math.round(Math.max(0, ...tasks))} ms; ${context}`,
  })
}

const figures = async (page: Page, context: string): Promise<Figure[]> => {
  const found: Figure[] = []
  await page.locator('[role=option]:not([aria-label])').first().waitFor()
  await page.getByRole('listbox').focus()
  await watchTasks(page)

  // From the key to the next case with its name and ladder.
  const steps: number[] = []
  for (let turn = 0; turn < 80; turn++) {
    const took = await timedOn(page, CASE, () => page.keyboard.press('j'))
    await settle(page)
    if (turn >= 20 && !Number.isNaN(took)) steps.push(took)
  }
  found.push(
    figure(`key to next case, p95${AT}`, quantile(steps, 0.95), 'ms', {
      target: 50,
      context: `${steps.length} presses of j, from the key to the frame in which the next case stands there, in the page's own time; p50 ${Math.round(quantile(steps, 0.5))}, longest ${Math.round(Math.max(...steps))}; ${context}`,
    }),
  )

  // All closed reports, scrolled through from one end to the other.
  await page.goto(new URL('#/reports/closed', page.url()).href)
  await page.getByRole('heading', { name: 'Closed', level: 1 }).waitFor()
  await page.locator('[role=option]:not([aria-label])').first().waitFor()
  await page.waitForTimeout(1_000)
  await longTasks(page)
  const frames = await scrollThrough(page)
  await page.waitForTimeout(500)
  const tasks = await longTasks(page)
  found.push(
    figure(`tasks over 50 ms while scrolling${AT}`, tasks.length, 'tasks', {
      target: 0,
      context: `${frames} frames through the closed reports, a wheel's pace and leaps over all; longest ${Math.round(Math.max(0, ...tasks))} ms; ${context}`,
    }),
  )

  // Search and filter, from the letter to the rows.
  await page.goto(new URL('#/reports', page.url()).href)
  await page.getByRole('heading', { name: 'Reports', level: 1 }).waitFor()
  await settle(page)
  const searches: number[] = []
  for (const text of [
    'link',
    'shop',
    '宣伝',
    'رابط',
    'card',
    'werbung',
    'prizes',
    'u1',
    'same',
    'fotos',
    'même',
    'agent1',
  ])
    for (const said of [text, '']) {
      const took = await timedOn(page, ROWS, () => typed(page, said))
      if (said !== '' && !Number.isNaN(took)) searches.push(took)
      await page.waitForTimeout(150)
    }
  found.push(
    figure(`search to rows, p95${AT}`, quantile(searches, 0.95), 'ms', {
      target: 100,
      context: `${searches.length} texts, from the letter to the frame with other rows; p50 ${Math.round(quantile(searches, 0.5))}, longest ${Math.round(Math.max(...searches))}; ${context}`,
    }),
  )

  // By account, rule, origin, source, language, age and assignee, and back to all.
  await page.getByRole('button', { name: /^Filter/ }).click()
  await page.waitForFunction(() => Object(globalThis).document.querySelectorAll('[role=dialog] option').length > 40)
  const filters: number[] = []
  for (const menu of [0, 1, 2, 3, 4, 5, 6])
    for (const option of [1, 0, 2, 0]) {
      const took = await timedOn(page, ROWS, () => picked(page, menu, option))
      if (!Number.isNaN(took)) filters.push(took)
      await page.waitForTimeout(150)
    }
  await page.keyboard.press('Escape')
  found.push(
    figure(`filter to rows, p95${AT}`, quantile(filters, 0.95), 'ms', {
      target: 100,
      context: `${filters.length} choices in the seven menus and back to all, from the choice to the frame with other rows; p50 ${Math.round(quantile(filters, 0.5))}, longest ${Math.round(Math.max(...filters))}; ${context}`,
    }),
  )
  found.push(...(await decideTwenty(page, context)))
  found.push(await scrollFolded(page, context))
  return found
}

/** Looks at cases, searches, changes screens, decides and takes back, as in an hour: some two hundred acts an hour are much. */
const spendAnHour = async (page: Page): Promise<number> => {
  let acts = 0
  await page.getByRole('listbox').focus()
  for (let round = 0; round < 12; round++) {
    for (let n = 0; n < 12; n++, acts++) {
      await page.keyboard.press('j')
      await settle(page)
    }
    await page.keyboard.press('3')
    await page.keyboard.press('z')
    await page.keyboard.press('/')
    await page.keyboard.type('link')
    await page.waitForTimeout(150)
    await page.keyboard.press('Escape')
    for (const key of ['l', 'd', 's', 'a', 'r']) {
      await page.keyboard.press('g')
      await page.keyboard.press(key)
      await page.waitForTimeout(200)
    }
    await page.getByRole('searchbox').fill('')
    await page.getByRole('listbox').focus()
    await settle(page)
    acts += 9
  }
  return acts
}

/** What the page itself does in a real Chromium, over the door as it is delivered. */
export const benches = async (): Promise<Figure[]> => {
  const [script, executablePath] = [builtDoor(), browserPath()]
  const why =
    script === null
      ? 'out/ is not there or older than the sources: run `npm run build`'
      : 'no Chromium here: set CHROMIUM_PATH'
  if (script === null || executablePath === undefined) return [notMeasured(`renderer${AT}`, 'ms', null, why)]
  using copy = seededCopy(size)
  const { child, address } = await startDoor(copy.path, script)
  const browser = await chromium.launch({ executablePath, args: browserArgs() })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
  try {
    await page.goto(address, { waitUntil: 'commit' })
    const cdp = await page.context().newCDPSession(page)
    const context = `${size.accounts} accounts; headless Chromium over the loopback door`
    const found = await figures(page, context)
    const begun = await heapMb(cdp)
    const acts = await spendAnHour(page)
    const after = await heapMb(cdp)
    found.push(
      figure(`renderer heap after an hour's use${AT}`, after, 'MB', {
        target: 150,
        context: `after ${acts} acts (cases, searches, screens, decisions taken back), as many as of a busy hour, without its ${HOUR_MS / 60_000} minutes; garbage collected first; ${Math.round(begun)} MB before; ${context}`,
      }),
    )
    return found
  } finally {
    await browser.close()
    await endDoor(child)
  }
}
