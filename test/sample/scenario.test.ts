import { describe, expect, test } from 'vitest'
import type { AccountRecord, StatusRecord } from '../../src/main/sample/rules/model.ts'
import { migrationWeek } from '../../src/main/sample/scenario/migration-week.ts'
import { storyMoment } from '../../src/main/sample/scenario/moments.ts'
import { plain, textsIn } from './scenario-plain.ts'

const world = migrationWeek()
const locals = world.accountsByDomain.get('')?.all() ?? []
const reports = world.reports.all()
const pending = locals.filter(one => one.user?.approved === false)

const account = (id: string): AccountRecord => {
  const found = world.account(id)
  if (found === undefined) throw new Error(`no account ${id}`)
  return found
}
const status = (id: string): StatusRecord => {
  const found = world.statuses.get(id)
  if (found === undefined) throw new Error(`no status ${id}`)
  return found
}

test('the numbers of the story', () => {
  expect(locals.filter(one => one.user?.approved)).toHaveLength(400)
  expect([...world.accountsByDomain.keys()].filter(domain => domain !== '')).toHaveLength(45)
  expect(reports).toHaveLength(320)
  expect(pending).toHaveLength(60)
  expect(pending.filter(one => one.label !== null)).toHaveLength(45)
  expect(world.domainBlocks.all()).toHaveLength(25)
  expect(world.rules.all()).toHaveLength(6)
  const labelled = (start: string) => reports.filter(one => one.label?.startsWith(start))
  expect(labelled('campaign:')).toHaveLength(200)
  expect(new Set(labelled('campaign:').map(one => one.label)).size).toBe(3)
  expect(labelled('brigade:')).toHaveLength(40)
  const closed = reports.filter(one => one.actionTakenAt !== null)
  expect(closed).toHaveLength(40)
  expect(new Set(closed.map(one => account(one.actionTakenByAccountId ?? '').username))).toEqual(
    new Set(['noor', 'kim', 'ada', 'jun', 'mateo']),
  )
  expect(reports.filter(one => one.category === 'legal' && one.label === null)).toHaveLength(3)
})

test('the same seed makes the same world, another seed another one', () => {
  expect(plain(migrationWeek({ seed: 7 }))).toEqual(plain(migrationWeek({ seed: 7 })))
  const other = plain(migrationWeek({ seed: 8 }))
  expect(JSON.stringify(other.accounts)).not.toBe(JSON.stringify(plain(migrationWeek({ seed: 7 })).accounts))
})

test('another moment moves every time along and leaves the story alone', () => {
  const later = migrationWeek({ now: storyMoment + 100 * 86_400_000 })
  const shifted = later.reports.all()
  expect(shifted.map(one => one.createdAt - 100 * 86_400_000)).toEqual(reports.map(one => one.createdAt))
  expect(
    later.accounts
      .all()
      .map(one => one.username)
      .sort(),
  ).toEqual(
    world.accounts
      .all()
      .map(one => one.username)
      .sort(),
  )
  const deadline = (in_: typeof world) =>
    in_.reports.all().find(one => one.comment.startsWith('Antrag auf Entfernung'))?.comment
  expect(deadline(world)).toContain('Frist: 27. November, 18 Uhr')
  expect(deadline(later)).toContain('Frist: 7. März, 18 Uhr')
})

test('nothing points outside .example', () => {
  const foreign: string[] = []
  for (const text of textsIn(plain(world))) {
    expect(/\p{Cs}/u.test(text), text).toBe(false)
    for (const [, host = ''] of text.matchAll(/[a-z][a-z0-9+.-]*:\/\/([^/\s"<>?#]+)/gi)) {
      if (!/\.example(?::\d+)?$/i.test(host)) foreign.push(host)
    }
    for (const [, host = ''] of text.matchAll(/(?<!\/)@([\w-]+(?:\.[\w-]+)+)/g))
      if (!host.endsWith('.example')) foreign.push(host)
    for (const [bare] of text.matchAll(
      /\b[\w-]+\.(?:com|org|net|de|fr|es|it|jp|eu|io|me|co|uk|ch|at|app|dev|xyz|info|biz|shop|social|online|rescue)\b/gi,
    ))
      foreign.push(bare)
  }
  expect(foreign).toEqual([])
})

test('time runs one way: nobody acts before being there', () => {
  for (const one of world.statuses.all()) {
    expect(one.createdAt, one.content).toBeGreaterThanOrEqual(account(one.accountId).createdAt)
    expect(one.createdAt).toBeLessThanOrEqual(storyMoment)
    if (one.inReplyToId !== null)
      expect(status(one.inReplyToId).createdAt, one.content).toBeLessThanOrEqual(one.createdAt)
  }
  for (const one of reports) {
    expect(one.createdAt, one.comment).toBeLessThanOrEqual(storyMoment)
    expect(account(one.accountId).createdAt, one.comment).toBeLessThan(one.createdAt)
    expect(account(one.targetAccountId).createdAt, one.comment).toBeLessThan(one.createdAt)
    if (one.actionTakenAt !== null) expect(one.actionTakenAt, one.comment).toBeGreaterThanOrEqual(one.createdAt)
    for (const id of one.statusIds) {
      expect(status(id).accountId, one.comment).toBe(one.targetAccountId)
      expect(status(id).createdAt, one.comment).toBeLessThan(one.createdAt)
      expect(status(id).deletedAt ?? storyMoment, one.comment).toBeGreaterThan(one.createdAt)
    }
  }
  const times = reports.map(one => one.createdAt)
  expect(times).toEqual([...times].sort((a, b) => a - b))
})

test('reports are as a server has them: remote ones carry no category, rules only where there is a violation', () => {
  for (const one of reports) {
    const by = account(one.accountId)
    if (by.domain !== null)
      expect([one.category, one.forwarded, one.ruleIds], one.comment).toEqual(['other', null, null])
    if (one.category === 'violation') expect(one.ruleIds?.length, one.comment).toBeGreaterThan(0)
    else expect(one.ruleIds ?? [], one.comment).toEqual([])
    for (const id of one.ruleIds ?? []) expect(world.rules.get(id)).toBeDefined()
  }
  const actors = reports
    .map(one => account(one.accountId))
    .filter(by => by.domain !== null && by.username === by.domain)
  expect(actors.length).toBeGreaterThan(20)
  expect(reports.some(one => one.forwarded === true)).toBe(true)
  expect(reports.filter(one => one.assignedAccountId !== null).length).toBeGreaterThan(4)
})

describe('the town', () => {
  const find = (handle: string): AccountRecord => world.accountsByHandle.get(handle) ?? account('nobody')

  test('staff and callers', () => {
    const roles = locals.flatMap(one => (one.user?.roleId == null ? [] : [world.roles.get(one.user.roleId)?.name]))
    expect(roles.sort()).toEqual(['Admin', 'Moderator', 'Moderator', 'Moderator', 'Owner'])
    for (const caller of world.callers.values()) expect(account(caller.accountId ?? '').user?.approved).toBe(true)
    expect([...world.callers.keys()]).toEqual(['owner', 'admin', 'moderator', 'moderator2', 'member'])
  })

  test('every standing, and every language', () => {
    expect(find('pillen_paule').suspendedAt).not.toBeNull()
    expect(find('sven_baut').silencedAt).not.toBeNull()
    expect(find('ink_and_iron').sensitizedAt).not.toBeNull()
    expect(find('rolf_ruft').user?.disabled).toBe(true)
    expect(find('heinrich_funk').memorial).toBe(true)
    expect(find('cousin_of_dee').movedTo).toBe(find('uche@harbourlight.example').id)
    expect(find('pegel_weide').profile.bot).toBe(true)
    expect(find('coffee_corner').profile.group).toBe(true)
    const languages = new Set(world.statuses.all().map(one => one.language))
    for (const lang of ['en', 'de', 'fr', 'es', 'ar', 'ja']) expect(languages).toContain(lang)
  })

  test('threads with everything a post can have', () => {
    const posts = world.statuses.all()
    const extras = posts.flatMap(one => (one.extra === null ? [] : [one.extra]))
    expect(posts.filter(one => one.spoilerText !== '').length).toBeGreaterThan(3)
    expect(posts.filter(one => one.reblogOfId !== null).length).toBeGreaterThan(30)
    expect(posts.filter(one => one.deletedAt !== null)).toHaveLength(2)
    expect(posts.filter(one => one.editedAt !== null).map(one => one.extra?.edits.length)).toEqual([2, 2])
    expect(posts.filter(one => one.visibility === 'direct')).toHaveLength(1)
    expect(extras.filter(one => one.poll !== null)).toHaveLength(4)
    // One stands in a report, so that a case shows it.
    const reported = new Set(world.reports.all().flatMap(report => report.statusIds))
    expect(posts.filter(one => reported.has(one.id) && one.extra?.poll != null)).toHaveLength(1)
    expect(extras.filter(one => one.quote?.state === 'accepted').length).toBeGreaterThan(2)
    expect(extras.filter(one => one.quote?.state === 'revoked')).toHaveLength(1)
    expect(extras.filter(one => one.emojis.length > 0).length).toBeGreaterThan(0)
    expect(extras.filter(one => one.card !== null)).toHaveLength(1)
    const kinds = new Set(extras.flatMap(one => one.media.map(media => media.type)))
    expect(kinds).toEqual(new Set(['image', 'gifv', 'video']))
  })

  test('what is hostile arrives as a real server would send it', () => {
    const texts = world.statuses.all().map(one => one.content)
    expect(texts.some(text => text.includes('href="magnet:?xt='))).toBe(true)
    expect(texts.some(text => text.includes('href="gemini://kapsel.example/'))).toBe(true)
    expect(texts.some(text => text.includes('javascript:alert(1)'))).toBe(true)
    expect(texts.filter(text => /href="(?:javascript|mailto|data):/i.test(text))).toEqual([])
    expect(texts.filter(text => /<(?:img|script|div)/i.test(text))).toEqual([])
    const names = world.accounts.all().map(one => one.profile.displayName)
    expect(names).toContain('Remote 10 <b>&')
    expect(names.some(name => name.includes('\u202E'))).toBe(true)
    expect(Math.max(...names.map(name => name.length))).toBeGreaterThan(120)
    const long = texts.find(text => text.includes('the department counts'))?.replace(/<[^>]*>/g, '') ?? ''
    expect([...long.replaceAll('&#39;', "'")]).toHaveLength(500)
  })

  test('pictures and videos are files of their kind', () => {
    const media = world.statuses.all().flatMap(one => one.extra?.media ?? [])
    for (const path of media.flatMap(one => [one.url, one.previewUrl])) expect(world.files.has(path ?? '')).toBe(true)
    const png = world.files.get(media.find(one => one.type === 'image')?.url ?? '')?.make()
    expect(
      Buffer.from(png ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
    const video = world.files.get(media.find(one => one.type === 'gifv')?.url ?? '')?.make()
    expect(
      Buffer.from(video ?? [])
        .subarray(4, 8)
        .toString(),
    ).toBe('ftyp')
  })
})

test('a suspended domain is cut off: its accounts suspended, their posts and follows gone; a limited one only limited', () => {
  for (const block of world.domainBlocks.all()) {
    for (const one of world.accountsByDomain.get(block.domain)?.all() ?? []) {
      if (block.severity === 'silence') expect(one.silencedAt, one.username).not.toBeNull()
      if (block.severity !== 'suspend') continue
      expect(one.suspendedAt, one.username).not.toBeNull()
      expect(world.statusesByAccount.get(one.id) ?? []).toEqual([])
      expect([...(world.following.get(one.id) ?? []), ...(world.followers.get(one.id) ?? [])]).toEqual([])
    }
  }
  expect(world.accountsByDomain.get('night.kante.example')?.size).toBe(3)
})
