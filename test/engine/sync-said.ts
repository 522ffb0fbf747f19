import { roleOf } from '../../src/main/sample/rules/roles.ts'
import type { World } from '../../src/main/sample/rules/world.ts'
import type { LogEntry } from '../../src/shared/contract/log.ts'

/** What is so of each item and each side of it, such as `report 12 assigned`; what is not there is missing. */
export type States = ReadonlyMap<string, string>

/** That it changed is told, but not to what. */
export const SOMETHING = '?'

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

export type Told = { side: string; value: string; was?: string; entry: LogEntry }

/** What an entry tells, side by side. */
export const toldBy = (entry: LogEntry): Told[] => {
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

export const itemOf = (side: string) => side.slice(0, side.lastIndexOf(' '))
