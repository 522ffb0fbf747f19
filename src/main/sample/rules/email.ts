/** Canonical e-mail addresses (contract E.7). */
import { createHash } from 'node:crypto'

/** SHA-256 hex of the address in lower case, without dots and `+…` in its local part. */
export function canonicalEmailHash(email: string): string {
  const [local = '', domain = ''] = email.toLowerCase().split('@', 2)
  const canonical = `${local.replaceAll('.', '').split('+')[0]}@${domain}`
  return createHash('sha256').update(canonical).digest('hex')
}
