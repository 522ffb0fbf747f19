import { type Handover, STALE_DAYS } from '../../../shared/contract/handover.ts'
import { say, sayCode } from '../../../shared/messages/say.ts'
import { readMoment } from './moment.ts'
import { printJson, printLines, type Run } from './session.ts'
import { alignRows, isoTime, plainLine, showTime } from './table.ts'

type Homes = ReadonlyMap<string, string>

const handleOf = ({ username, domain }: { username: string; domain: string | null }) =>
  plainLine(`@${username}${domain === null ? '' : `@${domain}`}`)

const seenRows = ({ seen }: Handover, homes: Homes): string[][] =>
  seen.map(({ server, by, me, action, count, newestAt }) => [
    plainLine(homes.get(server) ?? server),
    by === null ? say('handover.someone') : plainLine(me ? say('handover.you', { name: by }) : by),
    showTime(newestAt),
    sayCode(`handover.did.${action}`, { count }),
  ])

const endedRows = ({ ended }: Handover, homes: Homes): string[][] =>
  ended.map(({ server, kind, state, count, newestAt }) => [
    plainLine(homes.get(server) ?? server),
    say(`log.kind.${kind}`),
    showTime(newestAt),
    `${count} ${say(`handover.ended.${state}`)}`,
  ])

const waitLines = ({ waits, stale }: Handover): string[] => [
  ...(['unknown', 'needsPerson', 'confirm', 'signIn', 'paused', 'held'] as const)
    .filter(name => waits[name] > 0)
    .map(name => say(`handover.waits.${name}`, { count: waits[name] })),
  ...(['mine', 'back', 'old'] as const)
    .filter(name => stale[name].count > 0)
    .map(name => {
      const oldest = stale[name].rows.map(row => `${row.id} ${handleOf(row.target)}`)
      return `${say(`handover.stale.${name}`, { count: stale[name].count, days: STALE_DAYS })}: ${oldest.join(', ')}`
    }),
  ...(stale.signups > 0 ? [say('handover.stale.signups', { count: stale.signups, days: STALE_DAYS })] : []),
]

/** `howdah handover`: what happened since someone last sat at the desk, or since a moment; and what waits. */
export const handOver: Run = async ({ words, print, engine }) => {
  const open = await engine()
  const given = words.text('since')
  const told = await open.call('handover.read', { since: given === undefined ? null : (readMoment(given) ?? null) })
  if (words.has('json')) {
    const pile = ({ count, rows }: Handover['stale']['old']) => ({ count, reports: rows.map(({ id }) => id) })
    printJson(print, {
      since: isoTime(told.since),
      left: isoTime(told.left),
      seen: told.seen.map(each => ({ ...each, newestAt: isoTime(each.newestAt) })),
      more: told.more,
      ended: told.ended.map(each => ({ ...each, newestAt: isoTime(each.newestAt) })),
      waits: told.waits,
      stale: {
        old: pile(told.stale.old),
        back: pile(told.stale.back),
        mine: pile(told.stale.mine),
        signups: told.stale.signups,
      },
    })
    return 0
  }
  const { servers } = await open.call('servers.list', {})
  const homes = new Map(servers.map(({ key, domain }) => [key, domain]))
  print.note(`${say('handover.since', { at: showTime(told.since) })}\n`)
  const lines = [...waitLines(told), ...alignRows(seenRows(told, homes)), ...alignRows(endedRows(told, homes))]
  printLines(print, lines)
  if (lines.length === 0) print.note(`${say('handover.quiet')}\n`)
  return 0
}
