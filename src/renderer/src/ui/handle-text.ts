import type { AccountName } from '../../../shared/contract/accounts.ts'
import { visibleControls } from '../../../shared/visible-text.ts'

export type Named = Pick<AccountName, 'username' | 'domain'>

/** A handle as plain text, for names that a screen reader speaks. */
export const handleText = ({ username, domain }: Named) =>
  visibleControls(domain === null ? `@${username}` : `@${username}@${domain}`)
