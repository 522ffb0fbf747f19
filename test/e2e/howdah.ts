import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { askPage, type Hands, playWith, watchPointer } from './hands.ts'
import { listed } from './screen.ts'

/** A program that runs until its test ends. */
type Running = { line: string; process: ChildProcess; kill(signal?: NodeJS.Signals): Promise<void> }

const CONTROL = 'control-of-this-test'

const ended = (child: ChildProcess) =>
  new Promise<void>(resolve =>
    child.exitCode !== null || child.signalCode !== null ? resolve() : child.once('exit', () => resolve()),
  )

/** Starts a program and waits for the one line that it prints when it is ready. */
const start = async (command: string, args: string[]): Promise<Running> => {
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
    // A group of its own, so that what npm started ends with it.
    detached: true,
  })
  let said = ''
  child.stderr.on('data', data => {
    said += data
  })
  const line = await new Promise<string>((resolve, reject) => {
    let out = ''
    child.stdout.on('data', data => {
      out += data
      const ready = out
        .split('\n')
        .slice(0, -1)
        .find(one => one.includes('http://'))
      if (ready !== undefined) resolve(ready)
    })
    child.once('exit', code => reject(new Error(`${args.join(' ')} ended with ${code}: ${said}`)))
  })
  const kill = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, signal)
    await ended(child)
  }
  return { line, process: child, kill }
}

const addressIn = (line: string) => /http:\/\/\S+/.exec(line)?.[0] ?? ''

/** What a test of the whole is given: programs that end with it, and a data folder. */
export type Whole = {
  data: string
  /** The sample server of the command line, with its remote control. */
  sample(
    ...args: string[]
  ): Promise<{ url: string; control(method: string, path: string, body?: object): Promise<unknown> }>
  /** The loopback door on the data folder, by the built output: a signal reaches the process itself. */
  web(...args: string[]): Promise<{ url: string; kill(signal?: NodeJS.Signals): Promise<void> }>
  /** A command of README, through npm. */
  npm(...args: string[]): Promise<{ url: string; kill(signal?: NodeJS.Signals): Promise<void> }>
  /** Sets how long decisions are held, in seconds, as the settings do: for stories that only wait for windows to end. */
  hold(seconds: number): void
  /** One command on the data folder, to its end. */
  howdah(
    args: string[],
    input?: string,
    env?: Record<string, string>,
  ): Promise<{ code: number; out: string; err: string }>
}

/** The test of stories: by the keyboard alone, with programs, and a page that breaks no policy and throws nothing. */
export const test = base.extend<{ hands: Hands; whole: Whole }>({
  hands: ['keyboard', { option: true }],
  whole: async ({ page, hands }, use) => {
    const data = mkdtempSync(join(tmpdir(), 'howdah-e2e-'))
    const running: Running[] = []
    const faults: string[] = []
    playWith(page, hands)
    await watchPointer(page.context(), where => {
      if (hands === 'keyboard') faults.push(`a pointer was used on ${where}`)
    })
    page.on('pageerror', error => faults.push(error.message))
    page.on(
      'console',
      message => message.type() === 'error' && /policy|Trusted/i.test(message.text()) && faults.push(message.text()),
    )
    const begin = async (command: string, args: string[]) => {
      const one = await start(command, args)
      running.push(one)
      return { url: addressIn(one.line), kill: one.kill }
    }
    await use({
      data,
      sample: async (...args) => {
        const { url } = await begin(process.execPath, ['out/main/cli.js', 'sample', '--control', CONTROL, ...args])
        const control = async (method: string, path: string, body?: object): Promise<unknown> => {
          const answer = await fetch(`${url}/__sample/${path}`, {
            method,
            headers: { 'x-sample-control': CONTROL, 'content-type': 'application/json' },
            ...(body ? { body: JSON.stringify(body) } : {}),
          })
          expect(answer.status).toBeLessThan(300)
          return await answer.json()
        }
        return { url, control }
      },
      web: (...args) => {
        const folder = args.includes('--data') ? [] : ['--data', data]
        return begin(process.execPath, ['out/main/web.js', '--no-open', ...folder, ...args])
      },
      npm: (...args) => begin('npm', [...args, '--no-open', '--data', data]),
      hold: seconds => {
        const vault = new Database(join(data, 'vault.db'))
        vault.prepare("INSERT OR REPLACE INTO setting VALUES ('graceSeconds', ?)").run(JSON.stringify(seconds))
        vault.close()
      },
      howdah: async (args, input = '', env = {}) => {
        const child = spawn(process.execPath, ['out/main/cli.js', ...args, '--data', data], {
          stdio: ['pipe', 'pipe', 'pipe'],
          env: { ...process.env, ...env },
        })
        let [out, err] = ['', '']
        child.stdout.on('data', text => {
          out += text
        })
        child.stderr.on('data', text => {
          err += text
        })
        child.stdin.end(input)
        await ended(child)
        return { code: child.exitCode ?? -1, out, err }
      },
    })
    for (const one of running.reverse()) await one.kill('SIGKILL')
    rmSync(data, { recursive: true, force: true })
    expect(faults).toEqual([])
  },
})

/** The rows of the queue, without the heads of its groups. */
export const rowsOf = (page: Page) => page.getByRole('listbox').getByRole('option')

/** What a screen reader is given to speak. */
export const spokenOn = (page: Page) => page.locator('body > [role="status"]')

/** Opens the desk at a fresh code and waits for its first row. */
export const openDesk = async (page: Page, url: string) => {
  await page.goto(url)
  await expect(rowsOf(page).first()).toBeVisible()
}

/** Opens the desk on the sample server that comes with it, once everything there has been read. */
export const openSample = async (page: Page, whole: Whole) => {
  const { url } = await whole.web('--sample')
  await whole.howdah(['sync'])
  await openDesk(page, url)
}

/** Goes to the rows of the queue, of which one is the current. */
export const toRows = async (page: Page) => {
  await page.getByRole('listbox', { name: 'Reports' }).focus()
  await expect(page.locator('[role=option][aria-current=true]')).toBeVisible()
}

/**
 * WCAG 2.2 AA and best practice, by axe: nothing found. Legacy mode is for pages without frames; there axe is read twice each time unless it
 * is there, and where all that is well was looked at need not be told. Together that takes a third of the time.
 */
export const expectAccessible = async (page: Page, { only, within }: { only?: string; within?: string } = {}) => {
  await askPage(page, 'faded')
  const isThere = await page.evaluate('typeof axe === "object"')
  const axe = new AxeBuilder(isThere ? { page, axeSource: '0' } : { page }).setLegacyMode()
  axe.options({ rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] })
  if (within !== undefined) axe.include(within)
  if (only !== undefined) axe.withRules(only)
  const { violations } = await axe.analyze()
  expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map(node => node.target.join(' ')) }))).toEqual([])
}

/** A quick hand: what a person needs at least between two keys. Keys act on what one sees, so the list and the case must be there first. */
const HAND_MS = 120

/** Presses keys on the case in view, each when the case that it is meant for is shown. */
export const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) {
    await page.waitForTimeout(HAND_MS)
    await listed(page)
    await expect(page.locator('section[aria-labelledby="case-h"][aria-busy="false"]')).toBeVisible()
    await page.keyboard.press(key)
  }
}

/** Lets no frame be drawn until the answer is called, as on a machine that has much to do: keys come in meanwhile. */
export const holdFrames = async (page: Page): Promise<() => Promise<void>> => {
  await page.evaluate(`{
    const frame = requestAnimationFrame
    const late = []
    requestAnimationFrame = run => late.push(run)
    window.letFramesGo = () => {
      requestAnimationFrame = frame
      late.forEach(run => frame(run))
    }
  }`)
  return () => page.evaluate('letFramesGo()')
}
