/** Faults that happen in the world: a lost role, a colleague who was faster, a record that is gone. */
import type { Call } from '../routes/call.ts'
import { instanceActorId } from '../rules/world.ts'

/** The caller's role is taken away. */
export function demote(call: Call): void {
  if (call.account?.user != null) call.account.user.roleId = null
}

/** Kind and id of the record in a path such as `/api/v1/admin/reports/5/resolve`. */
function recordOf(call: Call): { kind: string; id: string } {
  const [, kind = '', id = ''] = /\/admin\/([a-z_]+)\/(-?\d+)/.exec(new URL(call.context.req.url).pathname) ?? []
  return { kind, id }
}

/** Somebody else on the staff; the instance's own actor where the caller is alone. */
function colleague(call: Call): string {
  const local = call.sample.world.accountsByDomain.get('')?.all() ?? []
  return local.find(account => account.user?.roleId != null && account.id !== call.account?.id)?.id ?? instanceActorId
}

/** A colleague acts on the record first: resolves the report, approves the sign-up, unsuspends, changes the block. */
export function moveRecord(call: Call): void {
  const { kind, id } = recordOf(call)
  const { world, clock } = call.sample
  const report = kind === 'reports' ? world.reports.get(id) : undefined
  if (report !== undefined) {
    const open = report.actionTakenAt === null
    report.actionTakenAt = open ? clock.now() : null
    report.actionTakenByAccountId = open ? colleague(call) : null
    report.assignedAccountId = colleague(call)
    report.updatedAt = clock.now()
  }
  const account = kind === 'accounts' ? world.accounts.get(id) : undefined
  if (account?.user != null && !account.user.approved) account.user.approved = true
  else if (account !== undefined && account.suspendedAt !== null) {
    account.suspendedAt = null
    account.suspensionOrigin = null
  }
  const block = kind === 'domain_blocks' ? world.domainBlocks.get(id) : undefined
  if (block !== undefined) block.severity = block.severity === 'suspend' ? 'silence' : 'suspend'
}

/** The record is deleted by somebody else. */
export function removeRecord(call: Call): void {
  const { kind, id } = recordOf(call)
  const { world } = call.sample
  const account = kind === 'accounts' ? world.accounts.get(id) : undefined
  if (account !== undefined) world.removeAccount(account)
  if (kind === 'domain_blocks') world.domainBlocks.remove(id)
  if (kind === 'domain_allows') world.domainAllows.remove(id)
  if (kind === 'email_domain_blocks') world.emailDomainBlocks.remove(id)
  if (kind === 'ip_blocks') world.ipBlocks.remove(id)
  if (kind === 'canonical_email_blocks') world.canonicalEmailBlocks.remove(id)
}
