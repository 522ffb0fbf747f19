import type { AccountRecord, ReportRecord } from '../../src/main/sample/rules/model.ts'
import { type Ground, realFetch } from './ground.ts'
import { colleaguesOf } from './sync-ground.ts'

/** What chance decides. */
export type Dice = { random(): number; pick<T>(from: readonly T[]): T | undefined }

/** What ids stand for, or stood for: several where a server that was put back gave one again. */
export class Named extends Map<string, Set<string>> {
  constructor(known: readonly (readonly [id: string, name: string])[] = []) {
    super()
    for (const [id, name] of known) this.note(id, name)
  }

  note(id: string, name: string): void {
    this.set(id, (this.get(id) ?? new Set()).add(name))
  }
}

/** Asks the server past the engine, as a colleague's web admin would; what it refuses did not happen. */
const askAs = async (
  ground: Ground,
  who: string,
  method: string,
  path: string,
  body: object = {},
): Promise<boolean> => {
  // A broken line is a colleague's own trouble: it may have happened.
  const response = await realFetch(`${ground.server.url}/api/v1/admin/${path}`, {
    method,
    headers: { authorization: `Bearer ${who}`, 'content-type': 'application/json' },
    ...(method === 'DELETE' ? {} : { body: JSON.stringify(body) }),
  }).catch(() => undefined)
  await response?.arrayBuffer()
  return response?.ok ?? false
}

/**
 * What colleagues do through the server itself, with all that comes of it: actions on accounts and the way back, domains that are
 * suspended, accounts that are deleted with their reports, or merged into another. `did` is told each item that it may have touched,
 * `formerly` whom a report was about that is about another now, or gone, `domains` which one a block is of.
 */
export const deedsOf = (
  ground: Ground,
  { random, pick }: Dice,
  did: (item: string) => void,
  formerly: Named,
  domains: Named,
) => {
  const { world } = ground.server
  const colleagues = colleaguesOf(ground)
  const reports = () => world.reports.all()
  const about = (id: string) => reports().filter(one => one.targetAccountId === id)
  const reported = () => [...new Set(reports().map(one => one.targetAccountId))].flatMap(id => world.account(id) ?? [])
  const isStaff = (account: AccountRecord) => account.user !== null && account.user.roleId !== null
  /** Everything that an action on an account may change. */
  const touch = (account: AccountRecord) => {
    did(`account ${account.id}`)
    for (const { id } of about(account.id)) did(`report ${id}`)
    for (const { id } of world.canonicalEmailBlocks.all()) did(`canonical-email-block ${id}`)
  }
  /** Runs what changes blocks by the way, and tells which are new or gone. */
  const withBlocks = async (run: () => Promise<boolean>) => {
    const before = new Set(world.canonicalEmailBlocks.all().map(({ id }) => id))
    await run()
    // Jobs begin with the next movement of the clock.
    ground.clock.advance(0)
    const after = new Set(world.canonicalEmailBlocks.all().map(({ id }) => id))
    for (const id of [...before, ...after]) if (before.has(id) !== after.has(id)) did(`canonical-email-block ${id}`)
  }
  const drop = (report: ReportRecord) => {
    did(`report ${report.id}`)
    formerly.note(report.id, report.targetAccountId)
    world.removeReport(report)
  }
  /** With an account go its posts. */
  const remove = (account: AccountRecord) => {
    for (const post of [...(world.statusesByAccount.get(account.id) ?? [])]) world.removeStatus(post)
    world.removeAccount(account)
  }
  const deeds: readonly (() => void | Promise<void>)[] = [
    async () => {
      const account = pick(reported().filter(one => !isStaff(one)))
      const type = pick(['none', 'disable', 'sensitive', 'silence', 'suspend'] as const)
      if (!account || !type || (type === 'disable' && account.user === null)) return
      touch(account)
      const report = pick(about(account.id))
      const of = type === 'none' || random() < 0.5 ? { report_id: report?.id } : {}
      await withBlocks(() => askAs(ground, 'moderator2', 'POST', `accounts/${account.id}/action`, { type, ...of }))
    },
    async () => {
      const account = pick(
        reported().filter(one => one.suspendedAt ?? one.silencedAt ?? one.sensitizedAt ?? one.user?.disabled),
      )
      const way = pick(['unsuspend', 'unsilence', 'unsensitive', 'enable'] as const)
      if (!account || !way) return
      touch(account)
      await withBlocks(() => askAs(ground, 'owner', 'POST', `accounts/${account.id}/${way}`))
    },
    async () => {
      // Someone's own server does it, and nobody here.
      const account = pick(reported().filter(one => one.domain !== null))
      if (!account) return
      const isSuspended = account.suspendedAt !== null
      if (isSuspended && account.suspensionOrigin === 'local') return
      Object.assign(account, {
        suspendedAt: isSuspended ? null : ground.clock.now(),
        suspensionOrigin: isSuspended ? null : 'remote',
      })
      did(`account ${account.id}`)
    },
    async () => {
      const report = pick(reports())
      const way = pick(['assign_to_self', 'unassign', 'reopen', 'resolve'] as const)
      if (!report || !way) return
      did(`report ${report.id}`)
      await askAs(ground, pick(['owner', 'moderator2']) ?? '', 'POST', `reports/${report.id}/${way}`)
    },
    async () => {
      const report = pick(reports())
      const rules = world.rules.all().filter(({ deletedAt }) => deletedAt === null)
      const rule = pick(rules)
      if (!report || !rule) return
      did(`report ${report.id}`)
      const to =
        random() < 0.6
          ? { category: 'violation', rule_ids: [...new Set([rule.id, pick(rules)?.id ?? rule.id])] }
          : { category: pick(['spam', 'other', 'legal']), rule_ids: [] }
      await askAs(ground, 'owner', 'PUT', `reports/${report.id}`, to)
    },
    async () => {
      const domain = pick(reported().flatMap(one => one.domain ?? []))
      if (domain === undefined) return
      const inside = [...world.accounts.all()].filter(
        one => one.domain === domain || one.domain?.endsWith(`.${domain}`) === true,
      )
      for (const { id } of inside) did(`account ${id}`)
      const block = world.domainBlocks.find(domain)
      const severity = pick(['silence', 'suspend', 'noop'])
      if (!block) await askAs(ground, 'owner', 'POST', 'domain_blocks', { domain, severity })
      else if (random() < 0.4) await askAs(ground, 'owner', 'DELETE', `domain_blocks/${block.id}`)
      else await askAs(ground, 'owner', 'PUT', `domain_blocks/${block.id}`, { severity, obfuscate: random() < 0.5 })
      ground.clock.advance(0)
      const now = world.domainBlocks.find(domain) ?? block
      if (now) {
        domains.note(now.id, domain)
        did(`domain-block ${now.id}`)
      }
      for (const { id } of inside) did(`account ${id}`)
    },
    () => {
      // An account is deleted, with what it filed and what was filed about it.
      const account = pick(reported().filter(one => !isStaff(one)))
      if (!account || random() < 0.5) return
      for (const report of reports().filter(one => one.targetAccountId === account.id || one.accountId === account.id))
        drop(report)
      did(`account ${account.id}`)
      if (account.user?.approved === false) did(`signup ${account.id}`)
      remove(account)
    },
    () => {
      // One of two that were the same person: the server gives its reports to the other.
      const [from, to] = [pick(reported()), pick(reported())]
      if (!from || !to || from === to || from.domain === null || to.domain === null || random() < 0.5) return
      for (const report of about(from.id)) {
        did(`report ${report.id}`)
        formerly.note(report.id, from.id)
        world.removeReport(report)
        world.addReport({ ...report, targetAccountId: to.id, updatedAt: ground.clock.now() })
      }
      did(`account ${from.id}`)
      remove(from)
    },
    () => {
      const report = pick(reports().filter(one => one.assignedAccountId !== null))
      if (!report) return
      Object.assign(report, { assignedAccountId: null, updatedAt: ground.clock.now() })
      did(`report ${report.id}`)
    },
    () => {
      // A new one about somebody else, so that bursts are not all about one.
      const target = pick([...world.accounts.all()].filter(one => !isStaff(one) && one.user?.approved !== false))
      const filer = pick(world.accounts.all().filter(one => one.user?.approved === true))
      if (target && filer)
        colleagues.file('about another', { targetAccountId: target.id, accountId: filer.id, statusIds: [] })
    },
  ]
  return deeds
}
