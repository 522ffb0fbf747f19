/** The three spam campaigns: their accounts on many servers, what they post, and the burst of reports about them. */
import type { AccountRecord, StatusRecord } from '../rules/model.ts'
import type { Dice } from './dice.ts'
import type { Lang } from './script.ts'
import type { Story } from './story.ts'
import { type Campaign, campaigns, recoveryHaunts } from './texts/campaigns.ts'
import { told } from './threads.ts'

const hour = 3_600_000

/** The words of a user name that nobody has yet on that server. */
export function spamName(story: Story, dice: Dice, [first, second]: Campaign['names'], host: string): string {
  for (;;) {
    const digits = dice.chance(0.6) ? String(dice.whole(10, 9999)) : ''
    const name = `${dice.pick(first)}${dice.pick(second).replace('.', '_')}${digits}`
    const handle = host === '' ? name : `${name}@${host}`
    if (!story.knows(handle)) return handle
  }
}

/** The same address, dressed differently: what is left after undressing is one link. */
function dressLink(dice: Dice, link: string): string {
  const word = dice.whole(36 ** 4, 36 ** 5 - 1).toString(36)
  const [, host = '', path = ''] = /^https:\/\/([^/]+)(\/.*)$/.exec(link) ?? []
  return dice.pick([
    link,
    link,
    `${link}/`,
    `${link}?utm_source=social&utm_campaign=${word}`,
    `${link}?utm_medium=${word}#now`,
    `https://${host.toUpperCase()}${path}`,
    `${link}#${word}`,
  ])
}

const bold = (text: string): string =>
  text.replace(/[A-Za-z]/g, letter => {
    const code = letter.charCodeAt(0)
    return String.fromCodePoint(code >= 97 ? 0x1d5ee + code - 97 : 0x1d5d4 + code - 65)
  })

/** A word with an invisible sign after its first letter, which may be two units long. */
const hidden = (word: string): string => {
  const [first = '', ...rest] = word
  return `${first}\u200B${rest.join('')}`
}

/** The same text, dressed differently: invisible letters, bold ones that are none, shouting, stars. */
function dressText(dice: Dice, text: string): string {
  let words = text.split(' ')
  const styled = dice.whole(0, words.length - 4)
  if (dice.chance(0.5)) words = words.map((word, i) => (i >= styled && i < styled + 3 ? bold(word) : word))
  if (dice.chance(0.5)) words = words.map(word => (dice.chance(0.2) ? hidden(word) : word))
  if (dice.chance(0.3)) words = words.map(word => (dice.chance(0.15) ? word.toUpperCase() : word))
  return `${dice.pick(['', '🙏 ', '✨✨ '])}${words.join(dice.chance(0.2) ? '  ' : ' ')}${dice.pick(['', '', ' 🙏🙏', ' !!', ' 💯'])}`
}

function spam(
  story: Story,
  dice: Dice,
  campaign: Campaign,
  who: AccountRecord,
  members: readonly AccountRecord[],
  at: number,
): StatusRecord {
  const model = dice.pick(campaign.posts)
  const victim = dice.pick(members)
  const mention = who.domain === null ? victim.username : `${victim.username}@${story.world.instance.domain}`
  const text = model.text
    .replace('{victim}', mention)
    .replace('{link}', campaign.link === null ? '' : dressLink(dice, campaign.link))
  const haunt = campaign.link === null ? told(story, dice.pick(recoveryHaunts)) : undefined
  const to = haunt !== undefined && haunt.createdAt < at ? haunt : undefined
  return story.post({
    by: who,
    at,
    text: campaign.link === null ? dressText(dice, text) : text,
    lang: model.lang,
    ...(to === undefined ? {} : { to }),
  })
}

/** Ordinary members who were here before the wave: its victims, and those who report it. */
function oldMembers(story: Story): AccountRecord[] {
  const all = story.world.accountsByDomain.get('')?.all() ?? []
  return all.filter(one => one.label === null && one.createdAt < story.at('60h') && isOrdinary(one))
}

/** Neither staff nor machine, group or memorial, not moved away and not in trouble. */
function isOrdinary(one: AccountRecord): boolean {
  const { user, profile } = one
  if (user === null || user.roleId !== null || user.disabled || !user.approved) return false
  if (profile.bot || profile.group || one.memorial || one.movedTo !== null) return false
  return one.suspendedAt === null && !noReporters.has(one.username)
}

/** Members whose own story is another one. */
const noReporters: ReadonlySet<string> = new Set([
  'torben_k',
  'wache_auf',
  'pustekuchen',
  'stadt_lindenhof_service',
  'kanzlei_morgenrot',
  'rolf_ruft',
  'pillen_paule',
  'sven_baut',
  'ink_and_iron',
  'henriette',
])

/** Servers whose moderators pass reports on, and the language they write. */
const passersOn: readonly (readonly [host: string, lang: Lang])[] = [
  ['stadtpost.example', 'de'],
  ['harbourlight.example', 'en'],
  ['petitport.example', 'fr'],
  ['kumo.example', 'ja'],
  ['plaza-vieja.example', 'es'],
  ['bustan.example', 'ar'],
  ['nachtzug.example', 'de'],
]

const tongues: ReadonlySet<string> = new Set(['en', 'de', 'fr', 'es', 'ar', 'ja'])

/** Who reports, and in which language. */
function complainant(story: Story, dice: Dice, members: readonly AccountRecord[]): { by: AccountRecord; lang: Lang } {
  if (dice.chance(0.28)) {
    const [host, lang] = dice.pick(passersOn)
    return { by: story.actor(host), lang }
  }
  const by = dice.pick(members)
  const locale = by.user?.locale ?? 'de'
  return { by, lang: tongues.has(locale) ? (locale as Lang) : 'de' }
}

function run(story: Story, campaign: Campaign): void {
  const dice = story.dice(campaign.label)
  const [from, to] = campaign.burst
  const members = oldMembers(story)
  const spammers = Array.from({ length: campaign.accounts }, (_, i) => {
    const host = campaign.hosts[i % campaign.hosts.length] ?? ''
    const model = dice.pick(campaign.posts)
    const createdAt = story.now - Math.floor((from + 0.5 + dice.next() * 40) * hour)
    const who = story.join({
      handle: spamName(story, dice, campaign.names, host),
      shown: dice.pick(campaign.displayNames),
      note: dice.pick(campaign.bios),
      lang: model.lang,
      createdAt,
      counts: [dice.whole(0, 4), dice.whole(0, 300), dice.whole(0, 90)],
      label: campaign.label,
      faceless: dice.chance(0.5),
    })
    const start = story.now - Math.floor((to + dice.next() * (from - to)) * hour) - 20 * 60_000
    const posts = Array.from({ length: dice.whole(1, 4) }, (_, k) =>
      spam(story, dice, campaign, who, members, start + k * 61_000),
    )
    return { who, posts, start }
  })
  for (let i = 0; i < campaign.reports; i += 1) {
    const { who, posts, start } = spammers[i] ?? dice.pick(spammers)
    fileSpam(story, dice, campaign, who, posts, start, members)
  }
}

function fileSpam(
  story: Story,
  dice: Dice,
  campaign: Campaign,
  who: AccountRecord,
  posts: readonly StatusRecord[],
  start: number,
  members: readonly AccountRecord[],
): void {
  const { by, lang } = complainant(story, dice, members)
  const latest = story.now - campaign.burst[1] * hour
  const createdAt = Math.min(
    start + 5 * 60_000 + Math.floor(dice.next() ** 2 * 70 * 60_000),
    latest - dice.whole(0, 600_000),
  )
  const known = posts.filter(post => post.createdAt < createdAt)
  const local = by.domain === null
  story.reports.push({
    accountId: by.id,
    targetAccountId: who.id,
    category: local ? (dice.chance(0.88) ? 'spam' : 'other') : 'other',
    comment: dice.pick(campaign.comments[lang]),
    forwarded: local ? who.domain !== null && dice.chance(0.4) : null,
    createdAt,
    actionTakenAt: null,
    actionTakenByAccountId: null,
    assignedAccountId: dice.chance(0.03) ? story.who('jun').id : null,
    statusIds: known.slice(-dice.whole(1, 3)).map(post => post.id),
    ruleIds: null,
    label: campaign.label,
  })
}

/** Runs all three. */
export function runCampaigns(story: Story): void {
  for (const campaign of campaigns) run(story, campaign)
}
