import type { ServerKey } from '../../../shared/contract/ids.ts'
import type { TrendFamily } from '../../../shared/contract/trends.ts'
import { plainText } from '../../../shared/plain-text.ts'
import type { ReadDb, WriteDb } from '../db/handle.ts'
import { PublisherEntity, TrendLinkEntity, TrendStatusEntity, TrendTagEntity } from '../mastodon/entities/trends.ts'
import { readContent } from '../posts/content.ts'
import { webAddress } from '../posts/kept-post.ts'

/** What trends, as the mirror holds it. `trendable` is null where the server does not say. */
export type StoredTrend = {
  server: ServerKey
  family: TrendFamily
  id: string
  place: number
  title: string
  by_whom: string
  url: string | null
  requires_review: number
  trendable: number | null
  uses: number | null
  seen_at: number
}
type Told = Omit<StoredTrend, 'server' | 'family' | 'place' | 'seen_at'>

const TITLE = 200
const bit = (flag: boolean | null) => (flag === null ? null : Number(flag))
const usesOf = (history: readonly { uses: number }[]) => history.reduce((sum, day) => sum + day.uses, 0)

const readers: Record<TrendFamily, (item: unknown) => Told | undefined> = {
  links: item => {
    const link = TrendLinkEntity.safeParse(item).data
    return (
      link && {
        id: link.id,
        title: link.title,
        by_whom: link.provider_name,
        url: webAddress(link.url),
        requires_review: Number(link.requires_review),
        trendable: null,
        uses: usesOf(link.history),
      }
    )
  },
  statuses: item => {
    const post = TrendStatusEntity.safeParse(item).data
    return (
      post && {
        id: post.id,
        title: plainText(readContent(post.content)),
        by_whom: `@${post.account.acct}`,
        url: webAddress(post.url ?? null),
        requires_review: Number(post.requires_review),
        trendable: null,
        uses: null,
      }
    )
  },
  tags: item => {
    const tag = TrendTagEntity.safeParse(item).data
    return (
      tag && {
        id: tag.id,
        title: `#${tag.name}`,
        by_whom: '',
        url: webAddress(tag.url),
        requires_review: Number(tag.requires_review),
        trendable: bit(tag.trendable),
        uses: usesOf(tag.history),
      }
    )
  },
  publishers: item => {
    const publisher = PublisherEntity.safeParse(item).data
    return (
      publisher && {
        id: publisher.id,
        title: publisher.domain,
        by_whom: '',
        url: null,
        requires_review: Number(publisher.requires_review),
        trendable: bit(publisher.trendable),
        uses: null,
      }
    )
  },
}

/** An item as the server told it; nothing where it is none. */
export const readTrend = (family: TrendFamily, item: unknown): Told | undefined => {
  const told = readers[family](item)
  return told && { ...told, title: told.title.slice(0, TITLE), by_whom: told.by_whom.slice(0, TITLE) }
}

/** The id of the subject that names a trend. */
export const subjectOf = ({ family, id }: Pick<StoredTrend, 'family' | 'id'>): string => `${family}/${id}`
/** The trend that the id of a subject names; nothing where it names none. */
export const ofSubject = (subject: string): { family: TrendFamily; id: string } | undefined => {
  const [, family, id = ''] = /^(links|statuses|tags|publishers)\/(\w{1,64})$/.exec(subject) ?? []
  return family === 'links' || family === 'statuses' || family === 'tags' || family === 'publishers'
    ? { family, id }
    : undefined
}

/** One trend, or nothing. */
export const findTrend = (
  db: ReadDb,
  server: ServerKey,
  { family, id }: Pick<StoredTrend, 'family' | 'id'>,
): StoredTrend | undefined =>
  db.get<StoredTrend>('SELECT * FROM mirror.trend WHERE server = ? AND family = ? AND id = ?', [server, family, id])

const put = (db: WriteDb, server: ServerKey, family: TrendFamily, told: Told, place: number, now: number) =>
  db.run(
    `INSERT INTO mirror.trend VALUES (@server, @family, @id, @place, @title, @by_whom, @url, @requires_review, @trendable, @uses, @now)
     ON CONFLICT DO UPDATE SET place = CASE WHEN @place < 0 THEN place ELSE @place END, title = @title, by_whom = @by_whom, url = @url,
       requires_review = @requires_review, trendable = @trendable, uses = @uses, seen_at = @now`,
    { server, family, ...told, place, now },
  )

/** Stores one trend as an answer shows it; its place stays. */
export const putTrend = (db: WriteDb, server: ServerKey, family: TrendFamily, told: Told, now: number): void =>
  void put(db, server, family, told, -1, now)

/** Stores a family as it was read: what does not trend any more is forgotten. */
export const putTrends = (
  db: WriteDb,
  server: ServerKey,
  family: TrendFamily,
  told: readonly Told[],
  now: number,
): void => {
  db.run('DELETE FROM mirror.trend WHERE server = ? AND family = ?', [server, family])
  for (const [place, one] of told.entries()) put(db, server, family, one, place, now)
  db.run('INSERT INTO mirror.trend_read VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET read_at = excluded.read_at', [
    server,
    family,
    now,
  ])
}
