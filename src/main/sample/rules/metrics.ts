/** What measures, dimensions and retention share: period, parameters, cache (contract E.9 to E.11). */
import { castText, castTime, isPresent } from './casts.ts'
import { accountsUnder } from './domain-effects.ts'
import type { AccountRecord, StatusRecord } from './model.ts'
import type { TagRecord } from './model-more.ts'
import { Crash, missing, notFound } from './refusals.ts'
import type { Sample } from './sample.ts'

/** The parameters of a request, as they came. */
export type Params = Readonly<Record<string, unknown>>

/** A period in milliseconds, both days included. */
export type Period = { readonly from: number; readonly to: number }

/** A day in milliseconds. */
export const dayLength = 86_400_000

/** The period that is asked for: null when dates are missing. Throws the 422 of a date that cannot be read. */
export function periodOf(params: Params): Period | null {
  if (!isPresent(params.start_at) || !isPresent(params.end_at)) return null
  return { from: castTime(params.start_at), to: castTime(params.end_at) }
}

/** The same where dates are needed: missing ones are a 400 or a 500, by release. */
export function neededPeriod(sample: Sample, params: Params): Period {
  const period = periodOf(params)
  if (period !== null) return period
  if (!sample.release.metrics.missingDatesAreRefused) throw new Crash('dates are missing')
  throw missing(sample.release, isPresent(params.start_at) ? 'end_at' : 'start_at')
}

/** Words of `keys`. */
export function keysOf(params: Params): string[] {
  return [params.keys ?? []].flat().flatMap(key => castText(key) ?? [])
}

/** The object with a key's own parameters. Throws the 400 when it is missing. */
export function objectOf(sample: Sample, params: Params, key: string): Params {
  const value = params[key]
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !isPresent(value))
    throw missing(sample.release, key)
  return { ...value }
}

/** The hashtag a key is about, or 404. */
export function tagOf(sample: Sample, params: Params): TagRecord {
  const tag = sample.world.tags.get(castText(params.id) ?? '')
  if (tag === undefined) throw notFound()
  return tag
}

/** Accounts of the domain a key is about. `include_subdomains` counts by presence: the text `false` is true. */
export function instanceAccounts(sample: Sample, params: Params): readonly AccountRecord[] {
  const domain = castText(params.domain) ?? ''
  if (isPresent(params.include_subdomains)) return accountsUnder(sample.world, domain)
  return sample.world.accountsByDomain.get(domain)?.all() ?? []
}

/** Local accounts, which have users. */
export function localAccounts(sample: Sample): readonly AccountRecord[] {
  return sample.world.accountsByDomain.get('')?.all() ?? []
}

/** Posts of accounts, deleted ones left out. */
export function postsOf(sample: Sample, accounts: readonly AccountRecord[]): StatusRecord[] {
  return accounts.flatMap(({ id }) =>
    (sample.world.statusesByAccount.get(id) ?? []).filter(status => status.deletedAt === null),
  )
}

/** All posts with a hashtag. */
export function postsTagged(sample: Sample, tag: TagRecord): StatusRecord[] {
  return sample.world.statuses
    .all()
    .filter(status => status.deletedAt === null && (status.extra?.tags.includes(tag.name) ?? false))
}

/** `14.6 MB`. */
export function humanBytes(bytes: number): string {
  const units = ['Bytes', 'KB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${Number(value.toPrecision(3))} ${units[unit]}`
}

/** Numbers are kept for five minutes, as on the real server. */
export class MetricsCache {
  private readonly kept = new Map<string, { readonly until: number; readonly text: string }>()

  /** The text kept under the key, or a new one. */
  get(key: string, now: number, make: () => string): string {
    const known = this.kept.get(key)
    if (known !== undefined && now < known.until) return known.text
    for (const [old, { until }] of this.kept) if (now >= until) this.kept.delete(old)
    const text = make()
    this.kept.set(key, { until: now + 300_000, text })
    return text
  }
}
