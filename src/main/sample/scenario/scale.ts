/** The same town a thousand times busier: more accounts elsewhere and years of reports, made from the seed in compact records. */
import { snowflakeAt } from '../rules/ids.ts'
import type { AccountRecord, Profile, ReportRecord, StatusRecord } from '../rules/model.ts'
import type { World } from '../rules/world.ts'
import type { Dice } from './dice.ts'
import { span } from './moments.ts'
import type { Story } from './story.ts'
import { pools, smallComments, smallPosts } from './texts/pools.ts'
import { servers } from './texts/servers.ts'

/** Made-up servers that the large world knows besides. */
const extraServers = 1955

/** Profiles that the many share: one object for thousands of accounts. */
function sharedProfiles(dice: Dice): Profile[] {
  const profiles: Profile[] = []
  for (const lang of ['de', 'en', 'fr', 'es', 'ar', 'ja'] as const) {
    for (const [given] of pools[lang].given) {
      profiles.push({
        displayName: `${given} ${dice.pick(pools[lang].family)[0]}`,
        note: `<p>${dice.pick(pools[lang].bios)}</p>`,
        avatar: null,
        header: null,
        locked: false,
        bot: false,
        group: false,
        discoverable: true,
        indexable: false,
        hideCollections: null,
        fields: [],
        emojis: [],
      })
    }
  }
  return profiles
}

/** Where an account lives: the small servers have few, the first ones many. */
function domainOf(dice: Dice): string {
  const place = Math.floor(dice.next() ** 2.2 * (servers.length + extraServers))
  return servers[place]?.host ?? `s${place}.crowd.example`
}

/** The servers that reported over the years, each by its own anonymous actor. */
function reportingServers(story: Story): AccountRecord[] {
  return servers.flatMap(server => (server.open === true ? [] : [story.actor(server.host)]))
}

/** Adds remote accounts until the world has `target`. Times rise steadily, so ids are in order and none is given twice. */
export function addCrowd(story: Story, target: number): void {
  const { world } = story
  reportingServers(story)
  const dice = story.dice('crowd')
  const profiles = sharedProfiles(dice)
  const missing = target - world.accounts.size
  const start = story.at('1700d')
  const step = span('1690d') / Math.max(1, missing)
  for (let i = 0; i < missing; i += 1) {
    const createdAt = Math.floor(start + i * step)
    const profile = profiles[dice.whole(0, profiles.length - 1)] as Profile
    world.addAccount(compact(createdAt, i, `u${i.toString(36)}`, domainOf(dice), profile, dice))
  }
}

function compact(
  createdAt: number,
  salt: number,
  username: string,
  domain: string,
  profile: Profile,
  dice: Dice,
): AccountRecord {
  const followersCount = dice.whole(0, 400)
  return {
    id: snowflakeAt(createdAt, salt),
    username,
    domain,
    createdAt,
    profile,
    user: null,
    suspendedAt: null,
    suspensionOrigin: null,
    silencedAt: null,
    sensitizedAt: null,
    memorial: false,
    movedTo: null,
    purged: false,
    followersCount,
    followingCount: followersCount >> 1,
    statusesCount: followersCount * 3,
    lastStatusAt: null,
    label: null,
  }
}

function smallPost(world: World, author: AccountRecord, createdAt: number, salt: number, text: string): StatusRecord {
  const id = snowflakeAt(createdAt, salt)
  return world.addStatus({
    id,
    accountId: author.id,
    createdAt,
    content: text,
    spoilerText: '',
    sensitive: false,
    visibility: 'public',
    language: 'en',
    inReplyToId: null,
    reblogOfId: null,
    uri: null,
    url: null,
    repliesCount: 0,
    reblogsCount: 0,
    favouritesCount: 0,
    quotesCount: 0,
    editedAt: null,
    deletedAt: null,
    pinned: false,
    trendable: null,
    extra: null,
  })
}

/** One of many: what stays the same, once, for all reports. */
const noStatuses: readonly string[] = []

/**
 * Adds older reports until the world will have `target` with those the story has drafted: three years up to four months ago, three in
 * four closed. Runs before the story's reports get their numbers, so that numbers follow time.
 */
export function addHistory(story: Story, target: number): void {
  const { world } = story
  const dice = story.dice('history')
  const missing = target - story.reports.length
  if (missing <= 0) return
  const known = reportingServers(story)
  const accounts = world.accounts
    .all()
    .filter(one => one.domain !== null && !one.username.includes('.') && one.label === null)
  const members = (world.accountsByDomain.get('')?.all() ?? []).filter(
    one => one.label === null && one.user?.approved === true,
  )
  const staff = ['noor', 'kim', 'ada', 'jun', 'mateo'].map(user => story.who(user).id)
  const texts = smallPosts.map(text => `<p>${text}</p>`)
  const start = story.at('1100d')
  const step = span('970d') / missing
  for (let i = 0; i < missing; i += 1) {
    const createdAt = Math.floor(start + i * step)
    const by = dice.chance(0.6) ? dice.pick(members) : dice.pick(known)
    const target = dice.pick(accounts)
    const statusIds = dice.chance(0.5)
      ? [smallPost(world, target, createdAt - 3_600_000, i, dice.pick(texts)).id]
      : noStatuses
    world.addReport(pastReport(world, dice, { createdAt, by, target, statusIds, staff }))
  }
}

interface Past {
  readonly createdAt: number
  readonly by: AccountRecord
  readonly target: AccountRecord
  readonly statusIds: readonly string[]
  readonly staff: readonly string[]
}

function pastReport(world: World, dice: Dice, { createdAt, by, target, statusIds, staff }: Past): ReportRecord {
  const closedAt = dice.chance(0.75) ? createdAt + dice.whole(600_000, 90_000_000) : null
  const local = by.domain === null
  return {
    id: world.reports.serials.next(),
    accountId: by.id,
    targetAccountId: target.id,
    category: local && dice.chance(0.6) ? 'spam' : 'other',
    comment: dice.pick(smallComments),
    forwarded: local ? false : null,
    createdAt,
    updatedAt: closedAt ?? createdAt,
    actionTakenAt: closedAt,
    actionTakenByAccountId: closedAt === null ? null : dice.pick(staff),
    assignedAccountId: null,
    statusIds,
    ruleIds: null,
    label: null,
  }
}
