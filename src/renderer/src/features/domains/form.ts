import type { Fields } from '../../../../shared/contract/decisions.ts'
import type { DomainBlock, Severity } from '../../../../shared/contract/domains.ts'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import type { Place } from '../../client/drafts.ts'

/** What can be chosen of a block, and the comments. */
export type Form = Omit<DomainBlock, 'id' | 'domain' | 'createdAt' | 'severity'> & { severity: Severity }
type Chosen = Omit<Form, (typeof comments)[number]>

const flags = ['rejectMedia', 'rejectReports', 'obfuscate'] as const
const comments = ['privateComment', 'publicComment'] as const

/** What is chosen at first: the block that there is, or a new one, which limits unless asked otherwise. */
export const formOf = (block: DomainBlock | null, asked: Severity | undefined): Chosen => ({
  severity: asked ?? block?.severity ?? 'silence',
  rejectMedia: block?.rejectMedia ?? false,
  rejectReports: block?.rejectReports ?? false,
  obfuscate: block?.obfuscate ?? false,
})

/** The comments as they are. */
export const commentsOf = (block: DomainBlock | null) => ({
  private: block?.privateComment ?? '',
  public: block?.publicComment ?? '',
})

/** Where comments that are being written are kept: another block of the domain is another form. */
export const placeOf = (server: ServerKey, domain: string, block: DomainBlock | null): Place => ({
  of: 'domain',
  key: `${server} ${domain} ${block?.id ?? 'new'}`,
})

const rankOf = (severity: Severity | null) => (severity === 'suspend' ? 2 : severity === 'silence' ? 1 : 0)

/** Whether it weighs heavier than what is so. Every new block does. */
export const isHarsher = (form: Form, block: DomainBlock | null): boolean =>
  block === null ||
  rankOf(form.severity) > rankOf(block.severity) ||
  (form.rejectMedia && !block.rejectMedia) ||
  (form.rejectReports && !block.rejectReports)

/** What is sent: all of a new block, of a change only what differs. */
export const changesOf = (form: Form, block: DomainBlock | null): Fields => {
  const all: Fields = { ...form, privateComment: form.privateComment.trim(), publicComment: form.publicComment.trim() }
  if (block === null) return all
  const changed = (['severity', ...flags, ...comments] as const).filter(name => all[name] !== block[name])
  return Object.fromEntries(changed.map(name => [name, all[name] ?? null]))
}
