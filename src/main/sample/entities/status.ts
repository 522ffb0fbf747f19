/** Status with all that hangs on it (contract F.11 to F.14). */
import type { AccountRecord, CardRecord, MediaRecord, PollRecord, StatusExtra, StatusRecord } from '../rules/model.ts'
import { accountText, accountUri, accountUrl, acctOf } from './account.ts'
import { emojisOf } from './emoji.ts'
import { iso, isoOrNull } from './times.ts'
import { type JsonText, type View, withTexts } from './view.ts'

/** How deep quotes are shown: the quoted status names what it quotes by id only. */
type Depth = 'full' | 'quoted'

/** Where people read a post; null where its server told none. */
export function statusUrl(view: View, status: StatusRecord, author: AccountRecord): string | null {
  if (status.url !== null || author.domain !== null) return status.url ?? `${accountUrl(view, author)}/${status.id}`
  return `${view.base}/@${author.username}/${status.id}`
}

/** The name of a post among servers. */
export function statusUri(view: View, status: StatusRecord, author: AccountRecord): string {
  return (
    status.uri ?? `${accountUri(view, author)}/statuses/${status.id}${status.reblogOfId === null ? '' : '/activity'}`
  )
}

/** An attachment; `deleted`: of a post that only moderators still see. */
export function mediaEntity(view: View, media: MediaRecord, deleted = false): object {
  // The pictures of deleted posts are reachable through the media proxy only (contract F.12).
  const proxied = deleted && media.url !== null
  return {
    id: media.id,
    type: media.type,
    url: proxied ? `${view.base}/media_proxy/${media.id}/original` : view.mediaUrlOrNull(media.url),
    preview_url: proxied ? `${view.base}/media_proxy/${media.id}/small` : view.mediaUrlOrNull(media.previewUrl),
    remote_url: media.remoteUrl,
    preview_remote_url: null,
    text_url: null,
    meta: media.meta,
    description: media.description,
    blurhash: media.blurhash,
  }
}

function pollEntity(view: View, poll: PollRecord): object {
  const expired = poll.expiresAt !== null && poll.expiresAt <= view.sample.clock.now()
  const entity: Record<string, unknown> = {
    id: poll.id,
    expires_at: isoOrNull(poll.expiresAt),
    expired,
    multiple: poll.multiple,
    votes_count: poll.options.reduce((sum, option) => sum + option.votes, 0),
    voters_count: poll.votersCount,
    options: poll.options.map(option => ({ title: option.title, votes_count: option.votes })),
    emojis: [],
  }
  if (view.viewer !== null) Object.assign(entity, { voted: false, own_votes: [] })
  return entity
}

/** PreviewCard (contract F.13). */
export function cardEntity(view: View, card: CardRecord): Record<string, unknown> {
  const entity: Record<string, unknown> = {
    url: card.url,
    title: card.title,
    description: card.description,
    language: card.language,
    type: card.type,
    author_name: card.authorName,
    author_url: card.authorUrl,
    provider_name: card.providerName,
    provider_url: card.providerUrl,
    html: card.html,
    width: card.width,
    height: card.height,
    image: view.urlOrNull(card.image),
    image_description: card.imageDescription,
    embed_url: card.embedUrl,
    blurhash: card.blurhash,
    published_at: isoOrNull(card.publishedAt),
  }
  if (view.has('4.3')) {
    entity.authors = card.authorName === '' ? [] : [{ name: card.authorName, url: card.authorUrl, account: null }]
  }
  return entity
}

const noExtra: StatusExtra = {
  media: [],
  poll: null,
  card: null,
  quote: null,
  mentions: [],
  tags: [],
  emojis: [],
  edits: [],
  application: null,
}

function mentionsOf(view: View, ids: readonly string[]): object[] {
  const mentions: object[] = []
  for (const id of ids) {
    const account = view.account(id)
    if (account !== undefined)
      mentions.push({ id, username: account.username, url: accountUrl(view, account), acct: acctOf(account) })
  }
  return mentions
}

function quoteText(view: View, extra: StatusExtra, depth: Depth): JsonText {
  if (extra.quote === null) return 'null'
  const { state, statusId } = extra.quote
  const quoted = statusId === null ? undefined : view.sample.world.statuses.get(statusId)
  const shown = quoted !== undefined && quoted.deletedAt === null && state === 'accepted' ? quoted : undefined
  if (depth === 'quoted') return JSON.stringify({ state, quoted_status_id: shown?.id ?? null })
  return withTexts({ state }, { quoted_status: shown === undefined ? 'null' : statusText(view, shown, 'quoted') })
}

/** JSON text of a Status. */
export function statusText(
  view: View,
  status: StatusRecord,
  depth: Depth = 'full',
  more: Readonly<Record<string, unknown>> = {},
): JsonText {
  const { world } = view.sample
  const author = view.account(status.accountId)
  if (author === undefined) return 'null'
  const extra = status.extra ?? noExtra
  const parent = status.inReplyToId === null ? undefined : world.statuses.get(status.inReplyToId)
  const boosted = status.reblogOfId === null ? undefined : world.statuses.get(status.reblogOfId)
  const head: Record<string, unknown> = {
    id: status.id,
    created_at: iso(status.createdAt),
    in_reply_to_id: status.inReplyToId,
    in_reply_to_account_id: parent?.accountId ?? null,
    sensitive: status.sensitive || author.sensitizedAt !== null,
    spoiler_text: status.spoilerText,
    visibility: status.visibility,
    language: status.language,
    uri: statusUri(view, status, author),
    url: statusUrl(view, status, author),
    replies_count: status.repliesCount,
    reblogs_count: status.reblogsCount,
    favourites_count: status.favouritesCount,
  }
  if (view.has('4.5')) head.quotes_count = status.quotesCount
  head.edited_at = isoOrNull(status.editedAt)
  if (view.viewer !== null) {
    Object.assign(head, { favourited: false, reblogged: false, muted: false, bookmarked: false, filtered: [] })
    if (view.viewer.id === author.id && status.reblogOfId === null) head.pinned = status.pinned
  }
  head.content = view.html(status.content)
  if (author.domain === null) head.application = extra.application
  head.media_attachments = extra.media.map(media => mediaEntity(view, media, status.deletedAt !== null))
  head.mentions = mentionsOf(view, extra.mentions)
  head.tags = extra.tags.map(name => ({ name, url: `${view.base}/tags/${encodeURIComponent(name)}` }))
  head.emojis = emojisOf(view, extra.emojis, author.domain)
  head.card = extra.card === null ? null : cardEntity(view, extra.card)
  head.poll = extra.poll === null ? null : pollEntity(view, extra.poll)
  if (view.has('4.5')) head.quote_approval = { automatic: ['public'], manual: [], current_user: 'automatic' }
  if (view.has('4.6')) head.tagged_collections = []
  if (view.sample.release.glitch) head.local_only = false
  const texts: Record<string, JsonText> = {
    account: accountText(view, author),
    reblog: boosted === undefined ? 'null' : statusText(view, boosted),
  }
  if (view.has('4.4')) texts.quote = quoteText(view, extra, depth)
  return withTexts({ ...head, ...more }, texts)
}
