import { expect, test } from 'vitest'
import type { AccountFilter } from '../../src/shared/contract/accounts.ts'
import type { Engine } from '../../src/shared/contract/index.ts'
import { arm, type Ground, openGround, openRows, realFetch, signInAndSync, until, untilState } from './ground.ts'

type Asked = Partial<AccountFilter> & { sort?: 'fitting' | 'name' | 'newest' }
const find = async (desk: Engine, asked: Asked) => {
  const { accounts, more } = await desk.call('accounts.find', asked)
  const { rows } = await desk.call('accounts.rows', { accounts: accounts.slice(0, 200) })
  return { more, rows, handles: rows.map(({ account }) => handleOf(account)) }
}
const handleOf = ({ username, domain }: { username: string; domain: string | null }) =>
  `@${username}${domain === null ? '' : `@${domain}`}`
/** Every address that is asked from now on. */
const watch = (ground: Ground): string[] => {
  const urls: string[] = []
  ground.between((real, input, init) => {
    urls.push(input instanceof Request ? input.url : String(input))
    return real(input, init)
  })
  return urls
}

test('accounts that the mirror knows are found by name, home and what is in force, without asking anybody', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const urls = watch(ground)
  const rows = await openRows(desk)
  const remote = rows.find(row => row.target.domain !== null)
  const local = rows.find(row => row.target.domain === null && !row.target.flags.limited)
  if (!remote || !local) throw new Error('the small world has both')
  const known = new Set(rows.map(row => row.target.id))

  // Nothing asked: all that is known. By the beginning of a name, a handle, in any case.
  const all = await find(desk, {})
  expect(all.more).toBe(false)
  for (const id of known) expect(all.rows.map(({ account }) => account.id)).toContain(id)
  for (const text of [
    remote.target.username.slice(0, 3),
    `@${remote.target.username.toUpperCase()}@${remote.target.domain}`,
    `"${remote.target.username}"`,
  ])
    expect([text, (await find(desk, { text })).handles]).toEqual([
      text,
      expect.arrayContaining([handleOf(remote.target)]),
    ])
  expect((await find(desk, { text: `@${local.target.username}@lantern.example` })).handles).toEqual([
    handleOf(local.target),
  ])
  expect((await find(desk, { text: 'nobody at all of that name' })).handles).toEqual([])
  // A handle that is still being typed, from its first letter behind the sign on; with one letter too many it is nobody's.
  const { username, domain } = remote.target
  for (const typed of [domain?.slice(0, 1), domain?.slice(0, 4), domain?.slice(0, -1)])
    expect([typed, (await find(desk, { text: `@${username}@${typed}`, origin: 'remote' })).handles]).toEqual([
      typed,
      expect.arrayContaining([handleOf(remote.target)]),
    ])
  for (const wrong of [`@${username}@${domain}x`, `@${username}@x${domain}`, `@x${username}@${domain}`])
    expect([wrong, (await find(desk, { text: wrong })).handles]).toEqual([wrong, []])
  expect((await find(desk, { text: `@${username}@${domain?.slice(0, -1)}`, origin: 'local' })).handles).toEqual([])
  // The very name stands first, then who has the most open reports.
  expect((await find(desk, { text: remote.target.username })).handles[0]).toBe(handleOf(remote.target))
  const counts = all.rows.map(({ open }) => open)
  expect(counts).toEqual([...counts].sort((a, b) => b - a))
  expect(all.rows.find(({ account }) => account.id === local.target.id)?.open).toBe(local.openOnTarget)

  // Where it is at home; a domain holds those below it.
  for (const row of (await find(desk, { origin: 'local' })).rows) expect(row.account.domain).toBeNull()
  for (const row of (await find(desk, { origin: 'remote' })).rows) expect(row.account.domain).not.toBeNull()
  const there = await find(desk, { domain: remote.target.domain })
  expect(there.handles).toContain(handleOf(remote.target))
  for (const { account } of there.rows) expect(account.domain?.endsWith(remote.target.domain ?? '')).toBe(true)
  expect((await find(desk, { server: 's9' })).rows).toEqual([])
  expect((await find(desk, { server: key, origin: 'local', text: local.target.username })).rows).toHaveLength(1)

  // What is in force: found by it once it is.
  expect((await find(desk, { state: 'limited' })).handles).not.toContain(handleOf(local.target))
  expect((await find(desk, { state: 'clear' })).handles).toContain(handleOf(local.target))
  expect(urls.filter(url => url.includes('/admin/accounts'))).toEqual([])
  const { id } = await arm(desk, local, 'account.limit')
  await untilState(ground, desk, id, 'done')
  expect((await find(desk, { state: 'limited' })).handles).toContain(handleOf(local.target))
  expect((await find(desk, { state: 'clear' })).handles).not.toContain(handleOf(local.target))
})

test('those who wait, staff, and kept e-mails and addresses are found; what no server can be asked for is said', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const { people } = await desk.call('signups.cluster', { server: key, pattern: 'all', value: '' })
  const pending = await find(desk, { state: 'pending' })
  expect(pending.rows.map(({ account }) => account.id).sort()).toEqual(people.map(({ id }) => id).sort())
  expect(pending.rows.every(row => row.pending)).toBe(true)
  const [one] = pending.rows
  if (!one) throw new Error('someone waits in the small world')
  const { email, address } = await desk.call('accounts.reveal', { server: key, account: one.account.id })
  if (email === null || address === null) throw new Error('both are kept of who waits')
  const [begin = '', host = ''] = email.split('@')
  for (const filter of [
    { email: begin.toUpperCase() },
    { mailDomain: host },
    { mailDomain: `@${host}`, state: 'pending' as const },
    { address },
    { address: `${address.split('.').slice(0, 3).join('.')}.0/24`, text: one.account.username },
  ])
    expect([filter, (await find(desk, filter)).handles]).toEqual([
      filter,
      expect.arrayContaining([handleOf(one.account)]),
    ])
  for (const filter of [{ email: `x${email}` }, { mailDomain: 'nowhere.example' }, { address: 'nonsense' }])
    expect([filter, (await find(desk, filter)).rows]).toEqual([filter, []])
  await expect(desk.call('accounts.ask', { server: key, mailDomain: host })).rejects.toMatchObject({
    code: 'not-allowed',
    detail: { reason: 'failure.ask-mail-domain' },
  })
})

test('a server is asked for accounts page by page when someone wants it; what it tells is kept, but no personal data', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  expect((await find(desk, { text: 'owner' })).rows).toEqual([])
  const there = await desk.call('accounts.ask', { server: key, text: '@owner' })
  expect(there).toMatchObject({ ids: [expect.any(String)], next: 'd' })
  expect((await find(desk, { text: 'owner' })).handles).toEqual(['@owner'])
  // Then by the name that people see, and no further.
  const byName = await desk.call('accounts.ask', { server: key, text: '@owner', next: there.next })
  expect(byName.next).toBeNull()
  const id = there.ids[0] ?? ''
  await expect(desk.call('accounts.reveal', { server: key, account: id })).rejects.toMatchObject({ code: 'not-found' })

  const staff = await desk.call('accounts.ask', { server: key, staff: true })
  expect(staff.next).toBeNull()
  const { rows } = await desk.call('accounts.rows', { accounts: staff.ids.map(one => ({ server: key, id: one })) })
  expect(rows.length).toBeGreaterThan(1)
  expect(rows.every(row => row.isStaff && row.account.domain === null)).toBe(true)
  expect((await find(desk, { staff: true })).handles).toEqual(
    expect.arrayContaining(rows.map(row => handleOf(row.account))),
  )
  // `active` of the server holds who is limited too; here nothing is in force on who is clear.
  const clear = await desk.call('accounts.ask', { server: key, state: 'clear', origin: 'local' })
  const told = await desk.call('accounts.rows', { accounts: clear.ids.map(one => ({ server: key, id: one })) })
  expect(told.rows.length).toBeGreaterThan(0)
  for (const { flags, account } of told.rows) {
    expect(account.domain).toBeNull()
    expect([flags.suspended, flags.limited, flags.sensitive, flags.frozen]).toEqual([false, false, false, false])
  }
  // A handle names its server: accounts of that name elsewhere are not meant.
  const urls = watch(ground)
  const remote = await desk.call('accounts.ask', { server: key, text: '@nobody@weide.example' })
  expect(remote).toEqual({ ids: [], next: null })
  expect(urls.map(url => new URL(url).search)).toEqual([
    '?username=nobody&origin=remote&by_domain=weide.example&limit=40',
  ])
})

test('the page of an account that no report names: facts, record, decisions, and its data revealed only by asking, logged first', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const { ids } = await desk.call('accounts.ask', { server: key, text: 'owner' })
  const id = ids[0] ?? ''
  const page = await desk.call('accounts.show', { server: key, id })
  expect(page).toMatchObject({
    account: { id, email: null, address: null },
    pending: false,
    canAsk: true,
    origin: null,
    about: { open: 0, closed: 0, reports: [] },
    decisions: [],
    webAdmin: `${ground.server.url}/admin/accounts/${id}`,
  })
  const shown = await desk.call('accounts.reveal', { server: key, account: id, ask: true })
  expect(shown.email).toContain('@')
  const { entries } = await desk.call('log.page', { limit: 5 })
  expect(entries[0]).toMatchObject({
    action: 'account.revealed',
    facts: { account: id },
    personal: { target: '@owner' },
  })
  expect(JSON.stringify(entries)).not.toContain(shown.email)
  // Nothing of it was kept.
  expect((await desk.call('accounts.show', { server: key, id })).account.email).toBeNull()
  await expect(desk.call('accounts.show', { server: key, id: '999' })).rejects.toMatchObject({ code: 'not-found' })
  await expect(desk.call('accounts.refresh', { server: key, id: '999' })).rejects.toMatchObject({ code: 'not-found' })
})

test('the page tells reports about it and counts those by it; one decides there as in a case', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk, key } = await signInAndSync(ground, 'admin')
  const rows = await openRows(desk)
  const row = rows.find(({ target }) => target.domain === null && !target.flags.limited)
  if (!row) throw new Error('a member was reported')
  const { id } = row.target
  const show = () => desk.call('accounts.show', { server: key, id })
  const page = await show()
  const about = rows.filter(each => each.target.id === id)
  expect(page.about.open).toBe(about.length)
  expect(page.about.reports.map(report => report.id)).toEqual(expect.arrayContaining(about.map(report => report.id)))
  expect((await desk.call('accounts.openReports', { server: key, id })).ids.sort()).toEqual(
    about.map(report => report.id).sort(),
  )
  const remote = rows.find(({ target }) => target.domain !== null)
  if (remote)
    expect((await desk.call('accounts.show', { server: key, id: remote.target.id })).origin?.domain).toBe(
      remote.target.domain,
    )

  const { decision } = await desk.call('decisions.arm', {
    server: key,
    subject: { of: 'account', id },
    kind: 'account.limit',
    view: key,
  })
  await untilState(ground, desk, decision.id, 'done')
  const after = await until(show, ({ about: { open } }) => open === 0)
  expect(after.account.flags.limited).toBe(true)
  expect(after.decisions.map(each => [each.kind, each.state])).toEqual([['account.limit', 'done']])
  // A colleague lifts it elsewhere: seen when the page is read again.
  await realFetch(`${ground.server.url}/api/v1/admin/accounts/${id}/unsilence`, {
    method: 'POST',
    headers: { authorization: 'Bearer owner' },
  })
  ground.clock.advance(120_000)
  await desk.call('accounts.refresh', { server: key, id })
  const seen = await show()
  expect(seen.account.flags.limited).toBe(false)
  expect(seen.since).toMatchObject([{ action: 'account.seen-changed', facts: { limited: false } }])
})

test('accounts known before there was an index are put into it, and a changed name is found by the new one only', async () => {
  await using ground = await openGround()
  await ground.openEngine()
  const { desk } = await signInAndSync(ground, 'admin')
  const before = (await find(desk, {})).handles
  await ground.closeEngine()
  const { default: Database } = await import('better-sqlite3')
  const raw = new Database(`${ground.folder}/mirror.db`)
  raw.exec(`DELETE FROM account_text; UPDATE account SET place = NULL`)
  raw.close()
  await ground.openEngine()
  const again = ground.client()
  const after = await until(
    () => find(again, {}),
    ({ rows }) => rows.length === before.length,
    ground.clock,
    50,
  )
  expect([...after.handles].sort()).toEqual([...before].sort())
  const [first = ''] = before
  expect((await find(again, { text: first })).handles).toEqual([first])
})
