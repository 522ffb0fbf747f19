import type { Ground } from './ground.ts'

type Json = Record<string, unknown>

const isItem = (value: unknown): value is Json => typeof value === 'object' && value !== null && 'id' in value
const text = (value: unknown) => String(value ?? null)
const named = (value: unknown) => (isItem(value) ? text(value.username) : '')

/** What an item of these lists says of each side, as the log would tell it when someone else changed it. */
const readings: readonly { path: RegExp; sides(item: Json): Record<string, string> }[] = [
  {
    path: /\/admin\/reports(\/\d+)?$/,
    sides: item => ({
      [`report ${item.id} closed`]: item.action_taken
        ? `${Date.parse(text(item.action_taken_at))} ${named(item.action_taken_by_account)}`
        : 'open',
      [`report ${item.id} assigned`]: named(item.assigned_account),
      [`report ${item.id} category`]: text(item.category),
      ...(isItem(item.target_account)
        ? { [`account ${item.target_account.id} limited`]: text(item.target_account.silenced) }
        : {}),
    }),
  },
  {
    path: /\/admin\/domain_blocks(\/\d+)?$/,
    sides: item => ({
      [`domain-block ${item.id} severity`]: text(item.severity),
      [`domain-block ${item.id} comment`]: text(item.private_comment),
    }),
  },
  {
    path: /\/admin\/ip_blocks(\/\d+)?$/,
    sides: item => ({ [`ip-block ${item.id} severity`]: text(item.severity) }),
  },
]

/**
 * Reads along what the server answers: of each side of an item the values that differed from the one shown before. `kept` tells that
 * what came until now was taken in, `lost` that the engine ended before it was.
 */
export const readAlong = (ground: Ground) => {
  const latest = new Map<string, string>()
  const shown = new Map<string, string[]>()
  let waiting: Record<string, string>[] = []
  ground.between(async (real, input, init) => {
    // No two requests are of the same moment.
    ground.clock.advance(1)
    const response = await real(input, init)
    const { pathname } = new URL(String(input))
    const reading = readings.find(({ path }) => path.test(pathname))
    if (!reading || (init?.method ?? 'GET') !== 'GET' || response.status !== 200) return response
    void response
      .clone()
      .json()
      .then((body: unknown) => {
        for (const item of Array.isArray(body) ? body : [body]) if (isItem(item)) waiting.push(reading.sides(item))
      })
      // Broken pages are nobody's news.
      .catch(() => {})
    return response
  })
  return {
    shown,
    kept: () => {
      for (const sides of waiting.splice(0))
        for (const [side, value] of Object.entries(sides)) {
          const before = latest.get(side)
          latest.set(side, value)
          if (before !== undefined && before !== value) shown.set(side, [...(shown.get(side) ?? []), value])
        }
    },
    lost: () => {
      waiting = []
    },
  }
}
