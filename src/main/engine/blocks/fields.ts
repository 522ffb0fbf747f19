import { z } from 'zod'
import { AddressSeverity } from '../../../shared/contract/blocks.ts'
import type { Fields } from '../../../shared/contract/decisions.ts'

const YEAR_S = 365 * 86_400

/** What a new block of an e-mail domain takes. */
export const EmailDomainFields = z.strictObject({ allowWithApproval: z.boolean('field.flag').default(false) })
export type EmailDomainFields = z.infer<typeof EmailDomainFields>

const severity = z.enum(AddressSeverity.options, 'field.address-severity')
const comment = z.string('field.comment').trim().max(2000, 'field.comment-long')
/** Seconds from now; 0: never. */
const expiresIn = z
  .int('field.expires')
  .min(0, 'field.expires')
  .max(10 * YEAR_S, 'field.expires')

/** What a new block of an address takes. A severity that the server does not know would be a 500 before 4.4 (contract E.6). */
export const AddressFields = z.strictObject({ severity, comment: comment.default(''), expiresIn: expiresIn.default(0) })
export type AddressFields = z.infer<typeof AddressFields>

/** What a block of an address takes to be as it was, `expiresAt` in ms; null where it would have ended by now. */
export const addressAgain = ({ expiresAt, ...kept }: Fields, now: number): Fields | null => {
  if (typeof expiresAt !== 'number') return { ...kept, expiresIn: 0 }
  const left = Math.round((expiresAt - now) / 1000)
  return left > 0 ? { ...kept, expiresIn: left } : null
}

/** What a change of such a block takes: at least one field. The range itself stays: that would be another block. */
export const AddressChange = z
  .strictObject({
    severity: severity.exactOptional(),
    comment: comment.exactOptional(),
    expiresIn: expiresIn.exactOptional(),
  })
  .refine(fields => Object.keys(fields).length > 0, 'field.nothing-changed')
export type AddressChange = z.infer<typeof AddressChange>
