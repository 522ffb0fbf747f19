import { roleOf } from '../../src/main/sample/rules/roles.ts'
import type { World } from '../../src/main/sample/rules/world.ts'
import type { Decision, DecisionKind } from '../../src/shared/contract/decisions.ts'
import type { Engine } from '../../src/shared/contract/index.ts'
import type { LogEntry } from '../../src/shared/contract/log.ts'
import type { Shown } from './sync-shown.ts'

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

/** Fields of blocks of which the log tells that they changed. */
const fields = [
  'severity',
  'privateComment',
  'publicComment',
  'obfuscate',
  'rejectMedia',
  'rejectReports',
  'comment',
  'expiresAt',
]
const flags = ['suspended', 'limited', 'sensitive', 'frozen'] as const

const waits = (world: World) =>
  (world.accountsByDomain.get('')?.all() ?? []).filter(one => one.user?.approved === false)

/** What is so on a server now, of all that the log tells when a colleague changes it. */
export const stateOf = (world: World): States => {
  const state = new Map<string, string>()
  const nameOf = (id: string | null) => (id === null ? '' : (world.account(id)?.username ?? ''))
  for (const [noun, rows] of Object.entries(lists))
    for (const row of rows(world)) {
      state.set(`${noun} ${row.id} there`, 'there')
      for (const [field, value] of Object.entries(row))
        if (fields.includes(field)) state.set(`${noun} ${row.id} ${field}`, String(value))
    }
  for (const { id } of waits(world)) state.set(`signup ${id} waits`, 'there')
  for (const report of world.reports.all()) {
    const closed = `${report.actionTakenAt} ${nameOf(report.actionTakenByAccountId)}`
    state.set(`report ${report.id} closed`, report.actionTakenAt === null ? 'open' : closed)
    state.set(`report ${report.id} assigned`, nameOf(report.assignedAccountId))
    state.set(`report ${report.id} category`, report.category)
    state.set(`report ${report.id} rules`, (report.ruleIds ?? []).join())
    state.set(`report ${report.id} known`, 'there')
    const target = world.account(report.targetAccountId)
    if (!target) continue
    state.set(`account ${target.id} suspended`, String(target.suspendedAt !== null))
    state.set(`account ${target.id} limited`, String(target.silencedAt !== null))
    state.set(`account ${target.id} sensitive`, String(target.sensitizedAt !== null))
    if (target.user) state.set(`account ${target.id} frozen`, String(target.user.disabled))
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
  if (action === 'report.seen-changed' || action === 'report.seen-rules')
    return [
      ...('after' in facts ? [tells('category', facts.after, facts.before)] : []),
      ...(Array.isArray(facts.rules) ? [tells('rules', facts.rules.join())] : []),
    ]
  if (action === 'report.seen-gone') return [tells('known', 'gone', 'there')]
  if (action === 'account.seen-changed') return flags.flatMap(flag => (flag in facts ? [tells(flag, facts[flag])] : []))
  if (noun === 'signup') return [tells('waits', verb)]
  if (action === 'server.role-changed')
    return [{ side: 'role own name', value: String(facts.after), was: String(facts.before), entry }]
  if (action === 'rules.seen-changed')
    return [
      ...[facts.added, facts.changed, facts.removed]
        .flatMap(ids => (Array.isArray(ids) ? ids : []))
        .map(rule => ({ side: `rule ${rule} text`, value: SOMETHING, entry })),
      ...('order' in facts ? [{ side: 'rules all order', value: SOMETHING, entry }] : []),
    ]
  if (verb === 'seen-added')
    return [tells('there', 'there'), ...(facts.after === undefined ? [] : [tells('severity', facts.after)])]
  if (verb === 'seen-lifted' || verb === 'seen-removed') return [tells('there', 'gone', 'there')]
  if (verb !== 'seen-changed' || !Array.isArray(facts.fields)) return []
  return facts.fields.map(field =>
    field === 'severity' ? tells('severity', facts.after, facts.before) : tells(String(field), SOMETHING),
  )
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

/** What a history knows of itself. */
type Given = {
  before: States
  changes: readonly Change[]
  /** The domain of each block by its id, of those that are gone too. */
  domains: ReadonlyMap<string, string>
  /** Whom reports were about that are about another now, or gone. */
  formerly: ReadonlyMap<string, string>
  shown: ReadonlyMap<string, readonly Shown[]>
  /** Every side that an answer ever showed. */
  latest: ReadonlyMap<string, unknown>
  /** Whom each report that was ever shown is about, and who filed it. */
  involved: ReadonlyMap<string, ReadonlySet<string>>
  /** The domain of each account that such a report was about. */
  hosts: ReadonlyMap<string, string>
}

/** Which side of its account, report or sign-up a decision of such a kind is about. */
const sideOf: Readonly<Partial<Record<DecisionKind, string>>> = {
  'report.close': 'closed',
  'report.reopen': 'closed',
  'report.assign': 'assigned',
  'report.unassign': 'assigned',
  'account.sensitive': 'sensitive',
  'account.unsensitive': 'sensitive',
  'account.limit': 'limited',
  'account.unlimit': 'limited',
  'account.freeze': 'frozen',
  'account.suspend': 'suspended',
  'account.unsuspend': 'suspended',
  'domain.block': 'there',
  'domain.lift': 'there',
}

/** Says whether a decision of ours may have touched a side of an item, so that nothing is concluded from what the log does not say of it. */
const oursOf = (
  decisions: readonly Decision[],
  world: World,
  { domains, formerly, involved, hosts }: Pick<Given, 'domains' | 'formerly' | 'involved' | 'hosts'>,
): ((side: string) => boolean) => {
  const sent = decisions.filter(({ state }) => !['held', 'ready', 'cancelled', 'superseded', 'stopped'].includes(state))
  const touched = new Set<string>()
  const touchReports = (account: string, side: string) => {
    for (const { id, targetAccountId } of world.reports.all())
      if (targetAccountId === account) touched.add(`report ${id} ${side}`)
    for (const [id, about] of formerly) if (about === account) touched.add(`report ${id} ${side}`)
  }
  for (const { kind, subject, account, fields } of sent) {
    const side = sideOf[kind]
    const [noun] = kind.split('.')
    if (subject.of === 'domain') {
      for (const each of side ? [side] : Object.keys(fields)) touched.add(`domain ${subject.id} ${each}`)
    } else if (noun === 'signup') touched.add(`signup ${subject.id} waits`)
    else if (kind === 'report.categorise')
      for (const each of ['category', 'rules']) touched.add(`report ${subject.id} ${each}`)
    else if (noun === 'report') touched.add(`report ${subject.id} ${side}`)
    else if (account) {
      touched.add(`account ${account.id} ${side}`)
      touchReports(account.id, 'closed')
    }
  }
  const rejected = new Set(sent.flatMap(({ kind, subject }) => (kind === 'signup.reject' ? subject.id : [])))
  const suspends = sent.some(({ kind }) => kind.endsWith('suspend'))
  const blocks = sent.flatMap(({ kind, subject }) => (kind.startsWith('domain.') ? subject.id : []))
  // Those that we made ourselves are known to no one else.
  const domainOf = (id: string) => domains.get(id) ?? world.domainBlocks.get(id)?.domain
  return side => {
    const [noun = '', id = '', what = ''] = side.split(' ')
    if (noun === 'domain-block') return touched.has(`domain ${domainOf(id) ?? id} ${what}`)
    // Accounts follow their domain.
    if (noun === 'account' && ['suspended', 'limited'].includes(what))
      return touched.has(side) || blocks.some(domain => `.${hosts.get(id)}`.endsWith(`.${domain}`))
    if (noun === 'report' && [...(involved.get(id) ?? [])].some(one => rejected.has(one))) return true
    return touched.has(side) || (noun === 'canonical-email-block' && suspends)
  }
}

/** True when all that was shown is told, in this order, and with an interval that is no wider than between the two answers. */
const isTold = (shown: readonly Shown[], told: readonly Told[]): boolean => {
  let at = 0
  for (const { value, entry } of told) {
    const due = shown[at]
    if (due === undefined) break
    const { from, to } = entry.facts
    if ((value === due.value || value === SOMETHING) && Number(from) >= due.since - 1 && Number(to) <= due.until) at++
  }
  return at >= shown.length
}

/**
 * What is wrong with what the log says to have seen: an entry that no colleague's doing within its interval explains, one thing told
 * twice, entries that do not follow one another, what differs between beginning and end without an entry, and what an answer showed
 * (`shown`, the values of each side in their order) and no entry tells.
 */
export const judgeLog = async (desk: Engine, world: World, given: Given): Promise<string[]> => {
  const { before, changes, shown } = given
  const after = stateOf(world)
  const wrong: string[] = []
  const everything = await all<LogEntry>(async last => {
    const asked = last === undefined ? {} : { before: last.seq }
    return (await desk.call('log.page', { limit: 200, ...asked })).entries
  })
  const entries = everything.filter(({ source }) => source === 'saw').reverse()
  const isOurs = oursOf((await desk.call('decisions.page', { limit: 200 })).decisions, world, given)
  const told = groupOf(entries.flatMap(toldBy), ({ side }) => side)
  const done = groupOf(changes, ({ item }) => item)

  for (const side of new Set([...before.keys(), ...after.keys(), ...told.keys()])) {
    const item = itemOf(side)
    const [told1, did] = [told.get(side) ?? [], done.get(item) ?? []]
    for (const { entry } of told1)
      if (!did.some(({ at }) => at >= Number(entry.facts.from) && at <= Number(entry.facts.to)))
        wrong.push(`no colleague did this then: ${side} ${JSON.stringify(entry.facts)}`)
    if (told1.length > did.length) wrong.push(`${side} is told ${told1.length} times and was done ${did.length} times`)
    if (isOurs(side)) continue
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
    const then = told.get(side) ?? []
    if (isOurs(side) || isTold(values, then)) continue
    const told1 = then.map(({ value, entry: { facts } }) => `${value} ${facts.from}-${facts.to}`)
    wrong.push(
      `${side} was shown as ${values.map(one => `${one.value} ${one.since}-${one.until}`)}, by the log ${told1}`,
    )
  }
  for (const side of given.latest.keys()) {
    const item = itemOf(side)
    if (isOurs(`${item} known`)) continue
    if (side.endsWith(' closed') && !after.has(side) && !told.has(`${item} known`))
      wrong.push(`nobody told that ${item} is gone`)
  }
  if (!(await desk.call('log.verify', {})).ok) wrong.push('the log does not verify')
  return wrong
}
