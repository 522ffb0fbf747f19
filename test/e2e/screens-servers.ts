import { expect, type Page } from '@playwright/test'
import { z } from 'zod'
import { say } from '../../src/shared/messages/say.ts'
import { toConsent } from './case-ground.ts'
import { button, dialog, goTo, keys, option, over, overCase, type Screen, toCase } from './screen.ts'

/** A server that nobody signed in to yet, `lindenhof.example`, and what signs in to another one, `home.example`. */
type Given = { url: string; signInToOther(): Promise<unknown> }

const Reports = z.array(z.object({ id: z.string() }))
const address = (page: Page) => page.getByLabel(say('sign-in.url'))

/** From the desk to the server's consent page and back, as someone who may decide there. */
const consent = async (page: Page) => {
  const tab = await toConsent(page)
  await tab.getByLabel('Sign in as').selectOption('admin')
  await tab.getByRole('button', { name: 'Authorize' }).press('Enter')
  await tab.waitForURL(/\/callback/)
  await tab.close()
}

/** Signing in for the first time, being asked for more rights, and a desk of two servers: in this order, from an empty desk on. */
export const serverScreens = ({ url, signInToOther }: Given): readonly Screen[] => [
  { name: 'welcome', show: page => address(page).waitFor() },
  {
    name: 'sign-in-token',
    show: async page => {
      await address(page).fill(url)
      await page.getByText(say('sign-in.other')).press('Enter')
      await page.getByLabel(say('sign-in.token')).waitFor()
    },
  },
  {
    name: 'sign-in-refused',
    show: async page => {
      await address(page).fill('no address')
      await address(page).press('Enter')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'sign-in-code',
    show: async page => {
      await address(page).fill(url)
      await button(page, 'sign-in.by-code').press('Enter')
      await page.getByLabel(say('sign-in.code'), { exact: true }).waitFor()
    },
  },
  {
    name: 'sign-in-waiting',
    show: async page => {
      await button(page, 'sign-in.give-up').press('Enter')
      await button(page, 'sign-in.by-browser').press('Enter')
      await button(page, 'sign-in.give-up').waitFor()
    },
  },
  {
    name: 'rights',
    show: async page => {
      await consent(page)
      await option(page).first().waitFor()
      await overCase(page, ['1'])
    },
  },
  {
    name: 'rights-over-form',
    show: async page => {
      await goTo(page, '#/blocks')
      await page.getByLabel(say('blocks.new.email-domain')).fill('wave.example')
      await page.getByText(say('blocks.as', { value: 'wave.example' })).waitFor()
      await page.getByLabel(say('blocks.new.email-domain')).press('Enter')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'rights-granted',
    show: async page => {
      await button(page, 'rights.grant').press('Enter')
      await consent(page)
      await page.getByText(say('rights.granted')).waitFor()
    },
  },
  {
    name: 'two-servers',
    show: async page => {
      await signInToOther()
      await toCase(page, '#/reports')
    },
  },
  {
    name: 'elsewhere',
    show: async page => {
      const answer = await fetch(`${url}/api/v1/admin/reports?limit=1`, { headers: { authorization: 'Bearer admin' } })
      const [report] = Reports.parse(await answer.json())
      await goTo(page, '#/reports')
      const rail = page.getByRole('navigation', { name: say('rail.label') })
      await rail.getByRole('link', { name: /home\.example/ }).press('Enter')
      await page.getByRole('banner').getByText('home.example').waitFor()
      await over(page, 'Control+k')
      await page.keyboard.insertText(`${url}/admin/reports/${report?.id}`)
      await option(page)
        .filter({ hasText: `${report?.id}` })
        .first()
        .waitFor()
      await page.keyboard.press('Enter')
      await expect(dialog(page)).toHaveCount(0)
      await page
        .locator('section[aria-labelledby="case-h"][aria-busy="false"]')
        .getByText('lindenhof.example')
        .first()
        .waitFor()
      await over(page, '1')
    },
  },
  {
    name: 'sign-out',
    show: async page => {
      await goTo(page, '#/settings')
      await button(page, 'servers.sign-out').first().press('Enter')
      await expect(dialog(page)).toBeVisible()
      await keys(page, 'Tab')
    },
  },
]
