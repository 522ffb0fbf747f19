import { once } from 'node:events'
import { createServer } from 'node:http'
import { type Browser, chromium, type Page } from '@playwright/test'
import { z } from 'zod'
import { browserArgs, browserPath } from '../test/e2e/browser.ts'
import { builtDoor, endDoor, startDoor } from './desk.ts'
import { type Figure, figure, notMeasured, quantile } from './figure.ts'
import { type Size, seededCopy, sizes } from './seed.ts'

const [TURNS, TARGET_MS] = [7, 1000]

/**
 * Ends in the frame that draws the first row. Watched for in the page: Playwright's own wait looks after 20, 50, 100, 100 and then every
 * 500 ms, and would round a launch up by as much.
 */
const seeFirstRow = (page: Page) =>
  page.evaluate(`new Promise(seen => {
    const look = () => {
      const row = document.querySelector('[role=option]:not([aria-label])')
      const box = row?.getBoundingClientRect()
      if (box && box.width > 0 && box.height > 0) seen()
      else requestAnimationFrame(look)
    }
    look()
  })`)

/** Opens a page, as a new window does, until its first row can be read. */
const readFirstRow = async (browser: Browser, address: string) => {
  const page = await browser.newPage()
  await page.goto(address, { waitUntil: 'commit' })
  await seeFirstRow(page)
}

/** From the start of the door's process, with the browser's beside it, to the first row that can be read. */
const launch = async (folder: string, script: string, executablePath: string) => {
  const begun = performance.now()
  const [{ child, address }, browser] = await Promise.all([
    startDoor(folder, script),
    chromium.launch({ executablePath, args: browserArgs() }),
  ])
  const started = performance.now() - begun
  await readFirstRow(browser, address)
  const took = performance.now() - begun
  await browser.close()
  await endDoor(child)
  return { took, started }
}

/** The same with a page of one word, from a server that is there already: no launch on this machine can take less. */
const launchEmpty = async (executablePath: string) => {
  const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<p role=option>Row'))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = z.object({ port: z.int() }).parse(server.address())
  const begun = performance.now()
  const browser = await chromium.launch({ executablePath, args: browserArgs() })
  await readFirstRow(browser, `http://127.0.0.1:${port}`)
  const took = performance.now() - begun
  await browser.close()
  server.close()
  return took
}

const figureAt = async (size: Size): Promise<Figure> => {
  const name = `launch to first row, ${size.reports.toLocaleString('en')} reports`
  const [script, browser] = [builtDoor(), browserPath()]
  if (script === null)
    return notMeasured(name, 'ms', TARGET_MS, 'out/ is not there or older than the sources: run `npm run build`')
  if (browser === undefined) return notMeasured(name, 'ms', TARGET_MS, 'no Chromium here: set CHROMIUM_PATH')
  using copy = seededCopy(size)
  const turns: { took: number; started: number; empty: number }[] = []
  for (let turn = -1; turn < TURNS; turn++) {
    // By turns: a machine that others share is not as fast from one minute to the next.
    const one = { ...(await launch(copy.path, script, browser)), empty: await launchEmpty(browser) }
    if (turn >= 0) turns.push(one)
  }
  const median = (of: 'took' | 'started' | 'empty') =>
    quantile(
      turns.map(turn => turn[of]),
      0.5,
    )
  return figure(name, median('took'), 'ms', {
    target: TARGET_MS,
    context: `door's process and headless Chromium started together (both there after ${Math.round(median('started'))}; the rest is a new browser context and the page's scripts, which ask the engine meanwhile), median of ${TURNS} after one to warm up, longest ${Math.round(Math.max(...turns.map(turn => turn.took)))}; an empty page in the same browser takes ${Math.round(median('empty'))}; ${size.accounts} accounts`,
  })
}

/** From the command to the first row on screen. */
export const benches = async (): Promise<Figure[]> => {
  const found: Figure[] = []
  for (const size of sizes) found.push(await figureAt(size))
  return found
}
