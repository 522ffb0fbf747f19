/** Measures: contract E.9. Totals and days are text. */
import { day, daysBetween, midnight } from '../entities/times.ts'
import {
  dayLength,
  humanBytes,
  instanceAccounts,
  keysOf,
  localAccounts,
  neededPeriod,
  objectOf,
  type Params,
  type Period,
  postsOf,
  postsTagged,
  tagOf,
} from './metrics.ts'
import type { Sample } from './sample.ts'

/** Something counted: when each happened, and (for distinct counts) what it was. */
type Event = { readonly at: number; readonly what?: string; readonly size?: number }

type Kind = {
  /** `redis` counters write full times, SQL ones days. */
  readonly source: 'redis' | 'sql'
  /** Per-domain measures have an all-time total and no previous one. */
  readonly allTime?: boolean
  readonly unit?: 'bytes'
  /** Has an object of parameters under its own key. */
  readonly object?: boolean
  readonly events: (sample: Sample, params: Params) => readonly Event[]
  /** All-time total where it is not the number of events. */
  readonly total?: (sample: Sample, params: Params) => number
}

function reportsAbout(sample: Sample, params: Params): Event[] {
  return instanceAccounts(sample, params).flatMap(({ id }) =>
    (sample.world.reportsByTarget.get(id) ?? []).map(report => ({ at: report.createdAt })),
  )
}

/** Follows between here and accounts of a domain. When they began is not kept: they count in the total only. */
function follows(direction: 'followers' | 'following') {
  return (sample: Sample, params: Params): number => {
    let sum = 0
    for (const { id } of instanceAccounts(sample, params)) {
      for (const other of sample.world[direction].get(id) ?? [])
        if (sample.world.account(other)?.domain === null) sum += 1
    }
    return sum
  }
}

/** A picture's size is not kept: an average one stands for it. */
const pictureBytes = 180_000

const kinds: Readonly<Record<string, Kind>> = {
  active_users: {
    source: 'redis',
    events: sample => localAccounts(sample).map(({ user, id }) => ({ at: user?.lastSignInAt ?? 0, what: id })),
  },
  new_users: { source: 'sql', events: sample => localAccounts(sample).map(account => ({ at: account.createdAt })) },
  interactions: {
    source: 'redis',
    events: sample =>
      postsOf(sample, localAccounts(sample))
        .filter(post => post.inReplyToId !== null || post.reblogOfId !== null)
        .map(post => ({ at: post.createdAt })),
  },
  opened_reports: {
    source: 'sql',
    events: sample => sample.world.reports.all().map(report => ({ at: report.createdAt })),
  },
  resolved_reports: {
    source: 'sql',
    events: sample => sample.world.reports.all().map(report => ({ at: report.actionTakenAt ?? 0 })),
  },
  tag_accounts: {
    source: 'redis',
    object: true,
    events: (sample, params) =>
      postsTagged(sample, tagOf(sample, params)).map(post => ({ at: post.createdAt, what: post.accountId })),
  },
  tag_uses: {
    source: 'redis',
    object: true,
    events: (sample, params) => postsTagged(sample, tagOf(sample, params)).map(post => ({ at: post.createdAt })),
  },
  tag_servers: {
    source: 'sql',
    object: true,
    events: (sample, params) =>
      postsTagged(sample, tagOf(sample, params)).map(post => ({
        at: post.createdAt,
        what: sample.world.account(post.accountId)?.domain ?? '',
      })),
  },
  instance_accounts: {
    source: 'sql',
    object: true,
    allTime: true,
    events: (sample, params) => instanceAccounts(sample, params).map(account => ({ at: account.createdAt })),
  },
  instance_statuses: {
    source: 'sql',
    object: true,
    allTime: true,
    events: (sample, params) => postsOf(sample, instanceAccounts(sample, params)).map(post => ({ at: post.createdAt })),
  },
  instance_reports: { source: 'sql', object: true, allTime: true, events: reportsAbout },
  instance_follows: { source: 'sql', object: true, allTime: true, events: () => [], total: follows('followers') },
  instance_followers: { source: 'sql', object: true, allTime: true, events: () => [], total: follows('following') },
  instance_media_attachments: {
    source: 'sql',
    object: true,
    allTime: true,
    unit: 'bytes',
    events: (sample, params) =>
      postsOf(sample, instanceAccounts(sample, params)).flatMap(post =>
        (post.extra?.media ?? []).map(() => ({ at: post.createdAt, size: pictureBytes })),
      ),
  },
}

/** How much events come to: sizes, different things, or their number. */
function amount(events: readonly Event[]): number {
  if (events.some(event => event.size !== undefined)) return events.reduce((sum, event) => sum + (event.size ?? 0), 0)
  const things = new Set(events.flatMap(event => event.what ?? []))
  return things.size > 0 ? things.size : events.length
}

function within(events: readonly Event[], from: number, before: number): Event[] {
  return events.filter(event => event.at >= from && event.at < before)
}

function measure(sample: Sample, key: string, kind: Kind, period: Period, params: Params): object {
  const events = kind.events(sample, params)
  const from = midnight(period.from)
  const end = midnight(period.to) + dayLength
  const perDay = new Map<number, Event[]>()
  for (const event of within(events, from, end)) {
    const at = midnight(event.at)
    const list = perDay.get(at)
    if (list === undefined) perDay.set(at, [event])
    else list.push(event)
  }
  const dated = (at: number): string =>
    kind.source === 'redis'
      ? `${day(at)}T00:00:00Z`
      : sample.release.metrics.sqlDays
        ? day(at)
        : new Date(at).toISOString()
  const total = kind.allTime ? (kind.total?.(sample, params) ?? amount(events)) : amount(within(events, from, end))
  return {
    key,
    unit: kind.unit ?? null,
    total: String(total),
    ...(kind.unit === undefined ? {} : { human_value: humanBytes(total) }),
    ...(kind.allTime ? {} : { previous_total: String(amount(within(events, from - (end - from), from))) }),
    data: daysBetween(period.from, period.to).map(at => ({
      date: dated(at),
      value: String(amount(perDay.get(at) ?? [])),
    })),
  }
}

/** POST …/measures: one a known key, in order; unknown keys are skipped. The period is cut to two years before its end. */
export function measures(sample: Sample, params: Params): object[] {
  const { missingDatesAreRefused } = sample.release.metrics
  const keys = keysOf(params)
  if (keys.length === 0 && !missingDatesAreRefused) return []
  const asked = neededPeriod(sample, params)
  const period = { from: Math.max(asked.from, asked.to - 2 * 365 * dayLength), to: asked.to }
  return keys.flatMap(key => {
    const kind = Object.hasOwn(kinds, key) ? kinds[key] : undefined
    if (kind === undefined) return []
    return [measure(sample, key, kind, period, kind.object ? objectOf(sample, params, key) : {})]
  })
}
