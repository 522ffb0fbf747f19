import { expect, type Page } from '@playwright/test'
import { say } from '../../src/shared/messages/say.ts'
import { button, dialog, goTo, keys, option, overCase, type Screen } from './screen.ts'

/** A list of which a row is the current one, so that what can be done with it shows. */
const walk = async (page: Page, to: string) => {
  await goTo(page, to)
  await option(page).first().waitFor()
  await keys(page, 'j')
}

/** The screens without a case: sign-up blocks, trends, what happened since, the log, the settings. In this order, among the others. */
export const pageScreens: readonly Screen[] = [
  { name: 'blocks', show: page => walk(page, '#/blocks') },
  {
    name: 'block-range',
    show: async page => {
      await page.getByRole('radio', { name: say('blocks.family.address') }).press('Space')
      const field = page.getByLabel(say('blocks.new.address'))
      await field.fill('203.0.112.7/12')
      // What goes out alone, once its name is typed.
      await expect(async () => {
        await field.press('Enter')
        await page.getByLabel(say('sheet.type-name', { name: '203.0.0.0/12' })).waitFor({ timeout: 1_000 })
      }).toPass()
    },
  },
  { name: 'trends', show: page => walk(page, '#/trends') },
  {
    name: 'handover',
    show: async page => {
      await goTo(page, '#/handover')
      await page.locator('#handover-stale').waitFor()
    },
  },
  {
    name: 'summary',
    show: page => overCase(page, ['Shift+C']),
  },
  {
    name: 'log',
    show: async page => {
      await goTo(page, '#/log')
      await page.getByRole('row').nth(1).waitFor()
    },
  },
  {
    name: 'export',
    show: async page => {
      await button(page, 'log.export-jsonl').press('Enter')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'erase',
    show: async page => {
      await goTo(page, '#/log')
      await button(page, 'erase.open').press('Enter')
      await dialog(page).waitFor()
    },
  },
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
]
