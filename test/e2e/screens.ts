import { expect, type Page } from '@playwright/test'
import { type MessageCode, say } from '../../src/shared/messages/say.ts'

/**
 * A screen of the desk, or a state of one, and how to come there from any other: by address and keys, and by names from the catalogue, so
 * that it works in every language. Call `speak` first where it is not English.
 */
type Screen = { name: string; show(page: Page): Promise<void> }

const button = (page: Page, code: MessageCode) => page.getByRole('button', { name: say(code) })
const dialog = (page: Page) => page.getByRole('dialog')

/** Shuts what lies over the desk, then goes to an address. */
const goTo = async (page: Page, hash: string) => {
  for (let tries = 0; tries < 3 && (await dialog(page).count()) > 0; tries++) {
    await page.keyboard.press('Escape')
    await page.waitForTimeout(150)
  }
  await page.evaluate(to => {
    Object(globalThis).location.hash = to
  }, hash)
  await page.getByRole('main').waitFor()
}
const toCase = async (page: Page, hash = '#/reports') => {
  await goTo(page, hash)
  await page.locator('section[aria-labelledby="case-h"][aria-busy="false"]').waitFor()
  await page.getByRole('listbox').focus()
  // Nothing is marked.
  await page.keyboard.press('Escape')
}
const keys = async (page: Page, ...pressed: string[]) => {
  for (const key of pressed) {
    await page.waitForTimeout(120)
    await page.keyboard.press(key)
  }
}
const over = async (page: Page, ...pressed: string[]) => {
  await keys(page, ...pressed)
  await dialog(page).waitFor()
}
const option = (page: Page) => page.getByRole('listbox').getByRole('option')

/** Every screen with the sample server's week in it. What a screen changes (marks, a held decision) is taken back by a later one. */
export const screens: readonly Screen[] = [
  { name: 'reports', show: page => toCase(page) },
  {
    name: 'filter',
    show: async page => {
      await toCase(page)
      await page.getByRole('button', { name: say('filter.title', { count: 0 }) }).press('Enter')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'suspend',
    show: async page => {
      await toCase(page)
      await over(page, '6')
    },
  },
  {
    name: 'words',
    show: async page => {
      await toCase(page)
      await keys(page, 'j', 'w')
    },
  },
  {
    name: 'note',
    show: async page => {
      await keys(page, 'Escape')
      await toCase(page)
      await keys(page, 'n')
    },
  },
  {
    name: 'snooze',
    show: async page => {
      await keys(page, 'Escape')
      await toCase(page)
      await over(page, 's')
    },
  },
  {
    name: 'campaigns',
    show: page => toCase(page, '#/reports/campaigns'),
  },
  {
    name: 'campaign',
    show: async page => {
      await toCase(page, '#/reports/campaigns')
      await over(page, 'Shift+n')
    },
  },
  {
    name: 'marked',
    show: async page => {
      await toCase(page, '#/reports/campaigns')
      await keys(page, 'Shift+x')
      await page.locator('[aria-selected="true"]').first().waitFor()
    },
  },
  {
    name: 'batch',
    show: async page => {
      await toCase(page, '#/reports/campaigns')
      await over(page, 'Shift+x', '4')
    },
  },
  {
    name: 'batch-held',
    show: async page => {
      await toCase(page, '#/reports/campaigns')
      await over(page, 'Shift+x', '4')
      // Enter waits for what would go out to be known.
      await expect(async () => {
        await page.keyboard.press('Enter')
        await expect(dialog(page)).toHaveCount(0, { timeout: 1_000 })
      }).toPass()
      await page.getByRole('region').locator('ol button[aria-haspopup="dialog"]').first().press('Enter')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'held',
    show: async page => {
      await keys(page, 'Escape', 'z')
      await toCase(page, '#/reports/unclaimed')
      await keys(page, '1')
      await page.locator('section[aria-labelledby="held-h"] > ol').last().locator('button').first().press('Enter')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'legal',
    show: async page => {
      await keys(page, 'Escape', 'z')
      await toCase(page, '#/reports/legal')
    },
  },
  { name: 'closed', show: page => toCase(page, '#/reports/closed') },
  { name: 'snoozed-empty', show: page => goTo(page, '#/reports/snoozed') },
  {
    name: 'signups',
    show: async page => {
      await goTo(page, '#/signups')
      await option(page).first().waitFor()
    },
  },
  {
    name: 'signups-reject',
    show: async page => {
      await page.getByRole('listbox').last().focus()
      await over(page, 'd')
    },
  },
  {
    name: 'domains',
    show: async page => {
      await goTo(page, '#/domains')
      await option(page).first().waitFor()
    },
  },
  {
    name: 'domain',
    show: async page => {
      await page.getByRole('listbox').focus()
      await keys(page, 'j', 'j')
      await page.locator('section[aria-labelledby="domain-h"]').waitFor()
    },
  },
  {
    name: 'accounts',
    show: async page => {
      await goTo(page, '#/accounts')
      await option(page).first().waitFor()
    },
  },
  {
    name: 'account',
    show: async page => {
      await page.getByRole('listbox').focus()
      await keys(page, 'j')
      await page.locator('section[aria-labelledby="account-page-h"]').waitFor()
    },
  },
  { name: 'blocks', show: page => goTo(page, '#/blocks') },
  { name: 'trends', show: page => goTo(page, '#/trends') },
  {
    name: 'handover',
    show: async page => {
      await goTo(page, '#/handover')
      await page.locator('#handover-stale').waitFor()
    },
  },
  {
    name: 'summary',
    show: async page => {
      await toCase(page)
      await over(page, 'Shift+C')
    },
  },
  {
    name: 'log',
    show: async page => {
      await goTo(page, '#/log')
      await page.getByRole('row').nth(1).waitFor()
    },
  },
  {
    name: 'erase',
    show: async page => {
      await button(page, 'erase.open').press('Enter')
      await dialog(page).waitFor()
    },
  },
  { name: 'handover', show: page => goTo(page, '#/handover') },
  { name: 'needs', show: page => goTo(page, '#/needs') },
  { name: 'settings', show: page => goTo(page, '#/settings') },
  {
    name: 'backup',
    show: async page => {
      await goTo(page, '#/settings')
      await button(page, 'backup.make').press('Enter')
      await page.getByRole('alert').waitFor()
    },
  },
  { name: 'sign-in', show: page => goTo(page, '#/sign-in') },
  {
    name: 'lists',
    show: async page => {
      await goTo(page, '#/reports')
      await page.getByRole('banner').getByTitle(say('sync.all')).press('Enter')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'palette',
    show: async page => {
      await toCase(page)
      await over(page, 'Control+k')
    },
  },
  {
    name: 'keys',
    show: async page => {
      await toCase(page)
      await over(page, '?')
    },
  },
]

/** Waits until a screen has come to rest: nothing being read, nothing fading in. */
export const settle = async (page: Page) => {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await page.waitForTimeout(200)
}
