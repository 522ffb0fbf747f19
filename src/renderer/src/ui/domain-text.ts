import { inLetters } from '../../../shared/domain-name.ts'
import { visibleControls } from '../../../shared/visible-text.ts'

/** What stands beside a domain in A-labels, or what ends in one after an `@`: ` (bücher.example)`; nothing beside one in its own letters. */
export const lettersOf = (domain: string): string => {
  const letters = inLetters(domain.slice(domain.lastIndexOf('@') + 1))
  return letters === null ? '' : ` (${letters})`
}

/** A domain as plain text, for names that a screen reader speaks: `xn--bcher-kva.example (bücher.example)`. */
export const domainText = (domain: string): string => visibleControls(domain) + lettersOf(domain)
