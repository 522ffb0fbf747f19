/** Everybody else: the ordinary members of the town and the people of the servers around it, with a post or two of each. */
import type { AccountRecord, UserRecord } from '../rules/model.ts'
import type { Dice } from './dice.ts'
import type { Lang } from './script.ts'
import type { Story } from './story.ts'
import { pools, townTags } from './texts/pools.ts'
import { blocks, servers } from './texts/servers.ts'
import { smalltalk } from './texts/smalltalk.ts'

/** How many local members lindenhof.example has, suspended and frozen ones included, those who wait for approval not. */
export const memberCount = 400

const townTongues: readonly Lang[] = ['de', 'de', 'de', 'de', 'de', 'en', 'en', 'fr', 'es', 'ar', 'ja']
const day = 86_400_000

/** A name nobody has yet, shown and as a handle. */
function nameOf(story: Story, dice: Dice, lang: Lang, domain: string | null): { shown: string; handle: string } {
  for (let turn = 0; ; turn += 1) {
    const [given, user] = dice.pick(pools[lang].given)
    const [family, tail] = dice.pick(pools[lang].family)
    const forms = [
      `${user}_${tail}`,
      `${user}${tail.slice(0, 1)}`,
      `${user}.${tail}`,
      `${tail}${user.slice(0, 2)}`,
      `${user}_${dice.whole(50, 99)}`,
    ]
    const name = turn > 20 ? `${user}_${tail}_${turn}` : dice.pick(forms).replace('.', '_')
    const handle = domain === null ? name : `${name}@${domain}`
    if (!story.knows(handle)) return { shown: shownName(dice, given, family, lang), handle }
  }
}

function shownName(dice: Dice, given: string, family: string, lang: Lang): string {
  if (lang === 'ja') return dice.chance(0.5) ? `${family}${given}` : given
  const decorated = dice.chance(0.06) ? `${given} ${dice.pick(['🌿', '🚲', '📚', '🧶', '☕', '🎻'])}` : null
  return decorated ?? (dice.chance(0.6) ? `${given} ${family}` : given)
}

function settle(story: Story, dice: Dice, lines: Lines, lang: Lang, domain: string | null): AccountRecord {
  const { shown, handle } = nameOf(story, dice, lang, domain)
  // A third of the members came this week, when the Square was sold.
  const fresh = domain === null && dice.chance(0.33)
  const createdAt =
    story.now - (fresh ? dice.whole(2, 120) * 3_600_000 : dice.whole(8, 1500) * day) - dice.whole(0, 3_000_000)
  const followers = Math.floor(dice.next() ** 3 * (fresh ? 60 : 600))
  return story.join({
    handle,
    shown,
    note: lines.bio(lang),
    lang,
    createdAt,
    counts: [
      followers,
      dice.whole(0, fresh ? 40 : 300),
      fresh ? dice.whole(0, 30) : Math.floor(dice.next() ** 2 * 4000),
    ],
    locked: dice.chance(0.08),
    faceless: dice.chance(0.35),
    ...(domain === null ? { user: entry(story, dice, lang, fresh) } : {}),
  })
}

/** How a member came in: by a reason, by a friend's invitation, or through an app. */
function entry(story: Story, dice: Dice, lang: Lang, fresh: boolean): Partial<UserRecord> {
  const invited = fresh && dice.chance(0.15)
  return {
    inviteRequest: fresh && !invited ? dice.pick(pools[lang].reasons) : null,
    createdByApplicationId: dice.chance(0.2) ? '1' : null,
    ...(invited ? { invitedByAccountId: story.who('dee').id } : {}),
  }
}

/** Lines that were said already: nobody repeats another, or it would look like a campaign. */
class Lines {
  private readonly said = new Set<string>()
  private readonly dice: Dice

  constructor(dice: Dice) {
    this.dice = dice
  }

  /** A line nobody said yet, or null when they run out of words. */
  next(lang: Lang): string | null {
    for (let turn = 0; turn < 12; turn += 1) {
      const line = this.dice.chance(0.35) ? this.dice.pick(pools[lang].posts) : this.made(lang)
      if (this.said.has(line)) continue
      this.said.add(line)
      return line
    }
    return null
  }

  /** What somebody says of themselves: a line of their own, or work and pleasure. */
  bio(lang: Lang): string {
    if (this.dice.chance(0.3)) return ''
    const own = this.dice.pick(pools[lang].bios)
    if (own !== '' && !this.said.has(own)) {
      this.said.add(own)
      return own
    }
    const { jobs, likes } = smalltalk[lang]
    const joint = lang === 'ja' ? '。' : lang === 'ar' ? '، ' : ', '
    return `${this.dice.pick(jobs)}${joint}${this.dice.pick(likes)}${lang === 'ja' ? '。' : '.'}`
  }

  private made(lang: Lang): string {
    const { dice } = this
    const line = dice.pick(smalltalk[lang].lines)
    return line.text
      .replace('{a}', dice.pick(line.a))
      .replace('{b}', dice.pick(line.b))
      .replace('{n}', String(dice.whole(2, 48)))
  }
}

/** Lets somebody say everyday things. */
function chat(story: Story, dice: Dice, lines: Lines, who: AccountRecord, lang: Lang, often: number): void {
  for (let i = 0; i < often; i += 1) {
    const line = lines.next(lang)
    if (line === null) return
    const age = Math.max(3_600_000, story.now - who.createdAt)
    const at = story.now - Math.floor(dice.next() * Math.min(age, 9 * day)) - 60_000
    const tag = dice.chance(0.12) ? ` #${dice.pick(townTags)}` : ''
    const status = story.post({ by: who, at: Math.max(at, who.createdAt), text: line + tag, lang })
    status.favouritesCount = Math.floor(dice.next() ** 3 * 40)
  }
}

/** Fills the servers around the town. */
function fillServers(story: Story, lines: Lines): void {
  for (const server of servers) {
    const dice = story.dice(`server ${server.host}`)
    // A suspended domain's posts are gone from here.
    const chatty = blocks.some(block => block.domain === server.host && block.severity === 'suspend') ? 0 : 2
    for (let i = 0; i < server.size; i += 1) {
      const lang = dice.pick(server.langs)
      chat(story, dice, lines, settle(story, dice, lines, lang, server.host), lang, dice.whole(0, chatty))
    }
  }
}

/** Fills the town until it has this many members, those already there included. */
function fillTown(story: Story, lines: Lines, count: number): void {
  const dice = story.dice('town')
  const locals = (): number => story.world.accountsByDomain.get('')?.size ?? 0
  while (locals() < count) {
    const lang = dice.pick(townTongues)
    chat(story, dice, lines, settle(story, dice, lines, lang, null), lang, dice.whole(0, 3))
  }
}

/** Everybody without a story: the servers around, and the town up to `count` members, those with a story included. */
export function fillCrowd(story: Story, count: number): void {
  const lines = new Lines(story.dice('small talk'))
  fillServers(story, lines)
  fillTown(story, lines, count)
}

/** Who follows whom: what a domain block or a suspension would cut. */
export function weaveFollows(story: Story): void {
  const { world } = story
  const dice = story.dice('follows')
  const living = (domain: string): AccountRecord[] =>
    (world.accountsByDomain.get(domain)?.all() ?? []).filter(
      one => one.suspendedAt === null && one.label === null && !one.username.includes('.'),
    )
  const members = living('')
  for (const member of members) for (let i = dice.whole(2, 9); i > 0; i -= 1) follow(story, member, dice.pick(members))
  for (const server of servers) {
    const there = living(server.host)
    if (there.length === 0) continue
    const ties = server.open === true ? dice.whole(0, 2) : server.size * dice.whole(2, 6)
    for (let i = 0; i < ties; i += 1) {
      const [member, stranger] = [dice.pick(members), dice.pick(there)]
      if (dice.chance(0.55)) follow(story, member, stranger)
      else follow(story, stranger, member)
    }
  }
}

function follow(story: Story, from: AccountRecord, to: AccountRecord): void {
  if (from.id === to.id || !story.world.addFollow(from.id, to.id)) return
  from.followingCount += 1
  to.followersCount += 1
}
