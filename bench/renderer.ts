import { type CDPSession, chromium, type Page } from '@playwright/test'
import { browserPath } from './browser-path.ts'
import { builtDoor, endDoor, startDoor } from './desk.ts'
import { type Figure, figure, notMeasured, quantile } from './figure.ts'
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

/** How long after a press or a letter the page shows what it asked for, in its own time: no way to the browser and back in it. */
const timedOn = (page: Page, act: { selector: string; key?: string; text?: string }): Promise<number> =>
  page.evaluate(async ({ selector, key, text }) => {
    const { document, performance, requestAnimationFrame, KeyboardEvent, Event, HTMLInputElement, MutationObserver } =
      Object(globalThis)
    const shown = () => document.querySelector(selector)?.textContent ?? ''
    const before = shown()
    const begun = performance.now()
    const changed = new Promise<number>(resolve => {
      const done = () => {
        if (shown() === before) return
        observer.disconnect()
        requestAnimationFrame(() => resolve(performance.now() - begun))
      }
      const observer = new MutationObserver(done)
      observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
      setTimeout(() => {
        observer.disconnect()
        resolve(Number.NaN)
      }, 5_000)
    })
    if (key !== undefined) {
      const target = document.activeElement ?? document.body
      target.dispatchEvent(
        new KeyboardEvent('keydown', { key, code: `Key${key.toUpperCase()}`, bubbles: true, cancelable: true }),
      )
    }
    if (text !== undefined) {
      const field = document.querySelector('input[type=search]')
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text)
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    return await changed
  }, act)

const settle = (page: Page) => page.locator('section[aria-labelledby="case-h"][aria-busy="false"]').waitFor()
const CASE = 'section[aria-labelledby="case-h"][aria-busy="false"] #case-h'
const SUM = '[role=listbox]'

const heapMb = async (cdp: CDPSession): Promise<number> => {
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  return usedSize / 1_048_576
}

const figures = async (page: Page, context: string): Promise<Figure[]> => {
  const found: Figure[] = []
  await page.locator('[role=option]:not([aria-label])').first().waitFor()
  await page.getByRole('listbox').focus()
  await watchTasks(page)

  // From the key to the next case with its name and ladder.
  const steps: number[] = []
  for (let turn = 0; turn < 80; turn++) {
    const took = await timedOn(page, { selector: CASE, key: 'j' })
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
  const frames = await page.evaluate(async () => {
    const { document, requestAnimationFrame } = Object(globalThis)
    const box = document.querySelector('[role=listbox]')
    let n = 0
    // A wheel's pace first, then leaps over the whole list.
    for (const step of [...Array<number>(200).fill(120), ...Array<number>(200).fill(box.scrollHeight / 200)]) {
      box.scrollTop += step
      if (n === 199) box.scrollTop = 0
      n++
      await new Promise(resolve => requestAnimationFrame(resolve))
    }
    return n
  })
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
    for (const typed of [text, '']) {
      const took = await timedOn(page, { selector: SUM, text: typed })
      if (typed !== '' && !Number.isNaN(took)) searches.push(took)
      await page.waitForTimeout(150)
    }
  found.push(
    figure(`search to rows, p95${AT}`, quantile(searches, 0.95), 'ms', {
      target: 100,
      context: `${searches.length} texts, from the letter to the frame with other rows; p50 ${Math.round(quantile(searches, 0.5))}, longest ${Math.round(Math.max(...searches))}; ${context}`,
    }),
  )
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
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
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
