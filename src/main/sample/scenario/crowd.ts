/** Everybody else: the ordinary members of the town and the people of the servers around it, with a post or two of each. */
import type { AccountRecord } from '../rules/model.ts'
import type { Dice } from './dice.ts'
import type { Lang } from './script.ts'
import type { Story } from './story.ts'
import { pools, townTags } from './texts/pools.ts'
import { servers } from './texts/servers.ts'

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

function settle(story: Story, dice: Dice, lang: Lang, domain: string | null): AccountRecord {
  const { shown, handle } = nameOf(story, dice, lang, domain)
  // A third of the members came this week, when the Square was sold.
  const fresh = domain === null && dice.chance(0.33)
  const createdAt =
    story.now - (fresh ? dice.whole(2, 120) * 3_600_000 : dice.whole(8, 1500) * day) - dice.whole(0, 3_000_000)
  const followers = Math.floor(dice.next() ** 3 * (fresh ? 60 : 600))
  return story.join({
    handle,
    shown,
    note: dice.pick(pools[lang].bios),
    lang,
    createdAt,
    counts: [
      followers,
      dice.whole(0, fresh ? 40 : 300),
      fresh ? dice.whole(0, 30) : Math.floor(dice.next() ** 2 * 4000),
    ],
    locked: dice.chance(0.08),
    faceless: dice.chance(0.35),
    ...(domain === null ? { user: { inviteRequest: fresh ? dice.pick(pools[lang].reasons) : null } } : {}),
  })
}

/** Lets somebody say everyday things. */
function chat(story: Story, dice: Dice, who: AccountRecord, lang: Lang, often: number): void {
  for (let i = 0; i < often; i += 1) {
    const age = Math.max(3_600_000, story.now - who.createdAt)
    const at = story.now - Math.floor(dice.next() * Math.min(age, 9 * day)) - 60_000
    const tag = dice.chance(0.12) ? ` #${dice.pick(townTags)}` : ''
    const status = story.post({
      by: who,
      at: Math.max(at, who.createdAt),
      text: dice.pick(pools[lang].posts) + tag,
      lang,
    })
    status.favouritesCount = Math.floor(dice.next() ** 3 * 40)
  }
}

/** Fills the servers around the town. */
export function fillServers(story: Story): void {
  for (const server of servers) {
    const dice = story.dice(`server ${server.host}`)
    for (let i = 0; i < server.size; i += 1) {
      const lang = dice.pick(server.langs)
      chat(story, dice, settle(story, dice, lang, server.host), lang, dice.whole(0, 2))
    }
  }
}

/** Fills the town until it has this many members, those already there included. */
export function fillTown(story: Story, count: number): void {
  const dice = story.dice('town')
  const locals = (): number => story.world.accountsByDomain.get('')?.size ?? 0
  while (locals() < count) {
    const lang = dice.pick(townTongues)
    chat(story, dice, settle(story, dice, lang, null), lang, dice.whole(0, 3))
  }
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
