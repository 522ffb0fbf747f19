/** Blocks that concern sign-ups: e-mail domains, addresses, canonical e-mails (contract E.5 to E.7). */
import { parseAddress, rangeText } from './addresses.ts'
import { castBoolean, castText, isPresent, leadingInteger } from './casts.ts'
import { domainMessages, normaliseDomain } from './domains.ts'
import { canonicalEmailHash } from './email.ts'
import type { AccountRecord, CanonicalEmailBlockRecord, EmailDomainBlockRecord, IpBlockRecord } from './model.ts'
import { Crash, invalid } from './refusals.ts'
import type { Sample } from './sample.ts'
import { audit } from './strikes.ts'

type Params = Readonly<Record<string, unknown>>

/** POST of an e-mail domain block. Throws 422: blank, invalid, duplicate. */
export function createEmailDomainBlock(sample: Sample, by: AccountRecord, params: Params): EmailDomainBlockRecord {
  const { world, clock } = sample
  const text = castText(params.domain) ?? ''
  const domain = normaliseDomain(text) ?? ''
  const messages =
    world.emailDomainBlocks.find(domain) === undefined ? domainMessages(text) : ['Domain has already been taken']
  if (messages.length > 0) throw invalid(...messages)
  const block = world.emailDomainBlocks.add({
    id: world.emailDomainBlocks.serials.next(),
    domain,
    createdAt: clock.now(),
    allowWithApproval:
      sample.release.emailDomainBlocks.allowWithApproval && (castBoolean(params.allow_with_approval) ?? false),
    parentId: null,
    history: [],
  })
  audit(sample, by, 'create', 'EmailDomainBlock', block.id)
  return block
}

/** DELETE of an e-mail domain block, and of the blocks made as its children. */
export function destroyEmailDomainBlock(sample: Sample, by: AccountRecord, block: EmailDomainBlockRecord): void {
  const { emailDomainBlocks } = sample.world
  for (const child of [...emailDomainBlocks.all()]) if (child.parentId === block.id) emailDomainBlocks.remove(child.id)
  emailDomainBlocks.remove(block.id)
  audit(sample, by, 'destroy', 'EmailDomainBlock', block.id)
}

const ipSeverities: readonly IpBlockRecord['severity'][] = ['sign_up_requires_approval', 'sign_up_block', 'no_access']

/** An address block with the values that were asked for, valid or not. */
export type AskedIpBlock = Omit<IpBlockRecord, 'severity' | 'ip'> & {
  readonly severity: string | null
  readonly ip: string | null
}

function askedSeverity(sample: Sample, value: unknown): string | null {
  const word = castText(value) ?? ''
  if (ipSeverities.some(severity => severity === word)) return word
  if (word === '') return null
  if (!sample.release.severityIsValidated) throw new Crash('unknown severity')
  return word
}

function asked(sample: Sample, base: AskedIpBlock, params: Params): AskedIpBlock {
  const range = parseAddress(castText(params.ip) ?? '')
  const seconds = leadingInteger(params.expires_in)
  return {
    ...base,
    ...(params.ip === undefined ? {} : { ip: range === null ? null : rangeText(range) }),
    ...(params.severity === undefined ? {} : { severity: askedSeverity(sample, params.severity) }),
    ...(params.comment === undefined ? {} : { comment: castText(params.comment) ?? '' }),
    ...(params.expires_in === undefined
      ? {}
      : { expiresAt: isPresent(params.expires_in) ? sample.clock.now() + Number(seconds) * 1000 : null }),
  }
}

function ipMessages(sample: Sample, block: AskedIpBlock): string[] {
  const messages: string[] = []
  const known = ipSeverities.some(severity => severity === block.severity)
  if (!known && sample.release.severityIsValidated) messages.push('Severity is not included in the list')
  if (block.ip === null) messages.push("Ip can't be blank")
  if (block.severity === null) messages.push("Severity can't be blank")
  const taken = sample.world.ipBlocks.all().some(other => other.ip === block.ip && other.id !== block.id)
  if (taken) messages.push('Ip has already been taken')
  return messages
}

/** Saves what is valid. */
function saved(block: AskedIpBlock): IpBlockRecord | null {
  const severity = ipSeverities.find(word => word === block.severity)
  return severity === undefined || block.ip === null ? null : { ...block, severity, ip: block.ip }
}

/** Removes a block once it has expired, as a periodic job does. */
function expire(sample: Sample, block: IpBlockRecord): void {
  const expiresAt = block.expiresAt
  if (expiresAt === null || sample.jobs.delay === Number.POSITIVE_INFINITY) return
  sample.clock.after(expiresAt - sample.clock.now() + 300_000, () => {
    if (block.expiresAt === expiresAt) sample.world.ipBlocks.remove(block.id)
  })
}

/** POST of an address block. Throws 422; without `ip` the column's default is stored. */
export function createIpBlock(sample: Sample, by: AccountRecord, params: Params): IpBlockRecord {
  const { world, clock } = sample
  const base: AskedIpBlock = {
    id: '',
    ip: '0.0.0.0/32',
    severity: null,
    comment: '',
    createdAt: clock.now(),
    expiresAt: null,
  }
  const block = asked(sample, base, params)
  const messages = ipMessages(sample, block)
  if (messages.length > 0) throw invalid(...messages)
  const row = saved({ ...block, id: world.ipBlocks.serials.next() })
  if (row === null) throw new Crash('an invalid block passed validation')
  world.ipBlocks.add(row)
  expire(sample, row)
  audit(sample, by, 'create', 'IpBlock', row.id)
  return row
}

/**
 * PUT of an address block. The trap of 4.x: invalid values are answered with 200 and not saved. An unparseable `ip` crashes.
 * `block` is what to answer, `changed` whether it was saved.
 */
export function updateIpBlock(
  sample: Sample,
  by: AccountRecord,
  row: IpBlockRecord,
  params: Params,
): { block: AskedIpBlock & { ip: string }; changed: boolean } {
  const block = asked(sample, row, params)
  if (block.ip === null) throw new Crash('no address to show')
  const valid = ipMessages(sample, block).length === 0 ? saved(block) : null
  const changed = valid !== null && JSON.stringify(valid) !== JSON.stringify(row)
  if (valid !== null) {
    Object.assign(row, valid)
    expire(sample, row)
    audit(sample, by, 'update', 'IpBlock', row.id)
  }
  return { block: { ...block, ip: block.ip }, changed }
}

/** POST of a canonical e-mail block: the e-mail wins over a hash. Throws 422. */
export function createCanonicalEmailBlock(
  sample: Sample,
  by: AccountRecord,
  params: Params,
): CanonicalEmailBlockRecord {
  const { canonicalEmailBlocks } = sample.world
  const email = castText(params.email)
  const hash =
    email !== null && email !== '' ? canonicalEmailHash(email) : (castText(params.canonical_email_hash) ?? '')
  if (hash.trim() === '') throw invalid("Canonical email hash can't be blank")
  if (canonicalEmailBlocks.find(hash) !== undefined) throw invalid('Canonical email hash has already been taken')
  const block = canonicalEmailBlocks.add({ id: canonicalEmailBlocks.serials.next(), hash, referenceAccountId: null })
  audit(sample, by, 'create', 'CanonicalEmailBlock', block.id)
  return block
}
