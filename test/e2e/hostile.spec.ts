import { expect } from '@playwright/test'
import { readAs } from './case-ground.ts'
import { askPage } from './hands.ts'
import { startHostile } from './hostile-server.ts'
import { openDesk, test } from './howdah.ts'
import { settle } from './screen.ts'
import { holdFor, screens } from './screens.ts'

test('names that turn, hide or heap stay in their own place on every screen', async ({ page, whole }) => {
  const sample = await whole.sample()
  await using server = await startHostile(sample.url, { 'quickjoin.example': 'xn--lindenhf-tbh.example' })
  await readAs(whole, 'admin', server.url)
  const { url } = await whole.web()
  await openDesk(page, url)
  // Spam comes from a server that people read as their own.
  await page.evaluate(() => {
    Object(globalThis).location.hash = '#/reports/campaigns'
  })
  const sign = page.getByRole('listbox').getByRole('img', { name: /^Looks like lindenhof\.example, your own server/ })
  await expect(sign.first()).toBeVisible()
  const faults: string[] = []
  for (const screen of screens) {
    const { name, show } = screen
    await test.step(name, async () => {
      whole.hold(holdFor(screen))
      await show(page)
      await settle(page)
      for (const kind of ['loose', 'spilt'])
        for (const fault of await askPage<string[]>(page, kind)) faults.push(`${name}: ${kind}: ${fault}`)
    })
  }
  expect(faults).toEqual([])
})
