import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, type Page } from '@playwright/test'
import { browserArgs, findBrowser } from './browser.ts'
import { filesOf, openCases, settled, toCaseOf } from './case-ground.ts'
import { watchPointer } from './hands.ts'
import { expectAccessible, openDesk, press, spokenOn, test } from './howdah.ts'
import { expectEveryLook } from './looks.ts'

// Whole stories with two servers and a browser: on a busy machine they take their time.
/** The row, the content warning and the text of the post with a picture and a film. */
const PRIVATE = 'Das ist eine private'
const SHOTS = 'Screenshots, Namen sichtbar'
const pieces = (page: Page) => page.getByRole('list', { name: 'Attachments' }).first().getByRole('listitem')

/** Every file below a folder in which these bytes stand, as they are or as Base64. */
const filesWith = (folder: string, bytes: Buffer): string[] => {
  const needles = [bytes, Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64'))]
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(file => statSync(file, { throwIfNoEntry: false })?.isFile())
    .filter(file => {
      const held = readFileSync(file)
      return needles.some(needle => held.includes(needle))
    })
}

test('media: nothing is fetched before it is asked for, then step by step, and all of it is forgotten with the case', async ({
  page,
  whole,
}) => {
  const { sample, url } = await openCases(whole)
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await openDesk(page, url)
  await toCaseOf(page, 'violation', PRIVATE)
  await expect(pieces(page).nth(0)).toContainText('veiled, not fetched')
  await page.waitForTimeout(1500)
  expect(await filesOf(sample)).toEqual([])
  await expectAccessible(page)

  // Space opens the warning first, then looks: small, blurred, grey.
  await press(page, ' ')
  await expect(page.getByText('Damit jeder sieht')).toBeVisible()
  expect(await filesOf(sample)).toEqual([])
  await press(page, ' ')
  await expect(pieces(page).nth(0)).toContainText('blurred and grey')
  const picture = pieces(page).nth(0).locator('img')
  await expect(picture).toHaveAttribute('src', /^blob:http:\/\/127\.0\.0\.1/)
  await expect(picture).toHaveCSS('filter', /grayscale\(1\) blur\(1[0-9]px\)/)
  const first = await filesOf(sample)
  expect(first).toEqual([{ path: expect.stringMatching(/\/small\//), identified: false }])
  await expect(spokenOn(page)).toContainText('blurred and grey')

  await press(page, ' ')
  await expect(pieces(page).nth(0)).toContainText('sharp and grey')
  await expect(picture).toHaveCSS('filter', 'grayscale(1)')
  await expectEveryLook(page)
  // Not in colour unless that is asked for: the key goes on to the video.
  await press(page, ' ')
  await expect(pieces(page).nth(1)).toContainText('blurred and grey')
  await press(page, ' ')
  const video = pieces(page).nth(1).locator('video')
  await expect(video).toBeVisible()
  for (const [name, value] of Object.entries({ muted: true, paused: true, autoplay: false, preload: 'none' }))
    await expect(video).toHaveJSProperty(name, value)
  await press(page, 'Shift+ ')
  await expect(pieces(page).nth(1)).toContainText('in colour')
  await expect(video).toHaveCSS('filter', 'none')
  await expectAccessible(page)
  const src = (await video.getAttribute('src')) ?? ''

  // Back behind the veil by its own button; the focus stays with the piece.
  await pieces(page).nth(0).getByRole('button', { name: 'Veil' }).click()
  await expect(pieces(page).nth(0)).toContainText('veiled, not fetched')
  await expect(pieces(page).nth(0).getByRole('button', { name: 'Look, blurred' })).toBeFocused()

  // The next case begins veiled, and the bytes are gone.
  await page.getByRole('listbox').focus()
  await press(page, 'j')
  await settled(page)
  await expect(page.locator('img, video')).toHaveCount(0)
  const gone = await page.evaluate(`new Promise(resolve => {
    const film = document.createElement('video')
    film.onloadedmetadata = () => resolve('plays')
    film.onerror = () => resolve('gone')
    film.src = ${JSON.stringify(src)}
  })`)
  expect(gone).toBe('gone')
  const strangers = asked.filter(address => new URL(address.replace(/^blob:/, '')).origin !== new URL(url).origin)
  expect(strangers, 'the page itself asks nobody but its own door').toEqual([])
  expect(await filesOf(sample)).toHaveLength(4)
  expect((await filesOf(sample)).some(file => file.identified)).toBe(false)
})

test('h hides everything at once, whichever case comes up; Escape veils media; text first offers none', async ({
  page,
  whole,
}) => {
  const { sample, url } = await openCases(whole)
  await openDesk(page, url)
  await toCaseOf(page, 'violation', PRIVATE)
  await press(page, ' ', ' ')
  await expect(page.locator('img')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(page.locator('img')).toHaveCount(0)
  await press(page, ' ')
  await expect(page.locator('img')).toHaveCount(1)
  await press(page, 'h')
  await expect(page.getByText('Everything is hidden. Deciding still works.')).toBeVisible()
  await expect(page.locator('img')).toHaveCount(0)
  await expect(page.getByText('Damit jeder sieht')).toHaveCount(0)
  await expect(page.getByRole('listbox').getByText('Das ist eine private')).toBeHidden()
  await expectAccessible(page)
  await press(page, 'j')
  await expect(page.getByText('Everything is hidden. Deciding still works.')).toBeVisible()
  await press(page, ' ')
  await expect(spokenOn(page)).toContainText('Everything is hidden')
  // It stays so on the other screens on which strangers wrote something, and there the key shows it again.
  const isHidden = page.getByText('Everything is hidden. Deciding still works.')
  for (const key of ['g', 's']) await page.keyboard.press(key)
  await expect(page.getByRole('heading', { name: 'Sign-ups', exact: true, level: 1 })).toBeVisible()
  const applicant = page.getByRole('listbox', { name: 'Who waits, longest first' }).getByRole('option').first()
  await expect(applicant.locator('[dir=auto]')).toHaveCSS('visibility', 'hidden')
  await expect(isHidden).toBeVisible()
  await page.keyboard.press('h')
  await expect(applicant.locator('[dir=auto]')).toBeVisible()
  await expect(page.getByRole('blockquote')).toBeVisible()
  await page.keyboard.press('h')
  await expect(page.getByRole('blockquote')).toHaveCount(0)
  for (const key of ['g', 'a']) await page.keyboard.press(key)
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible()
  await page.keyboard.press('j')
  await expect(isHidden).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Profile', exact: true })).toHaveCount(0)
  await expectAccessible(page)
  for (const key of ['g', 'r']) await page.keyboard.press(key)
  await settled(page)
  await page.getByRole('listbox').focus()
  await press(page, 'k', 'h')
  await expect(page.getByText(SHOTS)).toBeVisible()
  await expect(page.getByText('Damit jeder sieht'), 'warnings are closed again').toHaveCount(0)

  const fetched = (await filesOf(sample)).length
  for (const key of ['g', ',']) await page.keyboard.press(key)
  await page.getByText('Text first').click()
  await expect(page.getByRole('radio', { name: 'Text first' })).toBeChecked()
  for (const key of ['g', 'r']) await page.keyboard.press(key)
  await toCaseOf(page, 'violation', PRIVATE)
  await expect(pieces(page).nth(0)).toContainText('Bildschirmfoto eines privaten Gesprächs')
  await expect(pieces(page).getByRole('button')).toHaveCount(0)
  await press(page, ' ', ' ', ' ')
  await expect(page.locator('img')).toHaveCount(0)
  expect(await filesOf(sample)).toHaveLength(fetched)
})

test('a host of media is agreed to once, and taken back in the settings', async ({ page, whole }) => {
  const now = new Date(Date.now() - 60_000).toISOString()
  const store = await whole.sample('--now', now)
  const { sample, url } = await openCases(whole, '--now', now, '--media', store.url)
  await openDesk(page, url)
  await toCaseOf(page, 'violation', PRIVATE)
  await press(page, ' ', ' ')
  const host = new URL(store.url).host
  await expect(page.getByText(`lies on ${host}. May Howdah ask that host`)).toBeVisible()
  await expectAccessible(page)
  expect([await filesOf(sample), await filesOf(store)]).toEqual([[], []])
  await page.getByRole('button', { name: `Agree to ${host}` }).click()
  await expect(pieces(page).nth(0).locator('img')).toBeVisible()
  expect([await filesOf(sample), (await filesOf(store)).map(file => file.identified)]).toEqual([[], [false]])
  for (const key of ['g', 'l']) await page.keyboard.press(key)
  await expect(page.getByRole('cell', { name: /Setting changed: hosts that media may come from/ })).toBeVisible()
  for (const key of ['g', ',']) await page.keyboard.press(key)
  await expect(page.getByText(host)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Take back', exact: true }).click()
  await expect(page.getByText(host)).toHaveCount(0)
})

test('no byte of what was looked at lies in the data folder or in the browser’s profile', async ({ whole }) => {
  const { sample, url } = await openCases(whole)
  const profile = mkdtempSync(join(tmpdir(), 'howdah-profile-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findBrowser(),
    args: browserArgs(),
    viewport: { width: 1440, height: 900 },
  })
  try {
    await watchPointer(context, () => {})
    const page = context.pages()[0] ?? (await context.newPage())
    await openDesk(page, url)
    await toCaseOf(page, 'violation', PRIVATE)
    for (const [key, place, words] of [
      [' ', 0, 'veiled'],
      [' ', 0, 'blurred and grey'],
      [' ', 0, 'sharp and grey'],
      [' ', 1, 'blurred and grey'],
      [' ', 1, 'sharp and grey'],
      ['Shift+ ', 1, 'in colour'],
    ] as const) {
      await press(page, key)
      await expect(pieces(page).nth(place)).toContainText(words)
    }
    await page.evaluate(`document.querySelector('video').play()`)
    await page.waitForTimeout(1500)
    const files = await filesOf(sample)
    expect(files.length).toBeGreaterThanOrEqual(4)
    await context.close()
    for (const { path } of files) {
      const bytes = Buffer.from(await (await fetch(sample.url + path)).arrayBuffer())
      const middle = bytes.subarray(Math.floor(bytes.length / 6) * 3, Math.floor(bytes.length / 6) * 3 + 48)
      expect([path, filesWith(profile, middle), filesWith(whole.data, middle)]).toEqual([path, [], []])
      // The search would find it.
      writeFileSync(join(profile, 'planted'), Buffer.concat([Buffer.from('before'), middle]))
      expect(filesWith(profile, middle)).toHaveLength(1)
      rmSync(join(profile, 'planted'))
    }
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
})
