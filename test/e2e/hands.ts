import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test'

/** How a story is played. By `keyboard` unless it says otherwise: what cannot be reached by Tab cannot be clicked either. */
export type Hands = 'keyboard' | 'mouse'

/** So many things stand on no screen: who has not got there by then never will. */
const MOST_TABS = 400
/** How long to wait for what may be gone, as Playwright takes it. */
type Wait = { timeout?: number }
/** What a press means for an element, whether the focus is there, and about how many steps of Tab it is away. */
type Aim = { how: 'press' | 'space' | 'radio' | 'option'; there: boolean; steps: number }

/** Calls a function of `on-page.js` with the element. Asked anew each time, since the page may draw it again. */
const onPage = async <T>(locator: Locator, name: string, more: unknown = null, wait?: Wait): Promise<T> =>
  await locator.evaluate(
    (node, [call, value]) => Object(globalThis).onPage[call](node, value),
    [name, more] as const,
    wait,
  )

/** Calls a function of `on-page.js` or `looks-on-page.js`. */
export const askPage = async <T>(page: Page, name: string): Promise<T> =>
  await page.evaluate(call => Object(globalThis).onPage[call](), name)

/** Goes to what a locator finds, by Tab and Shift+Tab alone: half of the way at a time, since the page may change meanwhile. */
const reach = async (locator: Locator, wait?: Wait): Promise<void> => {
  await locator.waitFor({ state: 'visible', ...wait })
  const { keyboard } = locator.page()
  for (let tabs = 0; tabs < MOST_TABS; ) {
    const { there, steps } = await onPage<Aim>(locator, 'aim', null, wait)
    if (there) return
    const most = Math.max(1, Math.floor(Math.abs(steps) / 2))
    for (let pressed = 0; pressed < most; pressed++) await keyboard.press(steps < 0 ? 'Shift+Tab' : 'Tab')
    tabs += most
  }
  throw new Error(`${locator} is never reached by Tab`)
}

/**
 * Ticks a radio button of the group that has the focus. It is the focus that the arrows move, and that a person follows: the tick may
 * wait for an answer of the engine, and one arrow more would choose the next button instead.
 */
const pick = async (locator: Locator): Promise<void> => {
  const { keyboard } = locator.page()
  for (let steps = 0; steps < MOST_TABS; steps++) {
    if ((await onPage<Aim>(locator, 'aim')).steps === 0) {
      // Where none was ticked yet, Tab leads to one without ticking it.
      if (steps === 0) await keyboard.press('Space')
      return await expect(locator).toBeChecked()
    }
    await keyboard.press('ArrowDown')
  }
  throw new Error(`${locator} is never reached by arrows`)
}

/** Does by keys what a click would do. */
const activate = async (locator: Locator, wait?: Wait): Promise<void> => {
  await reach(locator, wait)
  const { keyboard } = locator.page()
  const { how } = await onPage<Aim>(locator, 'aim', null, wait)
  if (how === 'press') return await keyboard.press('Enter')
  if (how === 'space') return await keyboard.press('Space')
  if (how === 'radio') return await pick(locator)
  // What is wanted may stand above the current row.
  if (!(await onPage<boolean>(locator, 'isChosen'))) await keyboard.press('Home')
  for (let steps = 0; steps < MOST_TABS; steps++) {
    if (await onPage<boolean>(locator, 'isChosen')) return await keyboard.press('Enter')
    await keyboard.press('ArrowDown')
    await locator.page().waitForTimeout(20)
  }
  throw new Error(`${locator} is never reached by arrows`)
}

/** Chooses in a menu of the system by typing the beginning of its name. */
const choose = async (locator: Locator, wanted: unknown): Promise<void> => {
  await reach(locator)
  const label = await onPage<string>(locator, 'labelOf', String(wanted))
  await locator.page().keyboard.type(label)
  // Typing ahead ends with a pause; what is typed next would belong to it.
  await locator.page().waitForTimeout(50)
}

let hands: Hands = 'keyboard'

type Prototype = { -readonly [Name in keyof Locator]: Locator[Name] }
let patched = false

/** From now on the worker's stories are played so. With the keyboard, what Playwright would do with a mouse is done by keys. */
export const playWith = (page: Page, with_: Hands): void => {
  hands = with_
  if (patched) return
  patched = true
  const prototype: Prototype = Object.getPrototypeOf(page.locator('body'))
  const { click, selectOption, check, uncheck, fill } = prototype
  prototype.click = async function (this: Locator, ...given) {
    return hands === 'mouse' ? await click.apply(this, given) : await activate(this, given[0])
  }
  prototype.selectOption = async function (this: Locator, ...given) {
    if (hands === 'mouse' || typeof given[0] !== 'string') return await selectOption.apply(this, given)
    await choose(this, given[0])
    return [given[0]]
  }
  const tick = (wanted: boolean, original: typeof check) =>
    async function (this: Locator, ...given: Parameters<typeof check>) {
      if (hands === 'mouse') return await original.apply(this, given)
      if ((await this.isChecked()) !== wanted) await activate(this)
    }
  prototype.check = tick(true, check)
  prototype.uncheck = tick(false, uncheck)
  prototype.fill = async function (this: Locator, ...given) {
    if (hands === 'keyboard') await reach(this)
    return await fill.apply(this, given)
  }
  for (const name of ['dblclick', 'hover', 'tap', 'dragTo'] as const) {
    const original = prototype[name] as (...given: unknown[]) => Promise<void>
    const guarded = async function (this: Locator, ...given: unknown[]) {
      if (hands === 'keyboard') throw new Error(`${name} needs a mouse: test.use({ hands: 'mouse' })`)
      return await original.apply(this, given)
    }
    Object.assign(prototype, { [name]: guarded })
  }
}

/** Puts `on-page.js` and `looks-on-page.js` into every page of the context, and keeps what a pointer did there, whoever moved it. */
export const watchPointer = async (context: BrowserContext, tell: (where: string) => void): Promise<void> => {
  await context.exposeBinding('tellPointer', (_, where: string) => tell(where))
  // As one script: the order of several is not promised.
  const scripts = ['on-page.js', 'looks-on-page.js'].map(name => readFileSync(join(import.meta.dirname, name), 'utf8'))
  await context.addInitScript({ content: scripts.join('\n') })
}
