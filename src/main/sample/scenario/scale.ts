/** The same town a thousand times busier: more accounts elsewhere and years of reports, made from the seed in compact records. */
import { snowflakeAt } from '../rules/ids.ts'
import type { AccountRecord, Profile, ReportRecord, StatusRecord } from '../rules/model.ts'
import { newAccount, newStatus } from '../rules/records.ts'
import type { World } from '../rules/world.ts'
import type { Dice } from './dice.ts'
import { HistoryTexts } from './history-texts.ts'
import { span } from './moments.ts'
import type { Story } from './story.ts'
import { pools } from './texts/pools.ts'
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

/** Where accounts live: made once, so that a million accounts share two thousand texts. */
const domains: readonly string[] = Array.from(
  { length: servers.length + extraServers },
  (_, i) => servers[i]?.host ?? `s${i}.crowd.example`,
)

/** The domain of an account: the small servers have few, the first ones many. */
function domainOf(dice: Dice): string {
  return domains[Math.floor(dice.next() ** 2.2 * domains.length)] ?? ''
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
  return newAccount({
    id: snowflakeAt(createdAt, salt),
    username,
    domain,
    createdAt,
    profile,
    followersCount,
    followingCount: followersCount >> 1,
    statusesCount: followersCount * 3,
  })
}

function smallPost(
  world: World,
  author: AccountRecord,
  createdAt: number,
  salt: number,
  content: string,
  language: string,
): StatusRecord {
  const id = snowflakeAt(createdAt, salt)
  return world.addStatus(newStatus({ id, accountId: author.id, createdAt, content, language }))
}

const noStatuses: readonly string[] = []

/** What all reports of the history are made from. */
interface History {
  readonly world: World
  readonly dice: Dice
  readonly texts: HistoryTexts
  readonly members: readonly AccountRecord[]
  readonly servers: readonly AccountRecord[]
  readonly accounts: readonly AccountRecord[]
  /** A few thousand accounts that are reported again and again. */
  readonly usual: readonly AccountRecord[]
  readonly staff: readonly AccountRecord[]
}

function historyOf(story: Story): History {
  const { world } = story
  const dice = story.dice('history')
  const servers = reportingServers(story).sort((a, b) => a.createdAt - b.createdAt)
  const accounts = world.accounts
    .all()
    .filter(one => one.domain !== null && !one.username.includes('.') && one.label === null)
  const members = (world.accountsByDomain.get('')?.all() ?? []).filter(
    one => one.label === null && one.user?.approved === true,
  )
  const usual = Array.from({ length: Math.ceil(accounts.length / 500) }, () => dice.pick(accounts)).sort(
    (a, b) => a.createdAt - b.createdAt,
  )
  const staff = ['noor', 'kim', 'ada', 'jun', 'mateo'].map(user => story.who(user))
  return { world, dice, texts: new HistoryTexts(dice), members, servers, accounts, usual, staff }
}

/**
 * Adds older reports until the world will have `target` with those the story has drafted: three years up to four months ago, one in
 * four still open, the later the likelier. One in twelve belongs to some campaign of its time (label `history:…`), a third is about
 * accounts that are reported often. Runs before the story's reports get their numbers, so that numbers follow time.
 */
export function addHistory(story: Story, target: number): void {
  const missing = target - story.reports.length
  if (missing <= 0) return
  const history = historyOf(story)
  const start = story.at('1100d')
  const step = span('970d') / missing
  for (let i = 0; i < missing; i += 1) {
    history.world.addReport(pastReport(history, Math.floor(start + i * step), i, (i / missing) ** 3))
  }
}

/** One of the list who was there at that time; the list's first, who is the oldest, when luck is out. */
function earlier(dice: Dice, list: readonly AccountRecord[], at: number): AccountRecord {
  for (let turn = 0; turn < 12; turn += 1) {
    const one = dice.pick(list)
    if (one.createdAt < at) return one
  }
  return list[0] as AccountRecord
}

function pastReport(
  { world, dice, texts, members, servers, accounts, usual, staff }: History,
  createdAt: number,
  place: number,
  openness: number,
): ReportRecord {
  const by = earlier(dice, dice.chance(0.6) ? members : servers, createdAt)
  const about = earlier(dice, dice.chance(0.33) ? usual : accounts, createdAt - 7_200_000)
  const words = texts.next(place)
  const posted =
    words === null ? undefined : smallPost(world, about, createdAt - 3_600_000, place, words.html, words.lang)
  const closedAt = dice.chance(openness) ? null : createdAt + dice.whole(600_000, 90_000_000)
  const local = by.domain === null
  return {
    id: world.reports.serials.next(),
    accountId: by.id,
    targetAccountId: about.id,
    category: local && (words?.label != null || dice.chance(0.4)) ? 'spam' : 'other',
    comment: texts.comment(),
    forwarded: local ? false : null,
    createdAt,
    updatedAt: closedAt ?? createdAt,
    actionTakenAt: closedAt,
    actionTakenByAccountId: closedAt === null ? null : earlier(dice, staff, createdAt).id,
    assignedAccountId: null,
    statusIds: posted === undefined ? noStatuses : [posted.id],
    ruleIds: null,
    label: words?.label ?? null,
  }
}
