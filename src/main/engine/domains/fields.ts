import { z } from 'zod'
import { Severity } from '../../../shared/contract/domains.ts'
import type { BlockChange } from '../mastodon/endpoints/domain-blocks.ts'
import type { DomainBlockEntity } from '../mastodon/entities/domain-block.ts'
import type { StoredDomainBlock } from './table.ts'

/** Longer ones fill a page that nobody reads, and the server has no limit of its own (contract K.11). */
const comment = z.string('field.comment').trim().max(2000, 'field.comment-long')
const flag = z.boolean('field.flag')
/** A blank severity would be stored as none by 4.3 (contract E.4). */
const severity = z.enum(Severity.options, 'field.severity')

/** What a new block takes. Left out: no, or an empty comment. */
export const BlockFields = z.strictObject({
  severity,
  rejectMedia: flag.default(false),
  rejectReports: flag.default(false),
  obfuscate: flag.default(false),
  privateComment: comment.default(''),
  publicComment: comment.default(''),
})
export type BlockFields = z.infer<typeof BlockFields>

/** What a change of a block takes: at least one field. */
export const ChangeFields = z
  .strictObject({
    severity: severity.exactOptional(),
    rejectMedia: flag.exactOptional(),
    rejectReports: flag.exactOptional(),
    obfuscate: flag.exactOptional(),
    privateComment: comment.exactOptional(),
    publicComment: comment.exactOptional(),
  })
  .refine(fields => Object.keys(fields).length > 0, 'field.nothing-changed')
export type ChangeFields = z.infer<typeof ChangeFields>

/** A block's fields as they are compared and sent; without a severity where the server has none. */
export type BlockState = Omit<BlockFields, 'severity'> & { severity: Severity | null }

/** The fields of a block as the mirror holds it. */
export const stateOfRow = (row: StoredDomainBlock): BlockState => ({
  severity: row.severity,
  rejectMedia: row.reject_media === 1,
  rejectReports: row.reject_reports === 1,
  obfuscate: row.obfuscate === 1,
  privateComment: row.private_comment ?? '',
  publicComment: row.public_comment ?? '',
})

/** The fields of a block as the server told it. */
export const stateOf = (block: DomainBlockEntity): BlockState => ({
  severity: block.severity,
  rejectMedia: block.reject_media,
  rejectReports: block.reject_reports,
  obfuscate: block.obfuscate,
  privateComment: block.private_comment ?? '',
  publicComment: block.public_comment ?? '',
})

/** Those of the wanted fields that differ from what is so: all that is sent. */
export const changesOf = (wanted: ChangeFields, now: Partial<BlockState>): BlockChange => {
  const { severity, rejectMedia, rejectReports, obfuscate, privateComment, publicComment } = wanted
  return {
    ...(severity === undefined || severity === now.severity ? {} : { severity }),
    ...(rejectMedia === undefined || rejectMedia === now.rejectMedia ? {} : { rejectMedia }),
    ...(rejectReports === undefined || rejectReports === now.rejectReports ? {} : { rejectReports }),
    ...(obfuscate === undefined || obfuscate === now.obfuscate ? {} : { obfuscate }),
    ...(privateComment === undefined || privateComment === now.privateComment ? {} : { privateComment }),
    ...(publicComment === undefined || publicComment === now.publicComment ? {} : { publicComment }),
  }
}

/** True when the block is already as wanted. */
export const isSo = (wanted: ChangeFields, now: BlockState): boolean => Object.keys(changesOf(wanted, now)).length === 0

const ranks = { noop: 0, silence: 1, suspend: 2 } as const
const rankOf = (severity: Severity | null) => (severity === null ? 0 : ranks[severity])

/** True when it weighs heavier on the domain than what is so. */
export const isHarsher = (wanted: ChangeFields, now: BlockState): boolean =>
  (wanted.severity !== undefined && rankOf(wanted.severity) > rankOf(now.severity)) ||
  (wanted.rejectMedia === true && !now.rejectMedia) ||
  (wanted.rejectReports === true && !now.rejectReports)

/** Whether the server takes a block below this one of a parent domain: it must be stricter; up to 4.2 none was taken (contract E.4). */
export const isRefusedBelow = (
  wanted: Pick<BlockState, 'severity' | 'rejectMedia' | 'rejectReports'>,
  parent: BlockState,
  release: number,
): boolean => {
  if (release < 403) return true
  if (wanted.severity === 'suspend') return false
  if (rankOf(wanted.severity) < rankOf(parent.severity)) return true
  return (parent.rejectMedia && !wanted.rejectMedia) || (parent.rejectReports && !wanted.rejectReports)
}
