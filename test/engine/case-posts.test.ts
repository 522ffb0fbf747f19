import { expect, test } from 'vitest'
import type { StatusRecord } from '../../src/main/sample/rules/model.ts'
import { openCases, readCase, reportAbout } from './case-ground.ts'
import { type Ground, NOON } from './ground.ts'

const SHOTS = 'Screenshots, Namen sichtbar'

type Writable<T> = { -readonly [K in keyof T]: T[K] }
const statusOf = (ground: Ground, post: string): Writable<StatusRecord> => {
  const found = ground.server.world.statuses.get(post)
  if (!found) throw new Error('no post')
  return found
}

const reads = (ground: Ground, path: RegExp) => {
  const seen: string[] = []
  ground.between(async (real, input, init) => {
    const url = new URL(String(input))
    if (path.test(url.pathname)) seen.push(url.pathname + url.search)
    return await real(input, init)
  })
  return seen
}

test('whether a post is still there is asked in one request, and told as far as it can be known', async () => {
  await using cases = await openCases()
  const { ground, desk, key } = cases
  const { report, post } = reportAbout(ground, SHOTS)
  const standing = async () => {
    const { posts } = await readCase(desk, key, report)
    return posts.find(one => one.id === post)?.standing
  }
  expect(await standing()).toBe('not-looked')
  const { posts } = await readCase(desk, key, report)
  const seen = reads(ground, /^\/api\/v1\/statuses/)
  await desk.call('posts.look', { server: key, posts: [...posts.map(one => one.id), '1', '2'] })
  expect(seen).toHaveLength(1)
  expect(seen[0], 'only what is kept here').not.toMatch(/=[12](&|$)/)
  expect(await standing()).toBe('there')

  // Deleted: the report still shows it as if nothing were (K.16), the post itself is not found.
  statusOf(ground, post).deletedAt = NOON
  await desk.call('posts.look', { server: key, posts: [post] })
  await desk.call('reports.refresh', { server: key, id: report.id })
  expect(await standing()).toBe('hidden')
  // Of what only some may see it cannot be known.
  statusOf(ground, post).visibility = 'private'
  ground.clock.advance(1000)
  await desk.call('reports.refresh', { server: key, id: report.id })
  expect(await standing()).toBe('untold')
  // Purged: it vanishes from its report, and stays here as what was reported.
  const writable: Writable<typeof report> = report
  writable.statusIds = report.statusIds.filter(id => id !== post)
  ground.clock.advance(1000)
  await desk.call('reports.refresh', { server: key, id: report.id })
  expect(await standing()).toBe('out')
  const kept = (await readCase(desk, key, report)).posts.find(one => one.id === post)
  expect([kept?.warning, kept?.reports, kept?.copies]).toEqual([SHOTS, 0, 2])
})

test('a suspended account hides all of its posts: that is said, not that they were deleted', async () => {
  await using cases = await openCases()
  const { ground, desk, key } = cases
  const { report, post } = reportAbout(ground, SHOTS)
  const account: { suspendedAt: number | null } | undefined = ground.server.world.account(report.targetAccountId)
  if (account) account.suspendedAt = NOON
  await desk.call('reports.refresh', { server: key, id: report.id })
  await desk.call('posts.look', { server: key, posts: [post] })
  const { posts, account: shown } = await readCase(desk, key, report)
  expect(posts.find(one => one.id === post)?.standing).toBe('account-suspended')
  // Its blank profile does not wipe what was known (K.17).
  expect(shown.displayName).not.toBe('')
})

test('before 4.3 posts are asked for one by one, a few at most', async () => {
  await using cases = await openCases({ release: '4.2.10' })
  const { ground, desk, key } = cases
  const { report } = reportAbout(ground, SHOTS)
  const { posts } = await readCase(desk, key, report)
  const seen = reads(ground, /^\/api\/v1\/statuses\/\d+$/)
  await desk.call('posts.look', { server: key, posts: posts.map(one => one.id) })
  expect(seen).toHaveLength(Math.min(5, posts.length))
})

test('a poll shows its votes as last looked at, and no new copy of the evidence for it', async () => {
  await using cases = await openCases()
  const { ground, desk, key } = cases
  const withPoll = [...ground.server.world.reports.all()]
    .filter(one => one.actionTakenAt === null && one.statusIds.length > 0)
    .flatMap(report => report.statusIds.map(post => ({ report, post })))[0]
  if (!withPoll) throw new Error('no report')
  const { report, post } = withPoll
  const status = statusOf(ground, post)
  const poll = {
    id: '77',
    expiresAt: null,
    multiple: false,
    votersCount: 5,
    options: [
      { title: 'Ja', votes: 2 },
      { title: 'Nein', votes: 3 },
    ],
  }
  status.extra = { ...(status.extra ?? emptyExtra), poll }
  ground.clock.advance(1000)
  await desk.call('reports.refresh', { server: key, id: report.id })
  const shown = async () => (await readCase(desk, key, report)).posts.find(one => one.id === post)
  expect((await shown())?.poll?.options).toEqual([
    { title: 'Ja', votes: null },
    { title: 'Nein', votes: null },
  ])
  const copies = (await shown())?.copies
  await desk.call('posts.look', { server: key, posts: [post] })
  poll.options = poll.options.map(option => ({ ...option, votes: option.votes + 1 }))
  await desk.call('reports.refresh', { server: key, id: report.id })
  expect((await shown())?.poll?.options.map(option => option.votes)).toEqual([2, 3])
  expect((await shown())?.copies).toBe(copies)
})

const emptyExtra = {
  media: [],
  poll: null,
  card: null,
  quote: null,
  mentions: [],
  tags: [],
  emojis: [],
  edits: [],
  application: null,
}

test('versions come from the server; when it is away or shows the post no more, those that are kept here, with the reason', async () => {
  await using cases = await openCases()
  const { ground, desk, key } = cases
  const edited = [...ground.server.world.statuses.all()].find(
    status => (status.extra?.edits.length ?? 0) > 1 && reportsOf(ground, status.id).length > 0,
  )
  if (!edited) throw new Error('no edited post was reported')
  const ask = () => desk.call('posts.versions', { server: key, post: edited.id })
  const asked = await ask()
  expect([asked.from, asked.failure, asked.versions.length]).toEqual(['server', null, edited.extra?.edits.length])
  expect(asked.versions.map(one => one.at)).toEqual([...asked.versions.map(one => one.at)].sort((a, b) => a - b))

  statusOf(ground, edited.id).deletedAt = NOON
  const hidden = await ask()
  expect(hidden).toMatchObject({
    from: 'here',
    failure: { code: 'not-found', detail: { reason: 'failure.post-hidden' } },
  })
  expect(hidden.versions).toHaveLength(1)
  ground.between(async () => {
    throw new TypeError('fetch failed')
  })
  expect(await ask()).toMatchObject({ from: 'here', failure: { code: 'offline' } })
  await expect(desk.call('posts.versions', { server: key, post: '1' })).rejects.toMatchObject({ code: 'offline' })
})

const reportsOf = (ground: Ground, post: string) =>
  [...ground.server.world.reports.all()].filter(one => one.actionTakenAt === null && one.statusIds.includes(post))

test('a thread is read when asked for, in the class of someone who waits, and nothing of it is kept', async () => {
  await using cases = await openCases()
  const { ground, desk, key } = cases
  const replied = [...ground.server.world.statuses.all()].find(
    status => status.inReplyToId !== null && status.deletedAt === null && reportsOf(ground, status.id).length > 0,
  )
  if (!replied) throw new Error('no reply was reported')
  const thread = await desk.call('posts.thread', { server: key, post: replied.id })
  const parent = statusOf(ground, replied.inReplyToId ?? '')
  expect(thread.before.at(-1)).toMatchObject({ id: parent.id, author: { id: parent.accountId } })
  expect(thread.left).toBe(0)
  for (const answer of thread.after) expect(answer.content.nodes.length).toBeGreaterThan(0)
  await expect(desk.call('posts.thread', { server: key, post: '1' })).rejects.toMatchObject({
    code: 'not-found',
    detail: { reason: 'failure.post-hidden' },
  })
})
