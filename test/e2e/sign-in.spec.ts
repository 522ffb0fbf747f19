import { expect } from '@playwright/test'
import { startSampleServer } from '../../src/main/sample/server.ts'
import { findInMemory, findSecrets, inProfile, leftBehind, placesOf, watchNetwork } from './canary.ts'
import { signInAs, toConsent } from './case-ground.ts'
import { expectAccessible, press, rowsOf, spokenOn, test, toRows } from './howdah.ts'
import { expectEveryLook } from './looks.ts'

test('signing in by the browser: a no, then a yes, to a full queue; the way back works once', async ({
  page,
  whole,
}) => {
  const sample = await whole.sample()
  const { url } = await whole.web()
  await page.goto(url)
  const address = page.getByLabel('Address of the server')
  await expect(address).toBeFocused()
  await expect(page.getByLabel('Access token')).toBeHidden()
  await expectAccessible(page)
  await page.keyboard.type('no address at all')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('no address of a server')
  await expect(address).toBeFocused()
  await expectAccessible(page)
  // What went wrong is said of the form that is in hand, never beside the other.
  const other = page.getByText('Use an access token instead')
  await other.click()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await page.getByLabel('Access token').fill('no token')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toHaveCount(1)
  await address.fill('no address at all')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toHaveCount(1)
  await expect(address).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('Access token')).not.toHaveAttribute('aria-invalid')
  await other.click()
  await expect(page.getByRole('alert')).toHaveCount(1)

  // A name that leads to no address of the internet is gone to when a person agrees, and only where it was asked.
  const disguised = sample.url.replace('127.0.0.1', '2130706433')
  const agree = page.getByRole('button', { name: 'My server is there: go on to 127.0.0.1' })
  await address.fill(disguised)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toHaveText(/^127\.0\.0\.1 is no address of the internet/)
  await expect(agree).toBeVisible()
  await expectEveryLook(page)
  await address.fill('https://elsewhere.example')
  await expect(agree).toBeHidden()
  await address.fill(disguised)
  await agree.click()
  await expect(page.getByRole('link', { name: /^Continue on/ })).toBeFocused()
  await expect(page.getByText('Waiting for the server')).toBeVisible()
  await expectEveryLook(page)
  const no = await toConsent(page)
  await no.getByRole('button', { name: 'Deny' }).click()
  await expect(no.getByRole('main')).toContainText('You said no on the server')
  await expectAccessible(no)
  await expect(page.getByRole('alert')).toContainText('You said no on the server')
  await expect(page.getByRole('button', { name: 'Begin again' })).toBeFocused()
  await expectEveryLook(page)

  await page.keyboard.press('Enter')
  await expect(address).toHaveValue(disguised)
  await address.fill(sample.url)
  await page.getByRole('button', { name: 'Sign in with your browser' }).click()
  await expect(page.getByText('Waiting for the server')).toBeVisible()
  await page.getByRole('button', { name: 'Give up' }).click()
  await page.getByRole('button', { name: 'Sign in with your browser' }).click()

  const yes = await toConsent(page)
  await yes.getByLabel('Sign in as').selectOption('moderator')
  await yes.getByRole('button', { name: 'Authorize' }).click()
  await expect(yes.getByRole('main')).toContainText('You can close this tab')
  await expectAccessible(yes)
  await expect(rowsOf(page).first()).toBeVisible()

  const again = await yes.goto(yes.url())
  expect(again?.status()).toBe(404)
  await expect(yes.getByRole('main')).toContainText('waits for no such sign-in')
  await yes.close()
  await expect(rowsOf(page).first()).toBeVisible()

  // Out again, and the server's word for it.
  await page.goto(`${new URL(url).origin}/#/settings`)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByText(/^Signed out[;,]/)).toContainText('the server confirmed that the token is revoked')
  // What was pressed is gone with the sign-in.
  await expect(page.getByRole('heading', { name: 'Servers', level: 2 }).and(page.locator(':focus'))).toBeVisible()
  await expectEveryLook(page)
})

test('signing in with a code that the server shows; a sign-out that the server does not confirm leaves a note', async ({
  page,
  whole,
}) => {
  const sample = await whole.sample()
  const { url } = await whole.web()
  await page.goto(url)
  await page.getByLabel('Address of the server').fill(sample.url)
  await page.getByRole('button', { name: 'Or paste a code' }).click()
  const code = page.getByLabel('Code from the server')
  await code.fill('not a code of any server')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toBeVisible()
  await expectEveryLook(page)
  const tab = await toConsent(page)
  await tab.getByLabel('Sign in as').selectOption('moderator')
  await tab.getByRole('button', { name: 'Authorize' }).click()
  const shown = await tab.locator('code').textContent()
  await code.fill(shown ?? '')
  await page.keyboard.press('Enter')
  await expect(rowsOf(page).first()).toBeVisible()

  await sample.control('POST', 'faults', { spec: 'status=503/oauth/revoke', method: 'POST' })
  await page.goto(`${new URL(url).origin}/#/settings`)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByText('the server did not confirm')).toBeVisible()
  await expect(page.getByText('not revoked, as far as is known')).toBeVisible()
  await expectAccessible(page)
})

inProfile('reading first, then the right to decide: no token is in the browser', async ({ page, whole, profile }) => {
  const sample = await startSampleServer({ colleagues: false })
  const { url } = await whole.web()
  const network = await watchNetwork(page)
  await page.goto(url)
  await page.getByLabel('Address of the server').fill(sample.url)
  await page.keyboard.press('Enter')
  const first = await toConsent(page)
  await first.getByLabel('Sign in as').selectOption('admin')
  await expect(first.getByText('admin:write')).toHaveCount(0)
  await first.getByRole('button', { name: 'Authorize' }).click()
  await expect(first.getByRole('main')).toContainText('You can close this tab')
  await first.close()
  await expect(rowsOf(page).first()).toBeVisible()

  await page.getByRole('listbox').focus()
  await press(page, 'j', '1')
  const dialog = page.getByRole('dialog', { name: 'The right to decide' })
  await expect(dialog).toContainText('may only read so far')
  await expect(dialog.getByRole('button', { name: 'Grant it in your browser' })).toBeFocused()
  await expectEveryLook(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  // So it is on screens that have no case.
  await page.getByRole('link', { name: 'Sign-up blocks' }).click()
  await page.getByLabel('Domain of e-mail addresses').fill('wave.example')
  await expect(page.getByText('Blocked as wave.example')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('may only read so far')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.getByRole('link', { name: /^Reports/ }).click()
  await expect(rowsOf(page).first()).toBeVisible()
  await page.getByRole('listbox').focus()
  // The same where two are decided at once: what was written in their sheet waits with them.
  await press(page, 'x', 'j', 'x', '1')
  const sheet = page.getByRole('dialog', { name: 'Close: 2 marked' })
  await expect(sheet).toContainText('2 decisions would go out')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('button', { name: 'Grant it in your browser' })).toBeFocused()
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('link', { name: /^Continue on/ })).toBeFocused()
  await expectEveryLook(page)

  // Someone else by mistake: told so, and nothing is lost.
  const wrong = await toConsent(page)
  await wrong.getByLabel('Sign in as').selectOption('moderator')
  await wrong.getByRole('button', { name: 'Authorize' }).click()
  await expect(wrong.getByRole('main')).toContainText('as someone else than @kim')
  await wrong.close()
  await expect(dialog.getByRole('alert')).toContainText('as someone else than @kim')
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Grant it in your browser' }).click()
  const right = await toConsent(page)
  await right.getByLabel('Sign in as').selectOption('admin')
  await right.getByRole('button', { name: 'Authorize' }).click()
  await expect(right.getByRole('main')).toContainText('You can close this tab')
  await right.close()
  const go = dialog.getByRole('button', { name: 'Go on: Close' })
  await expect(go).toBeFocused()
  await expect(dialog).toContainText('Nothing has been sent yet')
  await expectEveryLook(page)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(sheet).toBeHidden()
  const held = page.getByRole('region', { name: /^Held/ })
  await expect(held).toContainText(/closing 2 at once/i)
  await press(page, '1')
  await expect(held).toContainText('Held 3')

  await page.goto(`${new URL(url).origin}/#/settings`)
  await expect(page.getByText('May read and decide')).toBeVisible()

  // A token that is pasted into the page is gone from it once it was taken.
  const pasted = 'canary-pasted-into-the-page-5b0e41d7'
  const [moderator, { apps, tokens }] = [sample.world.tokens.get('moderator'), sample.world]
  if (!moderator) throw new Error('no moderator')
  tokens.set(pasted, { ...moderator, id: sample.world.tokenIds.next(), token: pasted })
  await page.goto(`${new URL(url).origin}/#/sign-in?url=${sample.url}`)
  await page.getByText('Use an access token instead').press('Enter')
  await page.getByLabel('Access token').fill(pasted)
  await page.keyboard.press('Enter')
  await expect(page).not.toHaveURL(/sign-in/)
  await expect(rowsOf(page).first()).toBeVisible()

  const ours = new Set(apps.all().flatMap(({ id, name }) => (name === 'Howdah' ? [id] : [])))
  const granted = [...tokens.values()].filter(({ appId }) => ours.has(appId)).map(({ token }) => token)
  expect(granted.length).toBeGreaterThan(1)
  const own = [...granted, ...apps.all().flatMap(({ id, clientSecret }) => (ours.has(id) ? [clientSecret] : []))]
  // What is found must be what was put there to be found, and nothing else.
  const planted = 'canary-planted-0d93b6a2f1'
  await page.evaluate(secret => Object(globalThis).onPage.plant(secret), planted)
  const secrets = [planted, pasted, ...own]
  // One frame holds the pasted one: the page's own word that brings it.
  const brings = network.filter(line => line.includes(pasted))
  expect(brings.map(line => line.split(' ')[0])).toEqual(['Network.webSocketFrameSent'])
  const places = await placesOf(
    page,
    network.filter(line => !brings.includes(line)),
  )
  const everywhere = ['cookies', 'heap', 'network', 'page'].map(place => `${place}: secret 0`)
  expect(findSecrets(secrets, places)).toEqual(everywhere)
  // JavaScript cannot overwrite what was typed; what was never in the page is nowhere in its memory either.
  expect(findInMemory(profile, [planted, ...own]) ?? ['memory: secret 0']).toEqual(['memory: secret 0'])
  const left = findSecrets(secrets, await leftBehind(page.context(), profile))
  expect(left.map(one => one.replace(/^.*: /, ''))).toContain('secret 0')
  expect(left.filter(one => !one.endsWith('secret 0'))).toEqual([])
  await sample.close()
})

test('what a role may not do stands in the settings, with the page where someone else can', async ({ page, whole }) => {
  const sample = await whole.sample()
  await signInAs(whole, 'moderator', sample.url)
  const { url } = await whole.web()
  await page.goto(url)
  await page.goto(`${new URL(url).origin}/#/settings`)
  await page.getByText(/things this sign-in can’t do here/).click()
  await expect(page.getByText('See domain blocks')).toBeVisible()
  await expect(page.getByText('Change domain blocks')).toHaveCount(0)
  await expect(page.getByRole('button', { name: `${sample.url}/admin/instances` })).toBeVisible()
  await expectAccessible(page)

  // The role is taken away: every screen says so, what was read stays, and with the same press it is noticed that it is still so.
  await sample.control('POST', 'faults', { spec: 'demoted-role' })
  await page.goto(`${new URL(url).origin}/#/reports`)
  await expect(rowsOf(page).first()).toBeVisible()
  const strip = page.getByText(/no longer shows this account any reports/)
  await expect(strip).toBeVisible()
  await expect(page.getByText('Ask an administrator there for the permission')).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('no role')
  await expect(page.getByRole('button', { name: `${sample.url}/admin/reports`, exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Try now' }).click()
  await expect(page.getByText('This account’s role may not see reports.')).toBeVisible()
  await expect(rowsOf(page).first()).toBeVisible()
  await expectAccessible(page)
  // What is refused for all that is marked says so, by key and by press, and opens nothing.
  await toRows(page)
  await press(page, 'x', 'j', 'x', '4')
  const rung = page
    .getByRole('region', { name: 'Decide about 2 marked reports' })
    .getByRole('button', { name: /^4 Limit/ })
  await expect(rung).toHaveAttribute('aria-disabled', 'true')
  await expect(spokenOn(page)).toContainText('Your role here may not act on accounts')
  await page.getByRole('button', { name: /^1 Close/ }).press('Enter')
  await expect(spokenOn(page)).toContainText('Your role here may not change reports')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})
