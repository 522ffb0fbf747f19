import { expect } from '@playwright/test'
import { say } from '../../src/shared/messages/say.ts'
import { button, dialog, goTo, keys, option, over, overCase, type Screen, searchFor, toCase } from './screen.ts'
import { pageScreens } from './screens-pages.ts'

/** How long decisions are held for a screen, in seconds: what is held is still so when one has looked at all of it. */
export const holdFor = ({ name }: Screen): number => (name.endsWith('held') ? 60 : 10)

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
    show: page => overCase(page, ['6']),
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
      await overCase(page, ['s'])
    },
  },
  {
    name: 'campaigns',
    show: page => toCase(page, '#/reports/campaigns'),
  },
  {
    name: 'campaign',
    show: page => overCase(page, ['Shift+n'], '#/reports/campaigns'),
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
    show: page => overCase(page, ['Shift+x', '4'], '#/reports/campaigns'),
  },
  {
    name: 'batch-held',
    show: async page => {
      await overCase(page, ['Shift+x', '4'], '#/reports/campaigns')
      // Enter waits for what would go out to be known.
      await expect(async () => {
        await page.keyboard.press('Enter')
        await expect(dialog(page)).toHaveCount(0, { timeout: 1_000 })
      }).toPass()
      // Not the first of the bar: before the batch stands there, that may be a decision of an earlier screen that is just leaving.
      const batch = page
        .getByRole('list', { name: say('batch.title') })
        .getByRole('button')
        .first()
      // The dialog that just went gives the focus back a moment later, perhaps between coming to the button and pressing it.
      await expect(async () => {
        await batch.press('Enter', { timeout: 2_000 })
        await dialog(page).waitFor({ timeout: 2_000 })
      }).toPass()
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
  {
    name: 'legal-addresses',
    show: async page => {
      await page.getByText(say('legal.addresses')).press('Enter')
    },
  },
  {
    name: 'link',
    show: async page => {
      await page.locator('section[aria-labelledby="legal-h"] ol button').first().press('Enter')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'folded',
    show: async page => {
      await toCase(page)
      await keys(page, 'ArrowLeft')
      await page.locator('section[aria-labelledby="folded-h"]').waitFor()
    },
  },
  {
    name: 'folded-all',
    show: async page => {
      await page.getByRole('listbox').focus()
      await keys(page, 'Shift+ArrowLeft')
      await page.getByText(say('fold.all')).waitFor({ state: 'attached' })
    },
  },
  {
    name: 'media',
    show: async page => {
      await page.getByRole('listbox').focus()
      await keys(page, 'Shift+ArrowRight')
      await searchFor(page, 'Das ist eine private')
      await page.keyboard.press('Enter')
      await option(page).filter({ hasText: 'Das ist eine private' }).first().waitFor()
      await page.getByRole('listbox').focus()
      await keys(page, 'Home')
      await page.locator('section[aria-labelledby="case-h"][aria-busy="false"]').waitFor()
      // Its warning, then small and blurred, then sharp.
      await keys(page, 'Space', 'Space')
      await page.locator('section[aria-labelledby="case-h"] img').first().waitFor()
      await keys(page, 'Space')
    },
  },
  {
    name: 'nothing-found',
    show: async page => {
      await page.getByRole('listbox').focus()
      await searchFor(page, 'nothing has these words')
      await page.getByText(say('reports.empty-filtered')).first().waitFor()
    },
  },
  {
    name: 'closed',
    show: async page => {
      await searchFor(page, '')
      await toCase(page, '#/reports/closed')
    },
  },
  {
    name: 'snoozed-empty',
    show: async page => {
      await goTo(page, '#/reports/snoozed')
      // An empty queue says what waits beside it.
      await page.getByRole('main').locator('a[href="#/signups"]').waitFor()
    },
  },
  {
    name: 'signups',
    show: async page => {
      await goTo(page, '#/signups')
      await option(page).first().waitFor()
      // Lines stand for who waits until they are read.
      await expect(page.getByRole('option', { name: say('signups.reading') })).toHaveCount(0)
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
  ...pageScreens,
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
    show: page => overCase(page, ['Control+k']),
  },
  {
    name: 'keys',
    show: page => overCase(page, ['?']),
  },
  // The last: nothing else is shown after it.
  {
    name: 'locked',
    show: async page => {
      await goTo(page, '#/settings')
      for (const code of ['lock.new-passphrase', 'lock.again'] as const)
        await page.getByLabel(say(code), { exact: true }).fill('a passphrase')
      await button(page, 'lock.choose').press('Enter')
      await button(page, 'lock.now').press('Enter')
      await page.getByLabel(say('lock.passphrase'), { exact: true }).waitFor()
      await page.locator('summary').press('Enter')
    },
  },
]
