/** The brigade: forty reports in an afternoon about a historian who did nothing wrong. */
import type { AccountRecord } from '../rules/model.ts'
import type { Dice } from './dice.ts'
import { spamName } from './spam.ts'
import type { Story } from './story.ts'
import { brigade } from './texts/brigade.ts'
import { told } from './threads.ts'

const hour = 3_600_000

/** Servers that hide who reports; elsewhere each reporter shows a name. */
const anonymous: ReadonlySet<string> = new Set(['freepost.example', 'kante.example'])

function reporters(story: Story, dice: Dice): AccountRecord[] {
  return brigade.hosts.flatMap(([host, count]) =>
    Array.from({ length: count }, () => {
      if (anonymous.has(host)) return story.actor(host)
      return story.join({
        handle: spamName(story, dice, brigade.names, host),
        shown: dice.pick(brigade.displayNames),
        note: '',
        lang: 'de',
        createdAt: story.now - Math.floor((6 + dice.next() * 90) * hour),
        counts: [dice.whole(0, 20), dice.whole(1, 60), dice.whole(0, 40)],
        label: brigade.label,
        faceless: dice.chance(0.6),
        ...(host === ''
          ? { user: { inviteRequest: dice.pick(['Vom Square, wohne hier.', 'Will mitreden.', 'Heimat']) } }
          : {}),
      })
    }),
  )
}

/** Files the forty. */
export function pileOn(story: Story): void {
  const dice = story.dice(brigade.label)
  const target = story.who(brigade.target)
  const [from, to] = brigade.burst
  for (const by of dice.shuffle(reporters(story, dice))) {
    const createdAt = story.now - Math.floor((to + dice.next() ** 1.5 * (from - to)) * hour)
    const posts = brigade.posts.map(key => told(story, key)).filter(post => post.createdAt < createdAt)
    const local = by.domain === null
    const category = local ? dice.pick(['legal', 'violation', 'violation', 'other'] as const) : 'other'
    story.reports.push({
      accountId: by.id,
      targetAccountId: target.id,
      category,
      comment: dice.pick(brigade.comments),
      forwarded: local ? false : null,
      createdAt,
      actionTakenAt: null,
      actionTakenByAccountId: null,
      assignedAccountId: null,
      statusIds: dice
        .shuffle(posts)
        .slice(0, dice.whole(1, 2))
        .map(post => post.id),
      ruleIds: category === 'violation' ? dice.shuffle(['1', '3', '4', '6']).slice(0, dice.whole(1, 2)).sort() : null,
      label: brigade.label,
    })
  }
}
