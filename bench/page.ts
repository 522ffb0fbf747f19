import type { Page } from '@playwright/test'

/** How long after a press, a letter or a choice the page shows what it asked for, in its own time: from the event to the frame that is drawn with it. */
export const timedOn = async (page: Page, selector: string, act: () => Promise<unknown>): Promise<number> => {
  await page.evaluate(selector => {
    const page = Object(globalThis)
    const { document, performance, requestAnimationFrame, MutationObserver } = page
    // Which line is the current one belongs to it: two reports about one account look alike.
    const shown = () => {
      const part = document.querySelector(selector)
      const line = document.querySelector('[role=listbox]')?.getAttribute('aria-activedescendant')
      return part ? `${selector.includes('case-h') ? line : ''} ${part.textContent}` : ''
    }
    const before = shown()
    page.tookMs = new Promise<number>(resolve => {
      let begun = Number.NaN
      const begin = (event: { timeStamp: number }) => {
        if (Number.isNaN(begun)) begun = event.timeStamp
      }
      const events = ['keydown', 'input', 'change']
      for (const name of events) page.addEventListener(name, begin, true)
      const end = (took: number) => {
        observer.disconnect()
        for (const name of events) page.removeEventListener(name, begin, true)
        resolve(took)
      }
      // While the next one is on its way nothing fits the selector.
      const observer = new MutationObserver(() => {
        const now = shown()
        if (now !== '' && now !== before) requestAnimationFrame(() => end(performance.now() - begun))
      })
      observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
      setTimeout(end, 2_000, Number.NaN)
    })
  }, selector)
  await act()
  return await page.evaluate((): Promise<number> => Object(globalThis).tookMs)
}

/** Types all of a text at once. */
export const typed = (page: Page, text: string) =>
  page.evaluate(text => {
    const { document, Event, HTMLInputElement } = Object(globalThis)
    const field = document.querySelector('input[type=search]')
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }, text)

/** Picks in one of the menus of the filter pane. */
export const picked = (page: Page, menu: number, option: number) =>
  page.evaluate(
    ([menu, option]) => {
      const { document, Event, HTMLSelectElement } = Object(globalThis)
      const field = document.querySelectorAll('[role=dialog] select')[menu]
      const { value } = field.options[Math.min(option, field.options.length - 1)]
      Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')?.set?.call(field, value)
      field.dispatchEvent(new Event('change', { bubbles: true }))
    },
    [menu, option] as const,
  )

/** The case is the current one, and a key pressed now would act on it. */
export const READY = 'section[aria-labelledby="case-h"][aria-busy="false"]'
/** Waits until it is. */
export const settle = (page: Page) => page.locator(READY).waitFor()
/** Whose case it is, once it is ready. */
export const CASE = `${READY} #case-h`
/** The rows of the queue. */
export const ROWS = '[role=listbox]'
