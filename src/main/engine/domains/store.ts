import type { Fields } from '../../../shared/contract/decisions.ts'
import type { DomainAllowEntity, DomainBlockEntity } from '../mastodon/entities/domain-block.ts'
import { type Mirrored, makeStore } from '../sync/mirrored.ts'
import {
  allowRowOf,
  blockRowOf,
  findDomainAllow,
  findDomainBlock,
  putDomainAllow,
  putDomainBlock,
  removeDomainAllow,
  removeDomainBlock,
} from './table.ts'

/** What a decision on a domain's block or allow acts on: see `target` in the journal. */
const targetOf = ({ domain }: { domain: string }): string => `domain:${domain}`

/** A block's fields, as the log names them. */
const told = {
  severity: 'severity',
  reject_media: 'rejectMedia',
  reject_reports: 'rejectReports',
  obfuscate: 'obfuscate',
  private_comment: 'privateComment',
  public_comment: 'publicComment',
} as const
const names = Object.keys(told) as (keyof typeof told)[]

/** Whether a column holds what was chosen; an empty comment is stored as none. */
const isChosen = (chosen: Fields[string] | undefined, stored: string | number | null): boolean =>
  chosen !== undefined && (typeof chosen === 'boolean' ? Number(chosen) : chosen) === (stored ?? '')

const block: Mirrored<DomainBlockEntity, ReturnType<typeof blockRowOf>> = {
  noun: 'domain-block',
  topic: 'domains',
  rowOf: blockRowOf,
  find: findDomainBlock,
  put: putDomainBlock,
  remove: removeDomainBlock,
  targetOf,
  added: ({ id, domain, severity }) => ({
    action: 'domain-block.seen-added',
    facts: { block: id, domain, after: severity },
  }),
  kinds: { adds: 'domain.block', changes: 'domain.change', removes: 'domain.lift' },
  // Comments are free text: the log says only that they changed.
  changed: (before, now, chosen) => {
    const fields = names
      .filter(name => before[name] !== now[name] && !isChosen(chosen[told[name]], now[name]))
      .map(name => told[name])
    if (fields.length === 0) return undefined
    const was = fields.includes('severity') ? before.severity : now.severity
    const facts = { block: now.id, domain: now.domain, before: was, after: now.severity, fields }
    return { action: 'domain-block.seen-changed', facts }
  },
  removed: ({ id, domain, severity }) => ({
    action: 'domain-block.seen-lifted',
    facts: { block: id, domain, before: severity },
  }),
}

const allow: Mirrored<DomainAllowEntity, ReturnType<typeof allowRowOf>> = {
  noun: 'domain-allow',
  topic: 'domains',
  rowOf: allowRowOf,
  find: findDomainAllow,
  put: putDomainAllow,
  remove: removeDomainAllow,
  targetOf,
  kinds: { adds: 'domain.allow', removes: 'domain.disallow' },
  added: ({ id, domain }) => ({ action: 'domain-allow.seen-added', facts: { allow: id, domain } }),
  changed: () => undefined,
  removed: ({ id, domain }) => ({ action: 'domain-allow.seen-removed', facts: { allow: id, domain } }),
}

/** Domain blocks as the server told them: from a page, or from the answer to a decision. */
export const domainBlockStore = makeStore(block)
/** Domain allows, in the same way. */
export const domainAllowStore = makeStore(allow)
