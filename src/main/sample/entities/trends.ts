/** Hashtags and what trends (contract F.7). */
import type { StatusRecord } from '../rules/model.ts'
import type { PublisherRecord, TagRecord, TrendLinkRecord } from '../rules/model-more.ts'
import { cardEntity, statusText } from './status.ts'
import { isoOrNull, sevenDays } from './times.ts'
import type { JsonText, View } from './view.ts'

/** Tag as everybody sees it. */
export function tagEntity(view: View, tag: TagRecord): Record<string, unknown> {
  const entity: Record<string, unknown> = {}
  if (view.has('4.4')) entity.id = tag.id
  entity.name = tag.displayName ?? tag.name
  entity.url = `${view.base}/tags/${encodeURIComponent(tag.name)}`
  entity.history = sevenDays(view.sample.clock.now(), tag.history)
  if (view.viewer !== null) entity.following = false
  if (view.viewer !== null && view.has('4.4')) entity.featuring = false
  return entity
}

/** Admin::Tag: without a review a tag is usable and listed, and does not trend. */
export function adminTagEntity(view: View, tag: TagRecord): object {
  const entity: Record<string, unknown> = {
    ...tagEntity(view, tag),
    id: tag.id,
    trendable: tag.trendable ?? false,
    usable: tag.usable ?? true,
    requires_review: tag.reviewedAt === null,
  }
  if (view.has('4.2')) entity.listable = tag.listable ?? true
  return entity
}

/** PreviewCard with its history: a trending link as everybody sees it. */
export function trendLinkEntity(view: View, link: TrendLinkRecord): Record<string, unknown> {
  return { ...cardEntity(view, link.card), history: sevenDays(view.sample.clock.now(), link.history) }
}

/** Admin::Trends::Link: its id is a number. */
export function adminTrendLinkEntity(view: View, link: TrendLinkRecord): object {
  const publisher = link.publisherId === null ? undefined : view.sample.world.publishers.get(link.publisherId)
  const requires_review = link.trendable === null && (publisher?.trendable ?? null) === null
  return { ...trendLinkEntity(view, link), id: Number(link.id), requires_review }
}

/** PreviewCardProvider: its id is a number. */
export function publisherEntity(publisher: PublisherRecord): object {
  return {
    id: Number(publisher.id),
    domain: publisher.domain,
    trendable: publisher.trendable,
    reviewed_at: isoOrNull(publisher.reviewedAt),
    requested_review_at: isoOrNull(publisher.requestedReviewAt),
    requires_review: publisher.reviewedAt === null,
  }
}

/** JSON text of an Admin::Trends::Status. */
export function adminTrendStatusText(view: View, status: StatusRecord): JsonText {
  return statusText(view, status, 'full', { requires_review: status.trendable === null })
}
