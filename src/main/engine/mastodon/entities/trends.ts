import { z } from 'zod'
import { acct, content, domain, name, id as textId } from './text.ts'

const count = z.string().transform(text => (/^\d{1,15}$/.test(text) ? Number(text) : 0))
const History = z.array(z.object({ uses: count })).catch([])
/** Integers for links and publishers, strings for the others (contract K.2); large ones stay exact as text only. */
const id = z.union([textId, z.int().transform(String)])
const text = name.catch('')
const url = z.string().max(4096).catch('')

/** `Admin::Trends::Link` (contract F.7): it does not say whether it may trend. */
export const TrendLinkEntity = z.object({
  id,
  title: text,
  url,
  provider_name: text,
  history: History,
  requires_review: z.boolean(),
})
/** `Admin::Trends::Status`: it does not say either. */
export const TrendStatusEntity = z.object({
  id,
  content: content.catch(''),
  url: z.string().max(4096).nullish().catch(null),
  account: z.object({ acct }),
  requires_review: z.boolean(),
})
/** `Admin::Tag`; 4.0 tells no more than a `Tag`. */
export const TrendTagEntity = z.object({
  id,
  name: text,
  url,
  history: History,
  requires_review: z.boolean().default(false),
  trendable: z.boolean().nullable().default(null),
})
/** `PreviewCardProvider` (contract F.7). */
export const PublisherEntity = z.object({
  id,
  domain: domain.catch(''),
  requires_review: z.boolean(),
  trendable: z.boolean().nullable(),
})
