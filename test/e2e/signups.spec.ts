import { expect, type Page } from '@playwright/test'
import { createClock } from '../../src/main/sample/clock.ts'
import { smallWorld } from '../../src/main/sample/rules/small-world.ts'
import { startSampleServer } from '../../src/main/sample/server.ts'
import { addWave } from '../engine/signups-ground.ts'
import { readAs } from './case-ground.ts'
import { expectAccessible, openDesk, test, type Whole } from './howdah.ts'

const NOON = Date.UTC(2026, 10, 23, 12)

/** A small server with a wave of machines on it, signed in to and read. */
const openWave = async (whole: Whole, count: number) => {
  const server = await startSampleServer({
    clock: createClock(NOON, { running: true }),
    world: smallWorld(NOON),
    jobDelay: 0,
    colleagues: false,
  })
  // The small world blocks their mail domain already; this wave comes before anybody did.
  const { emailDomainBlocks } = server.world
  for (const block of [...emailDomainBlocks.all()])
    if (block.domain === 'throwaway.example') emailDomainBlocks.remove(block.id)
  const wave = addWave(server.world, count)
  await readAs(whole, 'admin', server.url)
  const web = await whole.web()
  return { server, wave, web, [Symbol.asyncDispose]: () => server.close() }
}
const goToSignups = async (page: Page) => {
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page.getByRole('heading', { name: 'Sign-ups' })).toBeVisible()
}
const clusters = (page: Page) => page.getByRole('listbox', { name: 'What they share' })
const people = (page: Page) => page.getByRole('listbox', { name: 'Who waits, longest first' })
const held = (page: Page) => page.getByRole('region', { name: /^Held/ })

test('a wave of 40 machines: found, shown in a sample, taken back in time, then rejected as one', async ({
  page,
  whole,
}) => {
  await using bench = await openWave(whole, 40)
  const { server, wave } = bench
  await openDesk(page, bench.web.url)
  await expect(page.getByRole('link', { name: /Sign-ups/ })).toContainText('44')
  await goToSignups(page)
  await clusters(page).getByText('Mail at throwaway.example').click()
  await expect(page.getByRole('heading', { name: /40 · Mail at throwaway\.example/ })).toBeVisible()
  await expect(page.getByText('40 of 40 marked')).toBeVisible()
  await expectAccessible(page)
  // Nothing personal is on the page.
  await expect(page.locator('body')).not.toContainText('@throwaway.example"')
  const text = await page.locator('body').innerText()
  for (const { user } of wave) expect(text).not.toContain(user?.email)

  const reject = page.getByRole('button', { name: 'Reject 40 …' })
  await reject.click()
  const sheet = page.getByRole('dialog')
  await expect(sheet).toContainText('40 decisions would go out')
  await expect(sheet).toContainText('nothing of it can be taken back')
  const shown = sheet.getByRole('list', { name: /^A sample/ }).getByRole('listitem')
  await expect(shown).toHaveCount(9)
  await expect(shown.first()).toContainText('I want to join the community')
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(sheet).toBeHidden()
  await expect(held(page)).toContainText(/rejecting/)
  await page.keyboard.press('z')
  await expect(held(page)).toContainText('rejecting 40: taken back, nothing was sent')
  expect(server.ledger.of(/\/reject$/)).toEqual([])

  // One of the sample is kept, and their mail domain goes along, in its own entry.
  await reject.click()
  await expect(sheet).toContainText('40 decisions would go out')
  await sheet.getByRole('radio', { name: 'Keep' }).first().click()
  await expect(sheet).toContainText('It is blocked already')
  await sheet.getByRole('checkbox', { name: /Block mail at throwaway.example/ }).check()
  await expectAccessible(page)
  await sheet.getByRole('button', { name: /39/ }).click()
  await expect
    .poll(() => wave.filter(one => server.world.account(one.id) !== undefined).length, { timeout: 60_000 })
    .toBe(1)
  expect(server.ledger.of(/\/reject$/)).toHaveLength(39)
  await expect.poll(() => server.ledger.of(/email_domain_blocks$/).length).toBe(1)
  await expect(page.getByRole('link', { name: /Sign-ups/ })).toContainText('5')
  await expect(clusters(page)).not.toContainText('throwaway.example')
  await expectAccessible(page)
})

test('one by one, by keyboard alone: approve, reject with its sheet, mark, reveal; a colleague was faster', async ({
  page,
  whole,
}) => {
  await using bench = await openWave(whole, 0)
  const { server } = bench
  const named = (name: string) => server.world.accountsByHandle.get(name)
  await openDesk(page, bench.web.url)
  await goToSignups(page)
  await expect(people(page).getByRole('option')).toHaveCount(4)
  await page.keyboard.press('Home')
  const current = page.locator('section[aria-labelledby="case-h"][aria-busy="false"]')
  await expect(current.getByRole('heading', { name: '@newcomer1' })).toBeVisible()
  await expect(current).toContainText('n•••@mail.example')
  await page.keyboard.press('v')
  await expect(current).toContainText('newcomer1@mail.example')
  await page.keyboard.press('v')
  await expect(current).not.toContainText('newcomer1@mail.example')

  await page.keyboard.press('y')
  await expect(held(page)).toContainText('approving')
  await expect(current.getByRole('heading', { name: '@newcomer2' })).toBeVisible()
  // Rejecting destroys: it has its sheet, and Esc goes back without anything armed.
  await page.keyboard.press('d')
  await expect(page.getByRole('dialog')).toContainText('Login and account are deleted')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.keyboard.press('d')
  await expect(page.getByRole('button', { name: /then reject/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(held(page)).toContainText('rejecting')
  await expect(current.getByRole('heading', { name: '@newcomer3' })).toBeVisible()
  // Approved by a colleague while it is held here.
  await page.keyboard.press('y')
  const faster = named('newcomer3')
  if (faster?.user) faster.user.approved = true
  await expect(held(page)).toContainText(/approved @newcomer1|approved/)
  await expect.poll(() => [named('newcomer1')?.user?.approved, named('newcomer2')]).toEqual([true, undefined])
  expect(server.ledger.of(/\/approve$/)).toHaveLength(1)
  await expect(people(page).getByRole('option')).toHaveCount(1)

  // Marked ones are answered together.
  await page.keyboard.press('x')
  await expect(page.getByText('1 of 1 marked')).toBeVisible()
  await expectAccessible(page)
})

test.describe('narrow and dark', () => {
  test.use({ viewport: { width: 1024, height: 700 }, colorScheme: 'dark' })
  test('a server that is away, nobody who waits, a role that may not see them: each is said', async ({
    page,
    whole,
  }) => {
    await using bench = await openWave(whole, 12)
    const { server } = bench
    const { world } = server
    await openDesk(page, bench.web.url)
    await goToSignups(page)
    await expect(people(page).getByRole('option').first()).toBeVisible()
    await expectAccessible(page)

    server.faults.add({ kind: 'cut-before' }, {})
    await page.keyboard.press('y')
    await expect(page.getByText(/has not answered/)).toBeVisible({ timeout: 60_000 })
    await expect(people(page).getByRole('option').first()).toBeVisible()
    await expectAccessible(page)
    server.faults.clear()

    for (const account of [...world.accounts.all()]) if (account.user?.approved === false) world.removeAccount(account)
    await page.getByRole('button', { name: 'Try now' }).click()
    await whole.howdah(['sync'])
    await expect(page.getByText('Nobody waits for approval')).toBeVisible({ timeout: 60_000 })
    await expectAccessible(page)

    const role = world.roles.get('2')
    if (role) role.permissions = 16
    await whole.howdah(['signin', '--server', server.url, '--token-stdin'], 'admin\n')
    await expect(page.getByText(/may not see who waits there/)).toBeVisible()
    await expect(page.getByText('Nobody waits for approval')).toBeHidden()
    await expectAccessible(page)
  })
})
