import type { AccountName } from '../../../shared/contract/accounts.ts'
import { domainText } from '../../../shared/domain-name.ts'
import { visibleControls } from '../../../shared/visible-text.ts'

export type Named = Pick<AccountName, 'username' | 'domain'>

/** A handle as plain text, for names that a screen reader speaks. */
export const handleText = ({ username, domain }: Named) =>
  `@${visibleControls(username)}${domain === null ? '' : `@${domainText(domain)}`}`
