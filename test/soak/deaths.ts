import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { doorWords } from '../../bin/built.mjs'
import { startSampleServer } from '../../src/main/sample/server.ts'
import { browserArgs, findBrowser } from '../e2e/browser.ts'
import { allDecisions, judge } from '../engine/crash-ground.ts'
import { tempFolder } from '../engine/ground.ts'
import { engineOf } from './engine-of.ts'

/** What dies: the page's process, the door's, or the engine's thread within that. */
const kinds = ['page', 'door', 'thread'] as const

/** Read first by the door and its thread. As it stands each of them would first load what reads TypeScript: 200 ms that no door takes. */
const mortal = `data:text/javascript,${encodeURIComponent(
  stripTypeScriptTypes(readFileSync(new URL('../engine/mortal-thread.ts', import.meta.url), 'utf8')),
)}`

/** The built loopback door in a process of its own; `newAddress` is Enter in its terminal. */
const startDoor = async (folder: string) => {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', mortal, ...doorWords, '--no-open', '--data', folder],
    { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C' } },
  )
  const heard: ((address: string) => void)[] = []
  const address = () => new Promise<string>(resolve => heard.push(resolve))
  const first = address()
  for (const stream of [child.stdout, child.stderr])
    if (stream)
      createInterface({ input: stream }).on('line', line => {
        const found = /http:\/\/127\S+/.exec(line)?.[0]
        if (found !== undefined) heard.shift()?.(found)
      })
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  return {
    address: await first,
    newAddress: () => {
      const next = address()
      child.stdin?.write('\n')
      return next
    },
    kill: async (signal: 'SIGKILL' | 'SIGTERM') => {
      child.kill(signal)
      await gone
    },
    killThread: () => child.kill('SIGUSR2'),
  }
}

const field = (page: Page) => page.getByRole('region', { name: 'Notes' }).getByRole('textbox')

/** Ends in the frame that draws the account: Playwright's own wait looks every 500 ms in the end, and would be measured with it. */
const seeAccount = (page: Page) =>
  page.evaluate(`new Promise(seen => {
    const look = () => {
      const account = document.querySelector('section[aria-labelledby="account-page-h"][aria-busy="false"]')
      if (account?.checkVisibility()) seen()
      else requestAnimationFrame(look)
    }
    look()
  })`)

/** Opens the page of an account, and the field of a note on it, with what stands in that. */
const openField = async (page: Page, address: string, hash: string): Promise<string> => {
  await page.goto(`${address}${hash}`, { waitUntil: 'commit' })
  await seeAccount(page)
  await page.keyboard.press('n')
  return await field(page).inputValue()
}

const crashPage = async (context: BrowserContext, page: Page) => {
  const session = await context.newCDPSession(page)
  const gone = page.waitForEvent('crash')
  session.send('Page.crash').catch(() => {})
  return await gone
}

/**
 * Somebody writes a note in a real browser, letter after letter, and at a random moment something dies. What stands in the field afterwards,
 * in a new page where the page died, is compared with what was typed; what was armed, with the journal and with what the server received.
 */
export const soakDeaths = async (rounds: number, say: (line: string) => void, counted: Record<string, object>) => {
  const found = {
    deaths: { page: 0, door: 0, thread: 0 },
    letters: 0,
    draftsLost: 0,
    /** Keys that were on the wire when a door died. */
    lettersLost: 0,
    armed: 0,
    lost: 0,
    twice: 0,
    /** From the death to the words on the screen, a new process of the door included, ms. */
    slowest: { page: 0, door: 0, thread: 0 },
    median: {} as Record<string, number>,
    unverified: 0,
  }
  counted.deaths = found
  const server = await startSampleServer({ reports: 600, jobDelay: 0 })
  using folder = tempFolder()
  let door = await startDoor(folder.path)
  const engine = engineOf(folder.path)
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserArgs() })
  const times: Record<(typeof kinds)[number], number[]> = { page: [], door: [], thread: [] }
  const acknowledged: string[] = []
  try {
    const { server: home } = await engine.call('servers.signIn', { url: server.url, token: 'admin' })
    await engine.call('settings.set', { graceSeconds: 30 })
    await engine.call('sync.now', { all: true }, { timeoutMs: 120_000 })
    const free = server.world.reports.all().filter(one => one.actionTakenAt === null)
    const about = free[0]?.targetAccountId ?? ''
    const hash = `#/accounts?${new URLSearchParams({ on: home.key, account: about })}`
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    let page = await context.newPage()
    let typed = await openField(page, door.address, hash)
    for (let round = 0; round < rounds; round++) {
      const kind = kinds[Math.floor(Math.random() * kinds.length)] ?? 'page'
      const report = free[round + 1]
      if (report) {
        const subject = { of: 'report' as const, id: report.id }
        const arming = engine.call('decisions.arm', { server: home.key, subject, kind: 'report.close' })
        acknowledged.push((await arming).decision.id)
      }
      if (typed.length > 1_500) {
        await field(page).selectText()
        await page.keyboard.press('Delete')
        typed = ''
      }
      let writing = true
      const hand = (async () => {
        while (writing) {
          const letter = String.fromCharCode(97 + Math.floor(Math.random() * 26))
          // Where the page dies under a key nobody saw the letter.
          const isTyped = await page.keyboard.press(letter).then(
            () => true,
            () => false,
          )
          if (!isTyped) return
          typed += letter
          found.letters++
          await pause(Math.random() * 60)
        }
      })()
      await pause(100 + Math.random() * 900)
      const began = performance.now()
      // What is typed on into a page whose door is dead stands in that page, which this one leaves.
      let left = typed
      if (kind === 'page') {
        await crashPage(context, page)
        writing = false
        await hand
        page = await context.newPage()
        typed = await compare(await openField(page, await door.newAddress(), hash))
      } else if (kind === 'door') {
        await door.kill('SIGKILL')
        writing = false
        await hand
        door = await startDoor(folder.path)
        typed = await compare(await openField(page, door.address, hash))
      } else {
        door.killThread()
        await pause(50)
        writing = false
        await hand
        left = typed
        const isThere = async () =>
          (await engine.call('drafts.list', {}).catch(() => ({ drafts: [] }))).drafts.some(
            ({ words }) => words.text === typed,
          )
        while (!(await isThere()) && performance.now() - began < 10_000) await pause(10)
        times.thread.push(performance.now() - began)
        typed = await compare(await openField(page, await door.newAddress(), hash))
      }
      found.deaths[kind]++
      async function compare(shown: string): Promise<string> {
        if (kind !== 'thread') times[kind].push(performance.now() - began)
        if (!shown.startsWith(left)) {
          const missing = left.length - shown.length
          say(`deaths: after the ${kind}’s ${missing} of ${left.length} letters are missing`)
          if (shown === '' || !left.startsWith(shown)) found.draftsLost++
          found.lettersLost += Math.max(0, missing)
        }
        return shown
      }
      found.slowest[kind] = Math.round(Math.max(...times[kind]))
      found.median[kind] = Math.round(times[kind].toSorted((a, b) => a - b)[times[kind].length >> 1] ?? 0)
      if ((round + 1) % 20 === 0) say(`deaths: ${JSON.stringify(found)}`)
    }
    found.armed = acknowledged.length
    const { lost, twice } = judge(server, acknowledged, await allDecisions(engine))
    for (const line of [...lost, ...twice]) say(`deaths: ${line}`)
    found.lost = lost.length
    found.twice = twice.length
    if (!(await engine.call('log.verify', {}, { timeoutMs: 60_000 })).ok) found.unverified++
  } finally {
    await browser.close()
    engine.close()
    await door.kill('SIGKILL')
    await server.close()
  }
  return found.draftsLost + found.lost + found.twice + found.unverified
}
