/** Dimensions: contract E.10. */
import { leadingInteger } from './casts.ts'
import {
  dayLength,
  humanBytes,
  instanceAccounts,
  keysOf,
  localAccounts,
  objectOf,
  type Params,
  type Period,
  periodOf,
  postsOf,
  postsTagged,
  tagOf,
} from './metrics.ts'
import type { StatusRecord } from './model.ts'
import { Crash } from './refusals.ts'
import type { Sample } from './sample.ts'

type Row = {
  readonly key: string
  readonly human_key: string
  readonly value: string
  readonly unit?: string
  readonly human_value?: string
}

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' })

function languageName(code: string): string {
  if (code === 'und') return 'Unknown'
  try {
    return languageNames.of(code) ?? code
  } catch {
    return code
  }
}

/** Keys with how often they occur, the most frequent first. */
function ranked(keys: readonly string[], human: (key: string) => string = key => key): Row[] {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([key, count]) => ({ key, human_key: human(key), value: String(count) }))
}

function during(time: number | null, period: Period | null): boolean {
  return period !== null && time !== null && time >= period.from && time < period.to + dayLength
}

function domainOf(sample: Sample, post: StatusRecord): string {
  return sample.world.account(post.accountId)?.domain ?? sample.world.instance.domain
}

function servers(sample: Sample, period: Period | null): Row[] {
  if (period === null) throw new Crash('servers need dates')
  return ranked(
    sample.world.statuses
      .all()
      .filter(post => during(post.createdAt, period))
      .map(post => domainOf(sample, post)),
  )
}

function space(): Row[] {
  const sizes: readonly (readonly [string, string, number])[] = [
    ['postgresql', 'PostgreSQL', 15_293_799],
    ['redis', 'Redis', 1_866_288],
    ['media', 'Media storage', 0],
  ]
  return sizes.map(([key, human_key, bytes]) => ({
    key,
    human_key,
    value: String(bytes),
    unit: 'bytes',
    human_value: humanBytes(bytes),
  }))
}

function software(sample: Sample): Row[] {
  const versions: (readonly [string, string, string, string])[] = [
    ['mastodon', 'Mastodon', sample.release.version, sample.release.version],
    ['ruby', 'Ruby', 'ruby 3.4.4', '3.4.4'],
    ['postgresql', 'PostgreSQL', '15.20', '15.20'],
    ['redis', 'Redis', '7.0.15', '7.0.15'],
    ['libvips', 'libvips', '8.14.1', '8.14.1'],
    ['ffmpeg', 'FFmpeg', '5.1.9', '5.1.9'],
  ]
  return versions.map(([key, human_key, value, human_value]) => ({ key, human_key, value, human_value }))
}

function rowsOf(sample: Sample, key: string, params: Params, period: Period | null): Row[] | null {
  const own = (): Params => objectOf(sample, params, key)
  switch (key) {
    case 'languages':
      return ranked(
        localAccounts(sample)
          .filter(({ user }) => during(user?.lastSignInAt ?? null, period))
          .map(({ user }) => user?.locale ?? 'und'),
        languageName,
      )
    case 'sources':
      return ranked(
        localAccounts(sample)
          .filter(account => during(account.createdAt, period))
          .map(({ user }) => sample.world.apps.get(user?.createdByApplicationId ?? '')?.name ?? 'web'),
      )
    case 'servers':
      return servers(sample, period)
    case 'space_usage':
      return space()
    case 'software_versions':
      return software(sample)
    case 'tag_servers':
      return ranked(postsTagged(sample, tagOf(sample, own())).map(post => domainOf(sample, post)))
    case 'tag_languages':
      return ranked(
        postsTagged(sample, tagOf(sample, own())).map(post => post.language ?? 'und'),
        languageName,
      )
    case 'instance_accounts':
      return [...instanceAccounts(sample, own())]
        .sort((a, b) => b.followersCount - a.followersCount)
        .map(({ username, followersCount }) => ({ key: username, human_key: username, value: String(followersCount) }))
    case 'instance_languages':
      return ranked(
        postsOf(sample, instanceAccounts(sample, own())).map(post => post.language ?? 'und'),
        languageName,
      )
    default:
      return null
  }
}

/** POST …/dimensions: one a known key, in order. `limit` cuts each; without dates only `servers` fails. */
export function dimensions(sample: Sample, params: Params): object[] {
  const period = periodOf(params)
  const limit = params.limit === undefined ? Number.POSITIVE_INFINITY : Number(leadingInteger(params.limit))
  return keysOf(params).flatMap(key => {
    const rows = rowsOf(sample, key, params, period)
    return rows === null ? [] : [{ key, data: rows.slice(0, limit) }]
  })
}
