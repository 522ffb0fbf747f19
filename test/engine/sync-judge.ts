import { roleOf } from '../../src/main/sample/rules/roles.ts'
import type { World } from '../../src/main/sample/rules/world.ts'
import type { Engine } from '../../src/shared/contract/index.ts'
import type { LogEntry } from '../../src/shared/contract/log.ts'

/** What a colleague did to an item, and when. */
export type Change = { item: string; at: number }
/** What is so of each item and each side of it, such as `report 12 assigned`; what is not there is missing. */
export type States = ReadonlyMap<string, string>

/** That it changed is told, but not to what. */
const SOMETHING = '?'

const lists = {
  'domain-block': (world: World) => world.domainBlocks.all(),
  'domain-allow': (world: World) => world.domainAllows.all(),
  'email-domain-block': (world: World) => world.emailDomainBlocks.all(),
  'ip-block': (world: World) => world.ipBlocks.all(),
  'canonical-email-block': (world: World) => world.canonicalEmailBlocks.all(),
} as const

const waits = (world: World) =>
  (world.accountsByDomain.get('')?.all() ?? []).filter(one => one.user?.approved === false)

/** What is so on a server now, of all that the log tells when a colleague changes it. */
export const stateOf = (world: World): States => {
  const state = new Map<string, string>()
  const nameOf = (id: string | null) => (id === null ? '' : (world.account(id)?.username ?? ''))
  for (const [noun, rows] of Object.entries(lists))
    for (const row of rows(world)) {
      state.set(`${noun} ${row.id} there`, 'there')
      if ('severity' in row) state.set(`${noun} ${row.id} severity`, String(row.severity))
      if ('privateComment' in row) state.set(`${noun} ${row.id} comment`, String(row.privateComment))
    }
  for (const { id } of waits(world)) state.set(`signup ${id} waits`, 'there')
  for (const report of world.reports.all()) {
    const closed = `${report.actionTakenAt} ${nameOf(report.actionTakenByAccountId)}`
    state.set(`report ${report.id} closed`, report.actionTakenAt === null ? 'open' : closed)
    state.set(`report ${report.id} assigned`, nameOf(report.assignedAccountId))
    state.set(`report ${report.id} category`, report.category)
    const target = world.account(report.targetAccountId)
    if (target) state.set(`account ${target.id} limited`, String(target.silencedAt !== null))
  }
  for (const { id, text, deletedAt } of world.rules.all()) if (deletedAt === null) state.set(`rule ${id} text`, text)
  const own = world.accountsByHandle.get('admin')
  state.set('role own name', (own && roleOf(world, own)?.name) ?? '')
  return state
}

type Told = { side: string; value: string; was?: string; entry: LogEntry }

/** What an entry tells, side by side. */
const toldBy = (entry: LogEntry): Told[] => {
  const { action, facts, personal } = entry
  const [noun = '', verb = ''] = action.split('.')
  const id = String(facts.report ?? facts.account ?? facts.block ?? facts.allow)
  const tells = (side: string, value: unknown, was?: unknown): Told => ({
    side: `${noun} ${id} ${side}`,
    value: String(value),
    entry,
    ...(was === undefined ? {} : { was: String(was) }),
  })
  if (action === 'report.seen-resolved') return [tells('closed', `${facts.resolvedAt} ${personal.by ?? ''}`)]
  if (action === 'report.seen-reopened') return [tells('closed', 'open')]
  if (action === 'report.seen-assigned') return [tells('assigned', personal.assigned ?? '')]
  if (action === 'report.seen-changed') return [tells('category', facts.after, facts.before)]
  if (action === 'account.seen-changed') return 'limited' in facts ? [tells('limited', facts.limited)] : []
  if (noun === 'signup') return [tells('waits', verb)]
  if (action === 'server.role-changed')
    return [{ side: 'role own name', value: String(facts.after), was: String(facts.before), entry }]
  if (action === 'rules.seen-changed')
    return [facts.added, facts.changed, facts.removed]
      .flatMap(ids => (Array.isArray(ids) ? ids : []))
      .map(rule => ({ side: `rule ${rule} text`, value: SOMETHING, entry }))
  if (verb === 'seen-added')
    return [tells('there', 'there'), ...(facts.after === undefined ? [] : [tells('severity', facts.after)])]
  if (verb === 'seen-lifted' || verb === 'seen-removed') return [tells('there', 'gone', 'there')]
  if (verb !== 'seen-changed' || !Array.isArray(facts.fields)) return []
  return [
    ...(facts.fields.includes('severity') ? [tells('severity', facts.after, facts.before)] : []),
    ...(facts.fields.includes('privateComment') ? [tells('comment', SOMETHING)] : []),
  ]
}

const itemOf = (side: string) => side.slice(0, side.lastIndexOf(' '))

const groupOf = <T>(from: readonly T[], by: (one: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const one of from) groups.set(by(one), [...(groups.get(by(one)) ?? []), one])
  return groups
}

const all = async <Item>(page: (before: Item | undefined) => Promise<readonly Item[]>): Promise<Item[]> => {
  const found: Item[] = []
  for (;;) {
    const more = await page(found.at(-1))
    found.push(...more)
    if (more.length < 200) return found
  }
}

/** Says whether a decision of ours may have touched an item, so that nothing is concluded from what the log does not say of it. */
const oursOf = async (
  desk: Engine,
  world: World,
  blocks: ReadonlyMap<string, string>,
): Promise<(item: string) => boolean> => {
  const { decisions } = await desk.call('decisions.page', { limit: 200 })
  const sent = decisions.filter(({ state }) => !['held', 'ready', 'cancelled', 'superseded', 'stopped'].includes(state))
  const accounts = new Set(sent.flatMap(({ account }) => account?.id ?? []))
  const domains = new Set(sent.filter(({ subject }) => subject.of === 'domain').map(({ subject }) => subject.id))
  const suspends = sent.some(({ kind }) => kind === 'account.suspend')
  const touched = new Set([
    ...sent.map(({ subject }) => `${subject.of} ${subject.id}`),
    ...[...accounts].flatMap(id => [`account ${id}`, `signup ${id}`]),
    ...world.reports
      .all()
      .flatMap(({ id, targetAccountId }) => (accounts.has(targetAccountId) ? [`report ${id}`] : [])),
  ])
  // Those that we made ourselves are known to no one else.
  const domainOf = (id: string) => blocks.get(id) ?? world.domainBlocks.get(id)?.domain
  return item => {
    const [noun = '', id = ''] = item.split(' ')
    if (noun === 'domain-block' && domains.has(domainOf(id) ?? id)) return true
    if (noun === 'account' && domains.size > 0 && world.account(id)?.domain != null) return true
    return touched.has(item) || (noun === 'canonical-email-block' && suspends)
  }
}

/** True when all of `few` stand in `many`, in this order. */
const standIn = (few: readonly string[], many: readonly string[]): boolean => {
  let at = 0
  for (const one of many) if (one === few[at] || (one === SOMETHING && at < few.length)) at++
  return at >= few.length
}

/**
 * What is wrong with what the log says to have seen: an entry that no colleague's doing within its interval explains, one thing told
 * twice, entries that do not follow one another, what differs between beginning and end without an entry, and what an answer showed
 * (`shown`, the values of each side in their order) and no entry tells.
 */
export const judgeLog = async (
  desk: Engine,
  world: World,
  given: {
    before: States
    changes: readonly Change[]
    /** The domain of each block by its id, of those that are gone too. */
    domains: ReadonlyMap<string, string>
    shown: ReadonlyMap<string, readonly string[]>
  },
): Promise<string[]> => {
  const { before, changes, shown } = given
  const after = stateOf(world)
  const wrong: string[] = []
  const everything = await all<LogEntry>(async last => {
    const asked = last === undefined ? {} : { before: last.seq }
    return (await desk.call('log.page', { limit: 200, ...asked })).entries
  })
  const entries = everything.filter(({ source }) => source === 'saw').reverse()
  const isOurs = await oursOf(desk, world, given.domains)
  const told = groupOf(entries.flatMap(toldBy), ({ side }) => side)
  const done = groupOf(changes, ({ item }) => item)

  for (const side of new Set([...before.keys(), ...after.keys(), ...told.keys()])) {
    const item = itemOf(side)
    const [told1, did] = [told.get(side) ?? [], done.get(item) ?? []]
    for (const { entry } of told1)
      if (!did.some(({ at }) => at >= Number(entry.facts.from) && at <= Number(entry.facts.to)))
        wrong.push(`no colleague did this then: ${side} ${JSON.stringify(entry.facts)}`)
    if (told1.length > did.length) wrong.push(`${side} is told ${told1.length} times and was done ${did.length} times`)
    if (isOurs(item)) continue
    let now = before.get(side)
    for (const { value, was } of told1) {
      if (was !== undefined && now !== undefined && now !== SOMETHING && was !== now)
        wrong.push(`${side} was ${now}, by the log ${was}`)
      if (value === now && value !== SOMETHING) wrong.push(`${side} is told twice to be ${value}`)
      now = value
    }
    // Of one that is new nothing is told but what changed since it was first seen.
    if (told1.length === 0 && !before.has(side)) {
      if (side.endsWith(' there')) wrong.push(`nobody told that ${item} was added`)
      continue
    }
    const truth = after.get(side) ?? 'gone'
    const gone = now?.startsWith('seen-') || (now !== 'there' && truth === 'gone' && !side.endsWith(' there'))
    if (now !== truth && now !== SOMETHING && !(gone && truth === 'gone'))
      wrong.push(`${side} is ${truth}, by the log ${now}`)
  }
  for (const [side, values] of shown) {
    const item = itemOf(side)
    const then = (told.get(side) ?? []).map(({ value }) => value)
    if (!isOurs(item) && !standIn(values, then)) wrong.push(`${side} was shown as ${values}, by the log ${then}`)
  }
  if (!(await desk.call('log.verify', {})).ok) wrong.push('the log does not verify')
  return wrong
}
