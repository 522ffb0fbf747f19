import type { AccountRecord, ReportRecord } from '../../src/main/sample/rules/model.ts'
import { newAccount } from '../../src/main/sample/rules/records.ts'
import { permissionsOf } from '../../src/main/sample/rules/roles.ts'
import type { Ground } from './ground.ts'
import { blocksOf } from './lists-mirrored.ts'
import { type Dice, deedsOf, Named } from './sync-deeds.ts'
import { colleaguesOf } from './sync-ground.ts'
import type { Change } from './sync-judge.ts'

/** What members file and colleagues do in a history, each a thing to do; `changes` is what they did, in its order. */
export const lifeOf = (ground: Ground, { random, pick }: Dice, seed: number) => {
  const { world } = ground.server
  const colleagues = colleaguesOf(ground)
  const add = blocksOf(ground)
  const changes: Change[] = []
  /** Which domains each block is of, or was: an id is given again by a server that was put back. */
  const domains = new Named(world.domainBlocks.all().map(({ id, domain }) => [id, domain]))
  /** Whom reports were about before they went to another account with it. */
  const formerly = new Named()
  const did = (item: string) => changes.push({ item, at: ground.clock.now() })
  const reports = () => world.reports.all()
  const open = () => reports().filter(one => one.actionTakenAt === null)
  const waiting = (): AccountRecord[] =>
    (world.accountsByDomain.get('')?.all() ?? []).filter(one => one.user?.approved === false)
  const resolve = (report: ReportRecord) => {
    colleagues.resolve(report)
    did(`report ${report.id}`)
  }
  const coin = (chance: number) => random() < chance
  /** Takes one away now and then, else adds one. */
  const comeAndGo = (
    noun: string,
    table: { all(): readonly { id: string }[]; remove(id: string): unknown },
    make: () => { id: string },
  ) => {
    const one = coin(0.5) ? pick(table.all()) : undefined
    if (one) table.remove(one.id)
    did(`${noun} ${(one ?? make()).id}`)
  }
  const ownRole = () => world.roles.get('2')
  const rights = ownRole()?.permissions ?? 0
  /** Our own role gets another name and other rights. */
  const turnRole = (turn: (permissions: number) => number) => {
    const own = ownRole()
    if (!own) return
    Object.assign(own, { name: `Admin ${changes.length}`, permissions: turn(own.permissions) })
    did('role own')
  }
  const things: readonly (() => void | Promise<void>)[] = [
    ...deedsOf(ground, { random, pick }, did, formerly, domains),
    () => {
      for (let n = Math.floor(random() * 60); n > 0; n--) colleagues.file(`seed ${seed}`)
    },
    () => resolve(colleagues.file('short-lived')),
    () => {
      for (const report of open().slice(0, Math.floor(random() * 8))) resolve(report)
    },
    () => {
      const report = pick(open())
      if (!report || report.assignedAccountId !== null) return
      colleagues.assign(report)
      did(`report ${report.id}`)
    },
    () => {
      const report = pick(reports().filter(one => one.actionTakenAt !== null))
      if (!report) return
      colleagues.reopen(report)
      did(`report ${report.id}`)
      // Closed again before anyone looks, perhaps.
      if (coin(0.5)) resolve(report)
    },
    () => {
      const report = pick(reports())
      if (!report) return
      Object.assign(report, { category: report.category === 'spam' ? 'other' : 'spam', updatedAt: ground.clock.now() })
      did(`report ${report.id}`)
    },
    () => {
      const account = pick([...world.accounts.all()].filter(one => one.user?.roleId == null))
      if (!account || account.user?.approved === false) return
      account.silencedAt = account.silencedAt === null ? ground.clock.now() : null
      did(`account ${account.id}`)
    },
    () => {
      const account = pick(reports().flatMap(report => world.account(report.targetAccountId) ?? []))
      if (account) account.profile = { ...account.profile, displayName: `Name ${changes.length}` }
    },
    () => {
      const post = pick(reports().flatMap(report => report.statusIds.flatMap(id => world.statuses.get(id) ?? [])))
      if (!post) return
      if (coin(0.2)) world.removeStatus(post)
      else Object.assign(post, { spoilerText: `edit ${changes.length}`, editedAt: ground.clock.now() })
    },
    () => {
      if (coin(0.4)) {
        const { id, domain } = add.domain(`late${changes.length}.example`)
        domains.note(id, domain)
        return void did(`domain-block ${id}`)
      }
      const block = pick(world.domainBlocks.all())
      if (!block) return
      const said = `said ${changes.length}`
      const change = pick<() => unknown>([
        () => world.domainBlocks.remove(block.id),
        () => Object.assign(block, { severity: block.severity === 'suspend' ? 'noop' : 'suspend' }),
        () => Object.assign(block, { privateComment: said }),
        () => Object.assign(block, { publicComment: said }),
        () => Object.assign(block, { obfuscate: !block.obfuscate }),
        () => Object.assign(block, { rejectMedia: !block.rejectMedia }),
        () => Object.assign(block, { rejectReports: !block.rejectReports }),
      ])
      change?.()
      did(`domain-block ${block.id}`)
    },
    () => comeAndGo('domain-allow', world.domainAllows, () => add.allow(`peer${changes.length}.example`)),
    () =>
      comeAndGo('email-domain-block', world.emailDomainBlocks, () => add.emailDomain(`post${changes.length}.example`)),
    () =>
      comeAndGo('canonical-email-block', world.canonicalEmailBlocks, () =>
        add.canonical(changes.length.toString(16).padStart(64, 'b')),
      ),
    () => {
      const block = pick(world.ipBlocks.all())
      if (!block || coin(0.3)) return void did(`ip-block ${add.ip(`198.51.100.${changes.length % 250}/32`).id}`)
      const change = pick<() => unknown>([
        () => world.ipBlocks.remove(block.id),
        () => Object.assign(block, { severity: block.severity === 'no_access' ? 'sign_up_block' : 'no_access' }),
        () => Object.assign(block, { comment: `said ${changes.length}` }),
        () => Object.assign(block, { expiresAt: ground.clock.now() + 90 * 86_400_000 }),
      ])
      change?.()
      did(`ip-block ${block.id}`)
    },
    () => {
      for (let n = Math.floor(random() * 4); n > 0; n--) add.signup(`new${changes.length}x${n}`)
      const someone = pick(waiting())
      if (!someone?.user || coin(0.4)) return
      if (coin(0.5)) someone.user.approved = true
      else world.removeAccount(someone)
      did(`signup ${someone.id}`)
    },
    () => {
      const rule = pick(world.rules.all())
      if (coin(0.3) || !rule) {
        const id = world.rules.serials.next()
        world.rules.add({ id, text: `Rule ${id}`, hint: '', translations: {}, deletedAt: null })
        return void did(`rule ${id}`)
      }
      if (coin(0.3)) {
        Object.assign(rule, { priority: Math.floor(random() * 5) - 2 })
        return void did('rules all')
      }
      const change = pick<() => unknown>([
        () => Object.assign(rule, { deletedAt: rule.deletedAt ?? ground.clock.now() }),
        () => Object.assign(rule, { hint: `Meant so ${changes.length}` }),
        () => Object.assign(rule, { translations: { de: { text: `Neu ${changes.length}`, hint: '' } } }),
        () => Object.assign(rule, { text: `Said anew ${changes.length}` }),
      ])
      change?.()
      did(`rule ${rule.id}`)
      // Reports show what their rule says now.
      const report = pick(open())
      if (!report) return
      Object.assign(report, { ruleIds: [rule.id], updatedAt: ground.clock.now() })
      did(`report ${report.id}`)
    },
    () => {
      const { instance } = world
      instance.title = `Lantern ${changes.length}`
      instance.registrations = { ...instance.registrations, enabled: coin(0.5), approvalRequired: coin(0.5) }
      instance.limitedFederation = coin(0.3)
    },
    () => {
      const right = pick([
        'view_feeds',
        'manage_reports',
        'manage_federation',
        'manage_blocks',
        'manage_users',
      ] as const)
      if (right) turnRole(permissions => permissions ^ permissionsOf(right))
    },
    () => {
      const id = world.snowflakes.next(ground.clock.now())
      const domain = `far${changes.length}.example`
      world.addAccount(newAccount({ id, username: 'someone', domain, createdAt: ground.clock.now() }))
    },
  ]
  return {
    changes,
    domains,
    formerly,
    things,
    open,
    waiting,
    /** Somebody acts on what we decide about as well, and a member reports it again. */
    meddle: (accountId: string | undefined, domain: string) => {
      const account = world.account(accountId ?? '')
      const block = world.domainBlocks.find(domain)
      const now = ground.clock.now()
      if (account) {
        const change = pick<() => unknown>([
          () => Object.assign(account, { sensitizedAt: account.sensitizedAt === null ? now : null }),
          () => Object.assign(account, { silencedAt: account.silencedAt === null ? now : null }),
        ])
        change?.()
        did(`account ${account.id}`)
        if (account.user?.approved !== false) colleagues.file('again', { targetAccountId: account.id, statusIds: [] })
      }
      if (!block) return
      Object.assign(block, { publicComment: `said ${changes.length}`, rejectMedia: !block.rejectMedia })
      did(`domain-block ${block.id}`)
    },
    /** Gives our role back all that was taken from it. */
    giveBack: () => {
      const own = ownRole()
      if (own && (own.permissions & rights) !== rights) turnRole(permissions => permissions | rights)
    },
  }
}
