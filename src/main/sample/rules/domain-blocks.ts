/** Domain blocks and allows: contract E.3, E.4. */
import { castBoolean, castText, isPresent } from './casts.ts'
import { applyBlock, liftBlock, suspendDomain, undoBlock } from './domain-effects.ts'
import { coveringBlock, domainMessages, isStricter, normaliseDomain } from './domains.ts'
import type { AccountRecord, DomainAllowRecord, DomainBlockRecord } from './model.ts'
import { Crash, invalid } from './refusals.ts'
import type { Sample } from './sample.ts'
import { audit } from './strikes.ts'

type Params = Readonly<Record<string, unknown>>
type Severity = DomainBlockRecord['severity']

/** A new block is refused because another covers the domain. */
export class Covered extends Error {
  readonly by: DomainBlockRecord

  constructor(by: DomainBlockRecord) {
    super(`covered by ${by.domain}`)
    this.by = by
  }
}

const severities: readonly Severity[] = ['noop', 'silence', 'suspend']

/** A severity that was sent: `bad` where the release validates it; a crash or null where it does not. */
function severityOf(sample: Sample, value: unknown): Severity | 'bad' {
  const found = severities.find(severity => severity === castText(value))
  if (found !== undefined) return found
  if (sample.release.severityIsValidated) return 'bad'
  if (isPresent(value)) throw new Crash('unknown severity')
  return null
}

const badSeverity = 'Severity is not included in the list'

/** Fields that were sent, with what they become. */
function fieldsOf(params: Params): Partial<DomainBlockRecord> {
  const fields: Partial<DomainBlockRecord> = {}
  if (params.reject_media !== undefined) fields.rejectMedia = castBoolean(params.reject_media) ?? false
  if (params.reject_reports !== undefined) fields.rejectReports = castBoolean(params.reject_reports) ?? false
  if (params.obfuscate !== undefined) fields.obfuscate = castBoolean(params.obfuscate) ?? false
  if (params.private_comment !== undefined) fields.privateComment = castText(params.private_comment)
  if (params.public_comment !== undefined) fields.publicComment = castText(params.public_comment)
  return fields
}

/** The block that stands in the way of a new one: of the same domain, or of a parent that is no looser. */
function obstacle(
  sample: Sample,
  domain: string | null,
  block: Pick<DomainBlockRecord, 'severity' | 'rejectMedia' | 'rejectReports'>,
): DomainBlockRecord | undefined {
  const covering = domain === null || domain === '' ? undefined : coveringBlock(sample.world, domain)
  if (covering === undefined || covering.domain === domain) return covering
  return sample.release.domainBlocks.anyCoveringBlockRefuses || !isStricter(block, covering) ? covering : undefined
}

/** POST. Throws Covered, or 422, or crashes on an unknown severity before 4.4. Effects on accounts come by a job. */
export function createDomainBlock(sample: Sample, by: AccountRecord, params: Params): DomainBlockRecord {
  const { world, clock } = sample
  const text = castText(params.domain) ?? ''
  const severity = params.severity === undefined ? 'silence' : severityOf(sample, params.severity)
  const fields = fieldsOf(params)
  const strictness = {
    severity: severity === 'bad' ? null : severity,
    rejectMedia: fields.rejectMedia ?? false,
    rejectReports: fields.rejectReports ?? false,
  }
  const covering = obstacle(sample, normaliseDomain(text), strictness)
  if (covering !== undefined) throw new Covered(covering)
  const messages = domainMessages(text)
  if (severity === 'bad') messages.push(badSeverity)
  if (severity === 'bad' || messages.length > 0) throw invalid(...messages)
  const block = world.domainBlocks.add({
    id: world.domainBlocks.serials.next(),
    domain: normaliseDomain(text) ?? '',
    createdAt: clock.now(),
    obfuscate: false,
    privateComment: null,
    publicComment: null,
    ...fields,
    ...strictness,
  })
  sample.jobs.later('domain-block', block.id, () => applyBlock(sample, block))
  audit(sample, by, 'create', 'DomainBlock', block.id)
  return block
}

/** PUT: only what was sent changes; the domain never. Throws 422 or crashes as on create. True when something changed. */
export function updateDomainBlock(
  sample: Sample,
  by: AccountRecord,
  block: DomainBlockRecord,
  params: Params,
): boolean {
  const severity = params.severity === undefined ? block.severity : severityOf(sample, params.severity)
  if (severity === 'bad') throw invalid(badSeverity)
  const before = JSON.stringify(block)
  const changedSeverity = severity !== block.severity
  Object.assign(block, fieldsOf(params), { severity })
  sample.jobs.later('domain-block', block.id, () => {
    applyBlock(sample, block)
    if (changedSeverity && sample.release.domainBlocks.loweringIsNoticed) undoBlock(sample, block)
  })
  audit(sample, by, 'update', 'DomainBlock', block.id)
  return JSON.stringify(block) !== before
}

/** DELETE: undone within the request; deleted data does not come back. */
export function destroyDomainBlock(sample: Sample, by: AccountRecord, block: DomainBlockRecord): void {
  sample.world.domainBlocks.remove(block.id)
  liftBlock(sample, block)
  audit(sample, by, 'destroy', 'DomainBlock', block.id)
}

/** POST of an allow: idempotent for the exact spelling, 422 for another spelling of a known one. */
export function createDomainAllow(
  sample: Sample,
  by: AccountRecord,
  params: Params,
): { allow: DomainAllowRecord; created: boolean } {
  const { world, clock } = sample
  const text = castText(params.domain) ?? ''
  const known = world.domainAllows.find(text)
  if (known !== undefined) return { allow: known, created: false }
  const messages = domainMessages(text)
  const domain = normaliseDomain(text) ?? ''
  if (world.domainAllows.find(domain) !== undefined) messages.push('Domain has already been taken')
  if (messages.length > 0) throw invalid(...messages)
  const allow = world.domainAllows.add({ id: world.domainAllows.serials.next(), domain, createdAt: clock.now() })
  audit(sample, by, 'create', 'DomainAllow', allow.id)
  return { allow, created: true }
}

/** DELETE of an allow: in limited federation the domain's accounts are suspended at once and deleted by a job. */
export function destroyDomainAllow(sample: Sample, by: AccountRecord, allow: DomainAllowRecord): void {
  sample.world.domainAllows.remove(allow.id)
  if (sample.world.instance.limitedFederation) suspendDomain(sample, allow.domain, sample.clock.now())
  audit(sample, by, 'destroy', 'DomainAllow', allow.id)
}
