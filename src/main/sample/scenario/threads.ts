/** The threads of the story, oldest post first: replies, quotes, edits, polls, pictures, boosts, deletions. */
import type { CardRecord, StatusExtra, StatusRecord } from '../rules/model.ts'
import { newStatus } from '../rules/records.ts'
import { attach } from './media.ts'
import { span } from './moments.ts'
import type { Lang, Post } from './script.ts'
import type { Story } from './story.ts'
import { arrival } from './texts/arrival.ts'
import { corners } from './texts/corners.ts'
import { everyday } from './texts/everyday.ts'
import { hostilePosts } from './texts/hostile.ts'
import { street } from './texts/street.ts'
import { workshop } from './texts/workshop.ts'

/** Tells all threads. */
export function tellThreads(story: Story): void {
  const posts = [...arrival, ...workshop, ...street, ...corners, ...everyday, ...hostilePosts]
  for (const post of posts.sort((a, b) => span(b.ago) - span(a.ago))) tell(story, post)
}

/** A post told earlier. */
export function told(story: Story, key: string): StatusRecord {
  const status = story.posts.get(key)
  if (status === undefined) throw new Error(`No post is called ${key}`)
  return status
}

function tell(story: Story, post: Post): void {
  const by = story.who(post.by)
  const at = story.at(post.ago)
  const lang: Lang = post.lang ?? 'en'
  const quoted = post.quote === undefined ? undefined : told(story, post.quote)
  const status = story.post({
    by,
    at,
    text: post.text,
    lang,
    extra: extrasOf(story, post, at, by.domain, lang, quoted),
    ...(post.to === undefined ? {} : { to: told(story, post.to) }),
    ...(post.seen === undefined ? {} : { visibility: post.seen }),
    ...(post.cw === undefined ? {} : { cw: post.cw }),
  })
  if (quoted !== undefined && post.quoteRevoked !== true) quoted.quotesCount += 1
  status.favouritesCount = post.likes ?? 0
  if (post.gone === true) status.deletedAt = at + 50 * 60_000
  const last = status.extra?.edits.at(-1)
  if (last !== undefined) status.editedAt = last.at
  story.posts.set(post.key, status)
  const step = Math.max(60_000, (story.now - at) / 40)
  for (const [i, handle] of (post.boosts ?? []).entries()) boost(story, status, handle, at + step * (i + 1))
}

function extrasOf(
  story: Story,
  post: Post,
  at: number,
  domain: string | null,
  lang: Lang,
  quoted: StatusRecord | undefined,
): Partial<StatusExtra> {
  const extra: { -readonly [K in keyof StatusExtra]?: StatusExtra[K] } = {}
  if (post.media !== undefined) extra.media = post.media.map(one => attach(story, one, at, domain))
  if (quoted !== undefined)
    extra.quote = { state: post.quoteRevoked === true ? 'revoked' : 'accepted', statusId: quoted.id }
  if (post.card !== undefined) extra.card = cardOf(post.card, lang)
  if (post.before !== undefined) {
    const versions = [...post.before, post.text]
    extra.edits = versions.map((text, i) => ({
      at: at + i * 11 * 60_000,
      content: story.render(text, domain, lang).html,
      spoilerText: post.cw ?? '',
      sensitive: post.cw !== undefined && post.media !== undefined,
    }))
  }
  if (post.poll !== undefined) {
    const votes = post.poll.options.reduce((sum, [, count]) => sum + count, 0)
    extra.poll = {
      id: story.world.pollIds.next(),
      expiresAt: story.now + span(post.poll.ends),
      multiple: post.poll.multiple ?? false,
      votersCount: votes,
      options: post.poll.options.map(([title, count]) => ({ title, votes: count })),
    }
  }
  return extra
}

function cardOf(card: NonNullable<Post['card']>, lang: Lang): CardRecord {
  return {
    url: card.url,
    title: card.title,
    description: card.about,
    language: lang,
    type: 'link',
    authorName: '',
    authorUrl: '',
    providerName: card.site,
    providerUrl: '',
    html: '',
    width: 0,
    height: 0,
    image: null,
    imageDescription: '',
    embedUrl: '',
    blurhash: null,
    publishedAt: null,
  }
}

/** `handle` boosts a post. */
function boost(story: Story, status: StatusRecord, handle: string, at: number): void {
  const by = story.who(handle)
  const id = story.id(at)
  const origin = by.domain === null ? null : `https://${by.domain}/users/${by.username}/statuses/${id}/activity`
  status.reblogsCount += 1
  story.world.addStatus(
    newStatus({
      id,
      accountId: by.id,
      createdAt: at,
      content: '',
      language: null,
      reblogOfId: status.id,
      uri: origin,
      url: origin,
    }),
  )
}
