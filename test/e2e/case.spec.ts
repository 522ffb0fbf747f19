import { expect } from '@playwright/test'
import { openCases, settled, toCaseOf } from './case-ground.ts'
import { askPage } from './hands.ts'
import { expectAccessible, openDesk, press, test } from './howdah.ts'

// Whole stories with two servers and a browser: on a busy machine they take their time.
test('thread and edits on demand; a deleted post says what is known; offline all of it says so and what is kept stays', async ({
  page,
  whole,
}) => {
  const { sample, url } = await openCases(whole)
  await openDesk(page, url)
  await toCaseOf(page, 'violation', 'Er hat geschrieben')
  const posts = page.getByRole('region', { name: 'Reported posts', exact: true })
  const first = posts.getByRole('article').first()
  const thread = page.getByRole('region', { name: 'Thread' })
  await press(page, 't')
  await expect(thread).toContainText('@wache_auf')
  await expect(thread).toContainText('not kept')
  await expectAccessible(page)
  await first.getByRole('button', { name: 'Edits' }).click()
  const versions = page.getByRole('region', { name: 'Versions of this post' })
  await expect(versions.getByRole('listitem')).toHaveCount(2)
  await expect(versions).toContainText('zweiter Stock')
  await expectAccessible(page)
  // The reporters' record has counts, and nobody's name; rules stand in full.
  const records = page.getByRole('region', { name: 'Reporters’ record' })
  await expect(records.getByRole('row')).not.toHaveCount(1)
  // No head of its narrow columns is broken in the middle of its word.
  const lines = await records.getByRole('columnheader').evaluateAll(heads =>
    heads.map(head => {
      const range = head.ownerDocument.createRange()
      range.selectNodeContents(head)
      return range.getClientRects().length
    }),
  )
  expect(lines).toEqual([1, 1, 1, 1])
  await expect(page.getByRole('region', { name: 'Rules named' })).toContainText('Talk to people as if')
  await expect(page.getByRole('region', { name: /^Decide about/ })).toContainText(
    'A strike; the other 6 reports stay open',
  )
  // A direct post is not to be seen by a moderator: that is no deletion.
  await expect(posts).toContainText('Only some may see this post')

  // The next case begins with nothing opened.
  await press(page, 'j', 'k')
  await settled(page)
  await expect(thread).toHaveCount(0)
  await expect(versions).toHaveCount(0)

  // An earlier report about the account opens with what was reported then; on the way back one is where one was.
  const earlier = page.getByRole('region', { name: 'Before', exact: true }).getByRole('row')
  await earlier
    .filter({ has: page.getByRole('img', { name: 'Violation' }) })
    .first()
    .getByRole('button')
    .click()
  await expect(page.getByRole('heading', { name: 'Closed', exact: true, level: 1 })).toBeVisible()
  await expect(page.locator('header').filter({ has: page.locator('#case-h') })).toContainText(
    /closed \d+ days ago by ada/,
  )
  await settled(page)
  const closedRow = page.getByRole('option').and(page.locator('[aria-current=true]'))
  await expect(closedRow).toContainText(/filed \d+ days ago/)
  await expect(closedRow).not.toContainText('waiting')
  await page.goBack()
  await expect(page.getByRole('region', { name: 'What reporters wrote', exact: true })).toContainText(
    'Er hat geschrieben',
  )
  await settled(page)
  await expect(page.getByRole('option').and(page.locator('[aria-current=true]'))).toContainText('Er hat geschrieben')

  await toCaseOf(page, 'violation', 'Bild von einer Minderj')
  await expect(posts).toContainText('Deleted on the server, or no longer visible to you: it does not say which')
  await expectAccessible(page)
  const gone = posts.getByRole('article').filter({ hasText: 'Hier ist sie, die Kleine' })
  await gone.getByRole('button', { name: 'Thread' }).click()
  await expect(gone.getByRole('alert')).toContainText('It does not say which')
  await gone.getByRole('button', { name: 'Look, blurred' }).click()
  await expect(gone.getByRole('listitem').getByRole('alert')).toContainText('Media of deleted posts can only be seen')

  // Offline: each asking says so; text and versions that are kept stay.
  await toCaseOf(page, 'violation', 'Er hat geschrieben')
  await sample.control('POST', 'faults', { spec: 'cut-before/' })
  await first.getByRole('button', { name: 'Thread' }).click()
  await expect(thread.getByRole('alert')).toContainText('does not answer')
  await first.getByRole('button', { name: 'Edits' }).click()
  await expect(versions).toContainText('The version that is kept here')
  await expect(versions.getByRole('listitem')).toHaveCount(1)
  await page.getByRole('listbox').focus()
  await press(page, ' ', ' ')
  await expect(page.getByRole('list', { name: 'Attachments' }).getByRole('alert')).toContainText('does not answer')
  await expectAccessible(page)
  await sample.control('DELETE', 'faults')
  // A server that was away is left alone for a moment; then the same press asks once more.
  await expect(async () => {
    await first.getByRole('button', { name: 'Thread' }).click()
    await expect(thread).toContainText('@wache_auf', { timeout: 1500 })
  }).toPass()
})

test('back from the web admin, where posts were deleted: the case is read again and offers to close the report', async ({
  page,
  context,
  whole,
}) => {
  const { sample, url } = await openCases(whole)
  await openDesk(page, url)
  await toCaseOf(page, 'violation', 'Er hat geschrieben')
  const article = page.getByRole('article').first()
  const opened = context.waitForEvent('page')
  await article.getByRole('button', { name: 'On the server' }).click()
  const admin = await opened
  const id = /statuses\/(\d+)/.exec(admin.url())?.[1] ?? ''
  expect(id).not.toBe('')
  await sample.control('DELETE', `posts/${id}`)
  await admin.close()
  await page.bringToFront()
  await page.evaluate(`window.dispatchEvent(new Event('focus'))`)
  const offer = page.getByText('Meanwhile on the server: 1 post deleted or hidden. This report is still open.')
  await expect(offer).toBeVisible()
  await expect(article).toContainText('Deleted on the server, or no longer visible to you')
  await expectAccessible(page)
  await page.getByRole('button', { name: /^Close it/ }).click()
  await expect(offer).toBeHidden()
  await expect(page.getByRole('region', { name: /^Held/ })).toContainText(/closing|closed/)
})

test('an address in a post is followed after a word only; a profile that was reported by itself is what is judged', async ({
  page,
  whole,
}) => {
  const { url } = await openCases(whole)
  await openDesk(page, url)
  const search = page.getByRole('searchbox', { name: 'Search reports' })
  await search.fill('gluecksrad-am-fluss.example/start')
  const posts = page.getByRole('region', { name: 'Reported posts', exact: true })
  const link = posts.getByRole('button', { name: /gluecksrad-am-fluss/ }).first()
  // Where it leads stands there whole. Escape and the first button leave it, back where one was.
  await link.click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toHaveAccessibleName('Open gluecksrad-am-fluss.example?')
  await expect(dialog.getByRole('button', { name: 'Back' })).toBeFocused()
  await expect(dialog).toContainText('The page sees your address and when you came')
  await expect(dialog.getByRole('link', { name: 'Open' })).toHaveAttribute('rel', 'noopener noreferrer')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(link).toBeFocused()
  // Whoever would rather look it up elsewhere takes the address along.
  await page.keyboard.press('Enter')
  await dialog.getByRole('textbox', { name: 'Address' }).press('Control+c')
  await dialog.getByRole('button', { name: 'Back' }).click()
  await expect(link).toBeFocused()
  await search.press('Control+a')
  await page.keyboard.press('Control+v')
  await expect(search).toHaveValue(/^https:\/\/gluecksrad-am-fluss\.example\/start/)
  await search.fill('')

  await toCaseOf(page, 'violation', 'Nackte Haut auf dem Profilbild')
  await expect(page.getByRole('heading', { name: 'Reported profile' })).toBeVisible()
  await expect(page.getByText('no post was reported: this is what is judged')).toBeVisible()
  const pictures = page.getByRole('list', { name: 'Attachments' })
  await expect(pictures.getByRole('listitem')).toHaveCount(2)
  await press(page, ' ')
  await expect(pictures.locator('img')).toHaveCount(1)
  await expectAccessible(page)
})

test.describe('narrow and dark', () => {
  test.use({ viewport: { width: 1024, height: 700 }, colorScheme: 'dark' })
  test('the case by keyboard alone: warnings, media, thread, and nothing that axe finds', async ({ page, whole }) => {
    const { url } = await openCases(whole)
    await openDesk(page, url)
    await toCaseOf(page, 'violation', 'Das ist eine private')
    const pieces = page.getByRole('list', { name: 'Attachments' }).getByRole('listitem')
    await press(page, ' ')
    for (const [place, words] of [
      [0, 'blurred and grey'],
      [0, 'sharp and grey'],
      [1, 'blurred and grey'],
    ] as const) {
      await press(page, ' ')
      await expect(pieces.nth(place)).toContainText(words)
    }
    await press(page, 't')
    await expect(page.getByRole('region', { name: 'Thread' })).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toContainText('hide everything, show again')
    await expectAccessible(page)
    await page.keyboard.press('Escape')

    // Accounts of a campaign differ in one letter: where one decides about them the handle is whole.
    await page.keyboard.press('Control+k')
    await page.keyboard.insertText('lucky_vip')
    await expect(page.getByRole('option', { selected: true })).toContainText('@lucky_vip')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'In the queue' }).click()
    await settled(page)
    await press(page, 'w')
    for (const head of [page.locator('header:has(#case-h)'), page.getByRole('region', { name: /^Decide about/ })])
      await expect(head).toContainText(/@lucky_vip\d+@[a-z-]+\.example/)
    expect(await askPage<string[]>(page, 'cutHandles')).toEqual([])
    await press(page, '6')
    await expect(page.getByRole('dialog')).toContainText(/@lucky_vip\d+@[a-z-]+\.example/)
    expect(await askPage<string[]>(page, 'cutHandles')).toEqual([])
  })
})
