/**
 * A small world for tests: staff, a dozen people here and on three other servers, sign-ups that wait, 30 reports.
 * The same every time; ids and times depend only on `now`.
 */
import { snowflakeAt } from './ids.ts'
import type { AccountRecord, ReportCategory, StatusRecord } from './model.ts'
import { addDefaultRoles, newAccount, newInstance, newStatus, newUser, plainExtra, plainProfile } from './records.ts'
import { World } from './world.ts'

const minute = 60_000
const day = 86_400_000

/** People here: name and role. */
const staff: readonly (readonly [string, string])[] = [
  ['owner', '3'],
  ['admin', '2'],
  ['moderator', '1'],
  ['moderator2', '1'],
]
const members = ['member', 'amina', 'bruno', 'chloe', 'dmitri', 'esi', 'farid', 'greta']
const pending = ['newcomer1', 'newcomer2', 'newcomer3', 'unconfirmed1']
const elsewhere: readonly (readonly [string, string])[] = [
  ['seller1', 'spam.example'],
  ['seller2', 'spam.example'],
  ['seller3', 'shop.spam.example'],
  ['hedda', 'harbour.example'],
  ['ivan', 'harbour.example'],
  ['jun', 'xn--bcher-kva.example'],
]
const categories: readonly ReportCategory[] = ['other', 'spam', 'violation', 'legal']

function addLocal(world: World, username: string, at: number, roleId: string | null, approved: boolean): AccountRecord {
  const id = world.userIds.next()
  const confirmed = !username.startsWith('unconfirmed')
  return world.addAccount(
    newAccount({
      id: snowflakeAt(at, Number(id)),
      username,
      domain: null,
      createdAt: at,
      profile: {
        ...plainProfile,
        displayName: username[0]?.toUpperCase() + username.slice(1),
        note: `<p>Hello, I am ${username}.</p>`,
        discoverable: true,
      },
      user: newUser({
        id,
        email: `${username}@mail.example`,
        roleId,
        approved,
        confirmed,
        inviteRequest: approved ? null : `I am ${username}, a friend told me about this place.`,
        ips: [{ ip: `198.51.100.${Number(id)}`, usedAt: at }],
        lastSignInAt: approved ? at : null,
      }),
    }),
  )
}

function addPosts(world: World, author: AccountRecord, at: number, count: number): StatusRecord[] {
  const posts: StatusRecord[] = []
  for (let n = 0; n < count; n += 1) {
    const createdAt = at + n * minute
    const remote = author.domain !== null
    const text = remote ? `Buy cheap boots, offer ${n}` : `A quiet day, part ${n}`
    posts.push(
      world.addStatus(
        newStatus({
          id: snowflakeAt(createdAt, Number(BigInt(author.id) & 0xffn) * 16 + n),
          accountId: author.id,
          createdAt,
          content: `<p>${text} <a href="https://${world.instance.domain}/tags/walk" class="mention hashtag" rel="tag">#<span>walk</span></a></p>`,
          spoilerText: n === 1 ? 'long' : '',
          sensitive: n === 1,
          uri: remote ? `https://${author.domain}/users/${author.username}/statuses/${n}` : null,
          url: remote ? `https://${author.domain}/@${author.username}/${n}` : null,
          inReplyToId: n === 2 ? (posts[0]?.id ?? null) : null,
          extra: { ...plainExtra, tags: ['walk'] },
        }),
      ),
    )
    author.statusesCount += 1
    author.lastStatusAt = createdAt
  }
  return posts
}

/** The small world as it is at `now` (milliseconds since 1970). Callers: owner, admin, moderator, moderator2, member. */
export function smallWorld(now: number): World {
  const world = new World(newInstance('lantern.example', 'Lantern'))
  world.instance.description = 'A small server.'
  addDefaultRoles(world)
  world.instanceActor = newAccount({
    id: '-99',
    username: 'mastodon.internal',
    domain: null,
    createdAt: now - 400 * day,
    profile: { ...plainProfile, locked: true, bot: true },
  })
  world.rules.add({
    id: '1',
    text: 'No spam',
    hint: 'No advertising',
    translations: { de: { text: 'Keine Werbung', hint: '' } },
    deletedAt: null,
  })
  world.rules.add({ id: '2', text: 'Be kind', hint: '', translations: {}, deletedAt: null })

  const start = now - 40 * day
  staff.forEach(([name, role], index) => {
    addLocal(world, name, start + index * minute, role, true)
  })
  const locals = members.map((name, index) => addLocal(world, name, start + (10 + index) * minute, null, true))
  const remotes = elsewhere.map(([username, domain], index) => {
    const createdAt = start + (30 + index) * minute
    const profile = { ...plainProfile, displayName: `${username} ✨`, note: '<p>Hi</p>' }
    return world.addAccount(
      newAccount({ id: snowflakeAt(createdAt, 500 + index), username, domain, createdAt, profile }),
    )
  })
  pending.forEach((name, index) => {
    addLocal(world, name, now - (60 - index) * minute, null, false)
  })

  const posts = new Map(
    [...locals, ...remotes].map((author, index) => [
      author.id,
      addPosts(world, author, now - 2 * day + index * 10 * minute, 3),
    ]),
  )
  locals.forEach((local, index) => {
    const remote = remotes[index % remotes.length]
    if (remote === undefined) return
    for (const [from, to] of [[local, remote] as const, [remote, local] as const]) {
      if (!world.addFollow(from.id, to.id)) continue
      from.followingCount += 1
      to.followersCount += 1
    }
  })
  addReports(world, now, locals, remotes, posts)
  addBlocks(world, now)
  for (const name of ['owner', 'admin', 'moderator', 'moderator2', 'member']) {
    const accountId = world.accountsByHandle.get(name)?.id ?? null
    world.addCaller({ name, accountId, scopes: ['read', 'write', 'admin:read', 'admin:write'] })
  }
  return world
}

/** 30 reports, the last three closed. */
function addReports(
  world: World,
  now: number,
  locals: readonly AccountRecord[],
  remotes: readonly AccountRecord[],
  posts: ReadonlyMap<string, readonly StatusRecord[]>,
): void {
  const closer = world.accountsByHandle.get('moderator2')?.id ?? null
  for (let n = 0; n < 30; n += 1) {
    const reporter = n % 4 === 3 ? remotes[3 + (n % 3)] : locals[n % locals.length]
    const target = n % 3 === 0 ? locals[(n + 3) % locals.length] : remotes[n % 3]
    if (reporter === undefined || target === undefined) continue
    const category = categories[n % 4] ?? 'other'
    const createdAt = now - (200 - n * 6) * minute
    const closed = n >= 27
    world.addReport({
      id: world.reports.serials.next(),
      accountId: reporter.id,
      targetAccountId: target.id,
      category,
      comment: n % 5 === 0 ? '' : `Please look at this, number ${n}`,
      forwarded: reporter.domain === null ? n % 2 === 0 : null,
      createdAt,
      updatedAt: closed ? createdAt + minute : createdAt,
      actionTakenAt: closed ? createdAt + minute : null,
      actionTakenByAccountId: closed ? closer : null,
      assignedAccountId: n === 5 ? closer : null,
      statusIds: (posts.get(target.id) ?? []).slice(0, n % 4).map(status => status.id),
      ruleIds: category === 'violation' ? ['2'] : [],
      label: target.domain?.endsWith('spam.example') ? 'boots' : null,
    })
  }
}

function addBlocks(world: World, now: number): void {
  const block = {
    rejectMedia: false,
    rejectReports: false,
    obfuscate: false,
    privateComment: null,
    publicComment: null,
    createdAt: now - 20 * day,
  }
  world.domainBlocks.add({ id: '1', domain: 'bad.example', severity: 'suspend', ...block, publicComment: 'spam' })
  world.domainBlocks.add({
    id: '2',
    domain: 'meh.example',
    severity: 'silence',
    ...block,
    obfuscate: true,
    privateComment: 'see notes',
  })
  world.emailDomainBlocks.add({
    id: '1',
    domain: 'throwaway.example',
    createdAt: now - 9 * day,
    allowWithApproval: false,
    parentId: null,
    history: [],
  })
  world.ipBlocks.add({
    id: '1',
    ip: '203.0.113.0/24',
    severity: 'sign_up_requires_approval',
    comment: 'farm',
    createdAt: now - 9 * day,
    expiresAt: null,
  })
  const tag = {
    displayName: 'Walk',
    usable: null,
    listable: null,
    trendable: null,
    reviewedAt: null,
    requestedReviewAt: null,
    history: [{ accounts: 2, uses: 5 }],
  }
  world.tags.add({ id: '1', name: 'walk', ...tag })
}
