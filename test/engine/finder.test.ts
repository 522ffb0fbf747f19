import { expect, test } from 'vitest'
import type { Engine } from '../../src/shared/contract/index.ts'
import { openGround, openRows, signInAndSync } from './ground.ts'

const find = (desk: Engine, text: string) => desk.call('finder.find', { text })
const handles = (found: Awaited<ReturnType<typeof find>>) =>
  found.accounts.map(({ account }) => `@${account.username}${account.domain === null ? '' : `@${account.domain}`}`)

test('a handle, an address and a domain find what the mirror knows, without asking anybody', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const rows = await openRows(desk)
  const remote = rows.find(row => row.target.domain !== null)
  const local = rows.find(row => row.target.domain === null)
  if (!remote || !local) throw new Error('the small world has both')
  const { username, domain } = remote.target
  const urls: string[] = []
  ground.between((real, input, init) => {
    urls.push(input instanceof Request ? input.url : String(input))
    return real(input, init)
  })

  // Exactly, in any case; by name; by the profile's address; by its own server's address.
  const exact = await find(desk, `@${username.toUpperCase()}@${domain}`)
  expect(exact).toMatchObject({ as: 'handle', askable: [key], posts: [], domains: [] })
  expect(exact.accounts).toHaveLength(1)
  expect(exact.accounts[0]).toMatchObject({ server: key, account: { id: remote.target.id }, open: remote.openOnTarget })
  for (const text of [
    `https://${domain}/@${username}`,
    `https://${domain}/users/${username}`,
    `https://lantern.example/@${username}@${domain}`,
  ])
    expect([text, handles(await find(desk, text))]).toEqual([text, [`@${username}@${domain}`]])
  for (const text of [
    `@${local.target.username}@lantern.example`,
    `https://lantern.example/@${local.target.username}`,
    `${ground.server.url}/admin/accounts/${local.target.id}`,
  ])
    expect([text, handles(await find(desk, text))]).toEqual([text, [`@${local.target.username}`]])
  expect(handles(await find(desk, username.slice(0, 2)))).toContain(`@${username}@${domain}`)

  // A post that is kept, with its report; by the address of another server and by the id on this one.
  const shown = (await Promise.all(rows.map(({ server, id }) => desk.call('reports.case', { server, id })))).find(
    ({ posts, account }) => posts.length > 0 && account.domain !== null,
  )
  const post = shown?.posts[0]
  if (!shown || !post?.url) throw new Error('a remote post was reported')
  for (const text of [
    post.url,
    `https://lantern.example/@${shown.account.username}@${shown.account.domain}/${post.id}`,
  ]) {
    const found = await find(desk, text)
    expect([text, found.as, found.posts.map(({ id, author }) => [id, author?.id])]).toEqual([
      text,
      'post',
      [[post.id, shown.account.id]],
    ])
    expect(found.posts[0]?.report).not.toBeNull()
    expect(handles(found)).toEqual([`@${shown.account.username}@${shown.account.domain}`])
  }

  const report = await find(desk, `${ground.server.url}/admin/reports/${local.id}`)
  expect(report.reports).toMatchObject([
    { report: { server: key, id: local.id }, target: { id: local.target.id }, isOpen: true },
  ])
  expect((await find(desk, 'https://elsewhere.example/admin/reports/1')).reports).toEqual([])
  // Another server may live on the same computer, behind another port.
  const beside = ground.server.url.replace(/:\d+$/, ':9')
  expect((await find(desk, `${beside}/admin/reports/${local.id}`)).reports).toEqual([])
  expect(await find(desk, `${beside}/@${local.target.username}`)).toMatchObject({ accounts: [] })

  const known = await find(desk, `https://${domain}/`)
  expect(known).toMatchObject({
    as: 'domain',
    askable: [],
    domains: [{ server: key, domain, block: null, allowed: false }],
  })
  expect(known.domains[0]?.open).toBe(rows.filter(row => row.target.domain === domain).length)
  expect((await find(desk, 'deep.bad.example')).domains).toMatchObject([
    { open: 0, block: { domain: 'bad.example', severity: 'suspend' } },
  ])
  // One's own server is no domain to block.
  expect((await find(desk, 'lantern.example')).domains).toEqual([])
  expect(await find(desk, 'nobody at all')).toMatchObject({ as: 'name', accounts: [], askable: [] })
  expect(urls).toEqual([])
})

test('what the mirror does not know is asked of the server when someone wants it, and kept', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground)
  // A member whom nobody reported: the mirror never heard of them.
  const quiet = 'owner'
  expect(await find(desk, `@${quiet}`)).toMatchObject({ accounts: [], askable: [key] })
  const there = await desk.call('finder.ask', { text: `@${quiet}`, server: key })
  expect(there.accounts).toMatchObject([{ server: key, account: { username: quiet, domain: null }, open: 0 }])
  expect(handles(await find(desk, `https://lantern.example/@${quiet}`))).toEqual([`@${quiet}`])
  // Its personal data stands in no queue, so none was kept.
  await expect(
    desk.call('accounts.reveal', { server: key, account: there.accounts[0]?.account.id ?? '' }),
  ).rejects.toMatchObject({ code: 'not-found' })

  expect((await desk.call('finder.ask', { text: '@nobody@weide.example', server: key })).accounts).toEqual([])
  await expect(desk.call('finder.ask', { text: 'weide.example', server: key })).rejects.toMatchObject({
    code: 'not-found',
  })
  await desk.call('servers.signOut', { server: key })
  expect((await find(desk, '@admin')).askable).toEqual([])
  await expect(desk.call('finder.ask', { text: '@admin', server: key })).rejects.toMatchObject({ code: 'signed-out' })
})

test('a name that people see is found in its own script, and a report that is not held is read from its page’s address', async () => {
  await using ground = await openGround({ reports: 120 })
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const rows = await openRows(desk)
  const named = rows.find(row => /^\p{L}{3,} \p{L}{3,}$/u.test(row.target.displayName))
  if (!named) throw new Error('someone has a name of two words')
  const [first = '', second = ''] = named.target.displayName.split(' ')
  for (const text of [second.slice(0, 3), `${first.toUpperCase()} ${second}`])
    expect([text, (await find(desk, text)).accounts.map(({ account }) => account.id)]).toEqual([
      text,
      expect.arrayContaining([named.target.id]),
    ])

  // Two letters of a name in a script without spaces.
  const unspaced = rows.find(row => /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]{2}/u.test(row.target.displayName))
  if (!unspaced) throw new Error('someone has a Japanese name')
  const two = [...unspaced.target.displayName].slice(0, 2).join('')
  expect((await find(desk, two)).accounts.map(({ account }) => account.id)).toContain(unspaced.target.id)

  // Forgotten here, as one is that the reading never came to.
  const [report] = rows
  if (!report) throw new Error('no report')
  await ground.closeEngine()
  const { default: Database } = await import('better-sqlite3')
  const raw = new Database(`${ground.folder}/mirror.db`)
  raw.prepare('DELETE FROM report WHERE id = ?').run(report.id)
  raw.close()
  await ground.openEngine()
  const again = ground.client()
  const page = `${ground.server.url}/admin/reports/${report.id}`
  expect(await find(again, page)).toMatchObject({ as: 'report', reports: [], askable: [key] })
  const told = await again.call('finder.ask', { text: page, server: key })
  expect(told.reports).toMatchObject([{ report: { server: key, id: report.id }, isOpen: true }])
  expect(
    (await again.call('finder.ask', { text: `${ground.server.url}/admin/reports/999999`, server: key })).reports,
  ).toEqual([])
})
