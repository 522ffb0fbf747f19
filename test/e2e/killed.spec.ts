import { expect } from '@playwright/test'
import { openCases, writesOf } from './case-ground.ts'
import { openDesk, press, test } from './howdah.ts'

test('killed in the middle: what was decided is done, waiting or honestly unknown, and nothing is sent twice', async ({
  page,
  whole,
}) => {
  test.setTimeout(90_000)
  const { sample, ...opened } = await openCases(whole, '--job-delay', '50')
  let web = opened
  await openDesk(page, web.url)
  const held = page.getByRole('region', { name: /^Held/ })
  await page.getByRole('listbox').focus()
  await press(page, 'j')

  // The first is closed and settles. The second's answer comes so late that the process dies before it; the third is still held.
  await press(page, '1')
  await expect(held).toContainText('closed', { timeout: 20_000 })
  await sample.control('POST', 'faults', {
    spec: 'delayed-after=20000/api/v1/admin/accounts',
    method: 'POST',
    times: 1,
  })
  await press(page, '4')
  await expect(held).toContainText('limiting')
  await expect
    .poll(async () => JSON.stringify(await sample.control('GET', 'ledger')), { timeout: 20_000 })
    .toContain('/action')
  await press(page, '1')
  await expect(held).toContainText('closing')
  await web.kill('SIGKILL')

  // Started again: the limit was on the wire, so it is unknown until it is read back; what was held gets a new window.
  web = await whole.web()
  await openDesk(page, web.url)
  const states = async () => JSON.parse((await whole.howdah(['log', '--json'])).out)
  await expect.poll(async () => JSON.stringify(await states()), { timeout: 30_000 }).toContain('why.crash')
  await expect(held).toContainText('closing', { timeout: 5_000 })
  await expect.poll(async () => JSON.stringify(await states()), { timeout: 40_000 }).toMatch(/why\.read-back/)

  // The ledger of the server has each of the three once.
  const writes = () => writesOf(sample, /\/(action|resolve)$/)
  await expect.poll(async () => (await writes()).length, { timeout: 20_000 }).toBe(3)
  await expect(held).not.toContainText('closing', { timeout: 20_000 })
  expect((await writes()).map(entry => entry.path.split('/').at(-1)).sort()).toEqual(['action', 'resolve', 'resolve'])
  expect((await writes()).every(entry => entry.effect)).toBe(true)
  expect((await whole.howdah(['log', 'verify'])).code).toBe(0)
})
