/** What a living server has besides: hashtags and trends, and the notifications that staff got. */
import type { StatusRecord } from '../rules/model.ts'
import type { Story } from './story.ts'

const day = 86_400_000

interface Use {
  readonly display: string
  readonly days: { readonly who: Set<string>; uses: number }[]
}

const empty = (): Use['days'] => Array.from({ length: 7 }, () => ({ who: new Set<string>(), uses: 0 }))

function countTags(story: Story): Map<string, Use> {
  const today = Math.floor(story.now / day)
  const uses = new Map<string, Use>()
  for (const status of story.world.statuses.all()) {
    for (const name of status.extra?.tags ?? []) {
      const use = uses.get(name) ?? { display: name, days: empty() }
      uses.set(name, use)
      const slot = use.days[today - Math.floor(status.createdAt / day)]
      if (slot === undefined) continue
      slot.who.add(status.accountId)
      slot.uses += 1
    }
  }
  return uses
}

/** Hashtags with their week, and what trends: tags, posts, and one link. */
export function stirTrends(story: Story): void {
  const { world } = story
  const ranked: { readonly id: string; readonly score: number }[] = []
  for (const [name, use] of [...countTags(story)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const history = use.days.map(slot => ({ accounts: slot.who.size, uses: slot.uses }))
    const id = world.tags.serials.next()
    const settled = name === 'arrivals' || name === 'lindenhof'
    world.tags.add({
      id,
      name,
      displayName: use.display,
      usable: null,
      listable: null,
      trendable: settled ? true : null,
      reviewedAt: settled ? story.at('100d') : null,
      requestedReviewAt: settled ? null : story.at('1d'),
      history,
    })
    ranked.push({ id, score: history.reduce((sum, slot) => sum + slot.accounts, 0) })
  }
  world.trends.tags = ranked
    .sort((a, b) => b.score - a.score)
    .slice(0, 8)
    .map(one => one.id)
  const liked = world.statuses
    .all()
    .filter(one => isLiked(story, one))
    .sort((a, b) => b.favouritesCount - a.favouritesCount)
  world.trends.statuses = liked.slice(0, 12).map(one => one.id)
  trendLink(story)
}

function isLiked(story: Story, status: StatusRecord): boolean {
  return (
    status.favouritesCount > 40 &&
    status.visibility === 'public' &&
    status.inReplyToId === null &&
    status.createdAt > story.at('6d')
  )
}

function trendLink({ world, posts }: Story): void {
  const card = posts.get('s-open')?.extra?.card
  if (card === undefined || card === null) return
  const publisherId = world.publishers.serials.next()
  world.publishers.add({
    id: publisherId,
    domain: new URL(card.url).hostname,
    trendable: null,
    reviewedAt: null,
    requestedReviewAt: null,
  })
  const history = [31, 44, 60, 12, 9, 2, 0].map(uses => ({ accounts: Math.ceil(uses * 0.8), uses }))
  const id = world.trendLinks.serials.next()
  world.trendLinks.add({ id, card, publisherId, trendable: null, history })
  world.trends.links = [id]
}

/** Staff heard of the newest reports: only the first open one about each account makes a sound (contract G.1). */
export function notifyStaff(story: Story): void {
  const { world } = story
  const seen = new Set<string>()
  const first = world.reports.all().filter(one => {
    if (one.actionTakenAt !== null || seen.has(one.targetAccountId)) return false
    seen.add(one.targetAccountId)
    return true
  })
  const staff = ['noor', 'kim', 'ada', 'jun', 'mateo'].map(user => story.who(user).id)
  for (const report of first.slice(-25)) {
    for (const recipientId of staff) {
      world.notifications.add({
        id: world.notifications.serials.next(),
        type: 'admin.report',
        createdAt: report.createdAt,
        recipientId,
        fromAccountId: report.accountId,
        reportId: report.id,
        strikeId: null,
        statusId: null,
        eventId: null,
      })
    }
  }
}
