/** Posts and reports of a recorded state. */
import type {
  CardRecord,
  MediaRecord,
  PollRecord,
  QuoteState,
  ReportCategory,
  StatusExtra,
  StatusRecord,
  Visibility,
} from './model.ts'
import type { Reader } from './reader.ts'
import { newStatus, plainExtra } from './records.ts'
import type { World } from './world.ts'

/** The word itself when it is one of those known. */
function oneOf<T extends string>(known: readonly T[], word: string): T {
  const found = known.find(item => item === word)
  if (found === undefined) throw new TypeError(`Unknown word in the state: ${word}`)
  return found
}

const mediaTypes: readonly MediaRecord['type'][] = ['image', 'gifv', 'video', 'audio', 'unknown']
const visibilities: readonly Visibility[] = ['public', 'unlisted', 'private', 'direct']
const categories: readonly ReportCategory[] = ['other', 'spam', 'legal', 'violation']
const cardTypes: readonly CardRecord['type'][] = ['link', 'photo', 'video', 'rich']
const quoteStates: readonly QuoteState[] = ['pending', 'accepted', 'rejected', 'revoked', 'deleted', 'unauthorized']

function readMedia(media: Reader): MediaRecord {
  const meta = media.raw('meta')
  return {
    id: media.text('id'),
    type: oneOf(mediaTypes, media.text('type')),
    url: media.textOrNull('url'),
    previewUrl: media.textOrNull('preview_url'),
    remoteUrl: media.textOrNull('remote_url'),
    description: media.textOrNull('description'),
    blurhash: media.textOrNull('blurhash'),
    meta: typeof meta === 'object' && meta !== null ? { ...meta } : null,
  }
}

function readPoll(poll: Reader): PollRecord {
  return {
    id: poll.text('id'),
    expiresAt: poll.timeOrNull('expires_at'),
    multiple: poll.flag('multiple'),
    votersCount: poll.has('voters_count') ? poll.number('voters_count') : null,
    options: poll.list('options').map(option => ({ title: option.text('title'), votes: option.number('votes_count') })),
  }
}

/** A preview card. */
export function readCard(card: Reader): CardRecord {
  return {
    url: card.text('url'),
    title: card.text('title'),
    description: card.text('description'),
    language: card.textOrNull('language'),
    type: oneOf(cardTypes, card.text('type')),
    authorName: card.text('author_name'),
    authorUrl: card.text('author_url'),
    providerName: card.text('provider_name'),
    providerUrl: card.text('provider_url'),
    html: card.text('html'),
    width: card.number('width'),
    height: card.number('height'),
    image: card.textOrNull('image'),
    imageDescription: card.textOrNull('image_description') ?? '',
    embedUrl: card.text('embed_url'),
    blurhash: card.textOrNull('blurhash'),
    publishedAt: card.timeOrNull('published_at'),
  }
}

function readExtra(status: Reader): StatusExtra | null {
  const quote = status.innerOrNull('quote')
  const application = status.innerOrNull('application')
  const extra: StatusExtra = {
    media: status.list('media_attachments').map(readMedia),
    poll: status.has('poll') ? readPoll(status.inner('poll')) : null,
    card: status.has('card') ? readCard(status.inner('card')) : null,
    quote:
      quote === null
        ? null
        : {
            state: oneOf(quoteStates, quote.text('state')),
            statusId: quote.innerOrNull('quoted_status')?.text('id') ?? null,
          },
    mentions: status.list('mentions').map(mention => mention.text('id')),
    tags: status.list('tags').map(tag => tag.text('name')),
    emojis: status.list('emojis').map(emoji => emoji.text('shortcode')),
    edits: [],
    application:
      application === null ? null : { name: application.text('name'), website: application.textOrNull('website') },
  }
  return JSON.stringify(extra) === JSON.stringify(plainExtra) ? null : extra
}

/** Adds a post, and the post it boosts; one that is known already stays. */
export function readStatus(world: World, status: Reader): StatusRecord {
  const id = status.text('id')
  const known = world.statuses.get(id)
  if (known !== undefined) return known
  const accountId = status.inner('account').text('id')
  const boosted = status.innerOrNull('reblog')
  const createdAt = status.time('created_at')
  const local = world.account(accountId)?.domain === null
  return world.addStatus(
    newStatus({
      id,
      accountId,
      createdAt,
      content: status.text('content'),
      spoilerText: status.text('spoiler_text'),
      sensitive: status.flag('sensitive') && world.account(accountId)?.sensitizedAt === null,
      visibility: oneOf(visibilities, status.text('visibility')),
      language: status.textOrNull('language'),
      inReplyToId: status.textOrNull('in_reply_to_id'),
      reblogOfId: boosted === null ? null : readStatus(world, boosted).id,
      // Addresses of local posts follow from account and id.
      uri: local ? null : status.text('uri'),
      url: local ? null : status.textOrNull('url'),
      repliesCount: status.number('replies_count'),
      reblogsCount: status.number('reblogs_count'),
      favouritesCount: status.number('favourites_count'),
      editedAt: status.timeOrNull('edited_at'),
      pinned: status.flag('pinned'),
      extra: readExtra(status),
    }),
  )
}

/** Adds a report. */
export function readReport(world: World, report: Reader): void {
  const idOrNull = (key: string): string | null => report.innerOrNull(key)?.text('id') ?? null
  world.addReport({
    id: report.text('id'),
    accountId: report.inner('account').text('id'),
    targetAccountId: report.inner('target_account').text('id'),
    category: oneOf(categories, report.text('category')),
    comment: report.text('comment'),
    forwarded: report.flagOrNull('forwarded'),
    createdAt: report.time('created_at'),
    updatedAt: report.time('updated_at'),
    actionTakenAt: report.timeOrNull('action_taken_at'),
    actionTakenByAccountId: idOrNull('action_taken_by_account'),
    assignedAccountId: idOrNull('assigned_account'),
    statusIds: report.list('statuses').map(status => status.text('id')),
    ruleIds: report.list('rules').map(rule => rule.text('id')),
    label: null,
  })
}
