import type { Ground } from './ground.ts'

type Json = Record<string, unknown>

const isItem = (value: unknown): value is Json => typeof value === 'object' && value !== null && 'id' in value
const text = (value: unknown) => String(value ?? null)
const named = (value: unknown) => (isItem(value) ? text(value.username) : '')

const rulesOf = (rules: unknown) =>
  Array.isArray(rules) ? rules.map(rule => (isItem(rule) ? rule.id : '')).join() : ''
/** What is in force on an account; frozen can be members alone. */
const flagsOf = (account: unknown): Record<string, string> =>
  isItem(account)
    ? {
        [`account ${account.id} suspended`]: text(account.suspended),
        [`account ${account.id} limited`]: text(account.silenced),
        [`account ${account.id} sensitive`]: text(account.sensitized),
        ...(account.disabled === null ? {} : { [`account ${account.id} frozen`]: text(account.disabled) }),
      }
    : {}

const REPORTS = /\/admin\/reports(\/\d+)?$/

/** What an item of these lists says of each side, as the log would tell it when someone else changed it. */
const readings: readonly { path: RegExp; sides(item: Json): Record<string, string> }[] = [
  {
    path: REPORTS,
    sides: item => ({
      [`report ${item.id} closed`]: item.action_taken
        ? `${Date.parse(text(item.action_taken_at))} ${named(item.action_taken_by_account)}`
        : 'open',
      [`report ${item.id} assigned`]: named(item.assigned_account),
      [`report ${item.id} category`]: text(item.category),
      [`report ${item.id} rules`]: rulesOf(item.rules),
      ...flagsOf(item.target_account),
    }),
  },
  { path: /\/admin\/accounts(\/\d+)?$/, sides: item => flagsOf(item) },
  {
    path: /\/admin\/domain_blocks(\/\d+)?$/,
    sides: item => ({
      [`domain-block ${item.id} severity`]: text(item.severity),
      [`domain-block ${item.id} privateComment`]: text(item.private_comment),
      [`domain-block ${item.id} publicComment`]: text(item.public_comment),
      [`domain-block ${item.id} obfuscate`]: text(item.obfuscate),
      [`domain-block ${item.id} rejectMedia`]: text(item.reject_media),
      [`domain-block ${item.id} rejectReports`]: text(item.reject_reports),
    }),
  },
  {
    path: /\/admin\/ip_blocks(\/\d+)?$/,
    sides: item => ({
      [`ip-block ${item.id} severity`]: text(item.severity),
      [`ip-block ${item.id} comment`]: text(item.comment),
      [`ip-block ${item.id} expiresAt`]: text(item.expires_at === null ? null : Date.parse(text(item.expires_at))),
    }),
  },
]

/** A value that an answer showed: since when at the earliest, since the answer that showed another, and until when it was taken in. */
export type Shown = { value: string; since: number; until: number }

/**
 * Reads along what the server answers: of each side of an item the values that differed from the one shown before. No page of the admin API
 * has more than `most` rows. `kept` tells that what came until now was taken in, `lost` that the engine ended before it was.
 */
export const readAlong = (ground: Ground, most: number) => {
  const latest = new Map<string, { value: string; at: number }>()
  const shown = new Map<string, Shown[]>()
  const hosts = new Map<string, string>()
  const involved = new Map<string, Set<string>>()
  let waiting: { sides: Record<string, string>; at: number }[] = []
  ground.between(async (real, input, init) => {
    // No two requests are of the same moment.
    ground.clock.advance(1)
    const url = new URL(String(input))
    const { pathname, searchParams } = url
    if (pathname.includes('/admin/') && Number(searchParams.get('limit')) > most)
      searchParams.set('limit', String(most))
    const at = ground.clock.now()
    const response = await real(url, init)
    const reading = readings.find(({ path }) => path.test(pathname))
    if (!reading || (init?.method ?? 'GET') !== 'GET' || response.status !== 200) return response
    void response
      .clone()
      .json()
      .then((body: unknown) => {
        for (const item of Array.isArray(body) ? body : [body])
          if (isItem(item)) {
            waiting.push({ sides: reading.sides(item), at })
            if (!REPORTS.test(pathname)) continue
            const who = [item.target_account, item.account].flatMap(one => (isItem(one) ? text(one.id) : []))
            const id = text(item.id)
            if (isItem(item.target_account) && typeof item.target_account.domain === 'string')
              hosts.set(text(item.target_account.id), item.target_account.domain)
            involved.set(id, new Set([...(involved.get(id) ?? []), ...who]))
          }
      })
      // Broken pages are nobody's news.
      .catch(() => {})
    return response
  })
  return {
    shown,
    /** Every side that an answer ever showed. */
    latest,
    /** Whom each report that was ever shown is about, and who filed it. */
    involved,
    /** The domain of each account that such a report was about. */
    hosts,
    kept: () => {
      for (const { sides, at } of waiting.splice(0))
        for (const [side, value] of Object.entries(sides)) {
          const before = latest.get(side)
          latest.set(side, { value, at })
          if (before !== undefined && before.value !== value)
            shown.set(side, [...(shown.get(side) ?? []), { value, since: before.at, until: ground.clock.now() }])
        }
    },
    lost: () => {
      waiting = []
    },
  }
}
