/** A world with roles and nobody in it but who a test adds: for lists that must hold exactly what the test says. */
import { snowflakeAt } from '../../src/main/sample/rules/ids.ts'
import type { AccountRecord, ReportRecord, UserRecord } from '../../src/main/sample/rules/model.ts'
import { addDefaultRoles, newAccount, newInstance, newStatus, newUser } from '../../src/main/sample/rules/records.ts'
import { World } from '../../src/main/sample/rules/world.ts'
import { noon } from './converse.ts'

const roleIds = { moderator: '1', admin: '2', owner: '3' } as const

/** The world: callers `admin` (role Admin) and, unless left out, `moderator` and `nobody` (no role). */
export function bareWorld(
  callers: readonly ('admin' | 'moderator' | 'nobody')[] = ['admin', 'moderator', 'nobody'],
): World {
  const world = new World(newInstance('lantern.example', 'Lantern'))
  addDefaultRoles(world)
  for (const name of callers) {
    const account = addLocal(world, name, {}, { roleId: name === 'nobody' ? null : roleIds[name] })
    world.addCaller({ name, accountId: account.id, scopes: ['read', 'write', 'admin:read', 'admin:write'] })
  }
  return world
}

let made = 0

export function addLocal(
  world: World,
  username: string,
  account: Partial<AccountRecord> = {},
  user: Partial<UserRecord> = {},
): AccountRecord {
  made += 1
  const id = snowflakeAt(noon - 86_400_000 + made * 1000, made)
  return world.addAccount(
    newAccount({
      id,
      username,
      domain: null,
      createdAt: noon - 86_400_000,
      user: newUser({ id: world.userIds.next(), email: `${username}@mail.example`, ...user }),
      ...account,
    }),
  )
}

export function addRemote(
  world: World,
  username: string,
  domain: string,
  account: Partial<AccountRecord> = {},
): AccountRecord {
  made += 1
  const id = snowflakeAt(noon - 86_400_000 + made * 1000, made)
  return world.addAccount(newAccount({ id, username, domain, createdAt: noon - 86_400_000, ...account }))
}

export function addReport(
  world: World,
  by: AccountRecord,
  about: AccountRecord,
  report: Partial<ReportRecord> = {},
): ReportRecord {
  return world.addReport({
    id: world.reports.serials.next(),
    accountId: by.id,
    targetAccountId: about.id,
    category: 'other',
    comment: '',
    forwarded: null,
    createdAt: noon - 3_600_000,
    updatedAt: noon - 3_600_000,
    actionTakenAt: null,
    actionTakenByAccountId: null,
    assignedAccountId: null,
    statusIds: [],
    ruleIds: [],
    label: null,
    ...report,
  })
}

export function addPost(world: World, author: AccountRecord, content: string): string {
  made += 1
  author.statusesCount += 1
  return world.addStatus(
    newStatus({
      id: snowflakeAt(noon - 3_600_000 + made, made),
      accountId: author.id,
      createdAt: noon - 3_600_000,
      content,
    }),
  ).id
}

/** Suspends by hand, as if a moderator had done it before. */
export function suspended(world: World, account: AccountRecord): AccountRecord {
  account.suspendedAt = noon - 1000
  account.suspensionOrigin = 'local'
  world.deletions.set(account.id, { accountId: account.id, createdAt: noon - 1000 })
  return account
}
