import type { World } from '../../src/main/sample/rules/world.ts'
import type { Decision, DecisionKind } from '../../src/shared/contract/decisions.ts'
import type { Engine } from '../../src/shared/contract/index.ts'
import type { LogEntry } from '../../src/shared/contract/log.ts'
import type { PutBack } from './sync-put-back.ts'
import { itemOf, SOMETHING, type States, stateOf, type Told, toldBy } from './sync-said.ts'
import type { Shown } from './sync-shown.ts'

/** What a colleague did to an item, and when. */
export type Change = { item: string; at: number }

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
  /** The domains of each block by its id, of those that are gone too. */
  domains: ReadonlyMap<string, ReadonlySet<string>>
  /** Whom reports were about that are about another now, or gone. */
  formerly: ReadonlyMap<string, ReadonlySet<string>>
  putBacks: readonly PutBack[]
  /** Items that the server failed on for a while: when they came is not told. */
  broken: ReadonlySet<string>
  shown: ReadonlyMap<string, readonly Shown[]>
  /** Every side that an answer ever showed, and when it last did. */
  latest: ReadonlyMap<string, { at: number }>
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
    for (const [id, about] of formerly) if (about.has(account)) touched.add(`report ${id} ${side}`)
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
  const domainsOf = (id: string) => [...(domains.get(id) ?? []), world.domainBlocks.get(id)?.domain ?? id]
  return side => {
    const [noun = '', id = '', what = ''] = side.split(' ')
    if (noun === 'domain-block') return domainsOf(id).some(domain => touched.has(`domain ${domain} ${what}`))
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

const nounOf = (item: string): string => item.slice(0, item.indexOf(' '))

/** The time between two put-backs that were noticed, or before the first and after the last: what was known when it began, and what was told in it. */
type Era = { before: States; told: ReadonlyMap<string, Told[]>; isLast: boolean; isSure(item: string): boolean }

/** What was told is told of one era, since each begins with all read anew. */
const erasOf = (entries: readonly LogEntry[], { before, broken, changes, putBacks }: Given): Era[] => {
  const eras: LogEntry[][] = [[]]
  for (const entry of entries)
    if (entry.action === 'server.seen-put-back') eras.push([])
    else eras.at(-1)?.push(entry)
  const begun = [...new Map(putBacks.filter(one => one.seenAt !== null).map(one => [one.seenAt, one])).values()]
  return eras.map((those, n) => {
    const { anew = new Map<string, { at: number; states: States }>(), at: from = 0 } = begun[n - 1] ?? {}
    const states = [...anew].flatMap(([noun, one]) => [...one.states].filter(([side]) => nounOf(side) === noun))
    // What came between the notice and the end of reading anew may have been read before or after it came.
    const came = [
      ...changes.map(({ item, at }) => ({ items: [item], at })),
      ...putBacks.map(({ undid, at }) => ({ items: [...undid], at })),
    ].flatMap(({ items, at }) => items.filter(item => at > from && at <= (anew.get(nounOf(item))?.at ?? at)))
    const unsure = new Set(came)
    return {
      before: n === 0 ? before : new Map(states),
      told: groupOf(those.flatMap(toldBy), ({ side }) => side),
      isLast: n === eras.length - 1,
      isSure: item => !broken.has(item) && (n === 0 || (anew.has(nounOf(item)) && !unsure.has(item))),
    }
  })
}

/** What does not follow in what an era tells of a side, and at the end of the last in what it leaves untold. */
const judgeSide = (side: string, { before, told, isLast, isSure }: Era, after: States): string[] => {
  const item = itemOf(side)
  const told1 = told.get(side) ?? []
  const wrong: string[] = []
  let now = isSure(item) ? before.get(side) : undefined
  for (const { value, was, entry } of told1) {
    // What is told to be added was gone before: by us, perhaps, so that nothing says so.
    if (entry.action.endsWith('.seen-added') && !side.endsWith(' there')) now = undefined
    if (was !== undefined && now !== undefined && now !== SOMETHING && was !== now)
      wrong.push(`${side} was ${now}, by the log ${was}`)
    if (value === now && value !== SOMETHING) wrong.push(`${side} is told twice to be ${value}`)
    now = value
  }
  if (!isLast || (told1.length === 0 && !isSure(item))) return wrong
  // Of one that is new nothing is told but what changed since it was first seen.
  if (told1.length === 0 && !before.has(side))
    return side.endsWith(' there') && after.has(side) ? [...wrong, `nobody told that ${item} was added`] : wrong
  const truth = after.get(side) ?? 'gone'
  const gone = now?.startsWith('seen-') || (now !== 'there' && truth === 'gone' && !side.endsWith(' there'))
  return now !== truth && now !== SOMETHING && !(gone && truth === 'gone')
    ? [...wrong, `${side} is ${truth}, by the log ${now}`]
    : wrong
}

/** What is wrong with how it was told that the server was put back, and with what was sent after that. */
const judgePutBacks = (
  entries: readonly LogEntry[],
  decisions: readonly Decision[],
  putBacks: readonly PutBack[],
): string[] => {
  const wrong: string[] = []
  const told = entries.filter(({ action }) => action === 'server.seen-put-back').length
  const seen = new Set(putBacks.flatMap(({ seenAt }) => seenAt ?? [])).size
  if (told !== seen) wrong.push(`put-backs are told ${told} times and were ${seen}`)
  for (const { at, plainUntil, seenAt } of putBacks) {
    if (seenAt === null && plainUntil === Number.POSITIVE_INFINITY) wrong.push(`nobody told that it was put back ${at}`)
    for (const { id, armedAt, steps } of decisions)
      if (seenAt !== null && armedAt < seenAt && steps.some(step => step.state === 'sending' && step.at > seenAt))
        wrong.push(`decision ${id} waited when it was put back ${at}, and was sent`)
  }
  return wrong
}

/**
 * What is wrong with what the log says to have seen: an entry that no colleague's doing within its interval explains, one thing told
 * twice, entries that do not follow one another, what differs between beginning and end without an entry, and what an answer showed
 * (`shown`, the values of each side in their order) and no entry tells. What a put-back undid is a colleague's only where nothing showed it.
 */
export const judgeLog = async (desk: Engine, world: World, given: Given): Promise<string[]> => {
  const { changes, putBacks, shown } = given
  const after = stateOf(world)
  const everything = await all<LogEntry>(async last => {
    const asked = last === undefined ? {} : { before: last.seq }
    return (await desk.call('log.page', { limit: 200, ...asked })).entries
  })
  const entries = everything.filter(({ source }) => source === 'saw').reverse()
  const { decisions } = await desk.call('decisions.page', { limit: 200 })
  const isOurs = oursOf(decisions, world, given)
  const told = groupOf(entries.flatMap(toldBy), ({ side }) => side)
  const done = groupOf(changes, ({ item }) => item)
  const eras = erasOf(entries, given)
  const wrong = judgePutBacks(entries, decisions, putBacks)

  for (const side of new Set([...given.before.keys(), ...after.keys(), ...told.keys()])) {
    const item = itemOf(side)
    const [told1, did] = [told.get(side) ?? [], done.get(item) ?? []]
    const undone = putBacks.filter(({ undid }) => undid.has(item))
    for (const { entry } of told1) {
      const [from, to] = [Number(entry.facts.from), Number(entry.facts.to)]
      if (did.some(({ at }) => at >= from && at <= to)) continue
      const by = undone.filter(({ at }) => at >= from && at <= to)
      // A report that went back says so itself.
      const isPlain =
        by.some(({ plainUntil }) => to <= plainUntil) || (item.startsWith('report ') && !side.endsWith(' known'))
      if (by.length === 0 || isPlain)
        wrong.push(
          `${by.length === 0 ? 'no colleague' : 'a backup'} did this then: ${side} ${JSON.stringify(entry.facts)}`,
        )
    }
    if (told1.length > did.length + undone.length)
      wrong.push(`${side} is told ${told1.length} times and was done ${did.length} times`)
    // When our role is read anew is not known. That a report came back with a put-back that nothing showed is nobody's news.
    const isUntold =
      (eras.length > 1 && item === 'role own') ||
      (side.endsWith(' known') && undone.some(({ seenAt }) => eras.length === 1 || seenAt === null))
    if (!isOurs(side) && !isUntold) for (const era of eras) wrong.push(...judgeSide(side, era, after))
  }
  const isBetween = ({ since, until }: Shown) =>
    putBacks.some(({ at, seenAt }) => seenAt !== null && since <= seenAt && until >= at)
  /** One that was told to be gone, or to be added, in between is another under the same id, which a put-back gave again: nothing changed on it. */
  const isOther = (item: string, { since, until }: Shown) =>
    [`${item} known`, `${item} there`].some(side =>
      told.get(side)?.some(({ entry }) => entry.at >= since && entry.at <= until),
    )
  for (const [side, those] of shown) {
    const then = told.get(side) ?? []
    const values = those.filter(one => !isBetween(one) && !isOther(itemOf(side), one))
    if (isOurs(side) || isTold(values, then)) continue
    const told1 = then.map(({ value, entry: { facts } }) => `${value} ${facts.from}-${facts.to}`)
    wrong.push(
      `${side} was shown as ${values.map(one => `${one.value} ${one.since}-${one.until}`)}, by the log ${told1}`,
    )
  }
  const begun = Math.max(0, ...putBacks.map(({ seenAt }) => seenAt ?? 0))
  for (const [side, { at }] of given.latest) {
    const item = itemOf(side)
    if (isOurs(`${item} known`) || at <= begun) continue
    if (side.endsWith(' closed') && !after.has(side) && !told.has(`${item} known`))
      wrong.push(`nobody told that ${item} is gone`)
  }
  if (!(await desk.call('log.verify', {})).ok) wrong.push('the log does not verify')
  return wrong
}
