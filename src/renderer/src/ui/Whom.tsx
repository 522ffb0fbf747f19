import type { Decision } from '../../../shared/contract/decisions.ts'
import { domainText } from '../../../shared/domain-name.ts'
import { say } from '../../../shared/messages/say.ts'
import { OddMark } from './Domain.tsx'
import { HandleInline } from './Handle.tsx'
import { handleText } from './handle-text.ts'

type Acted = Pick<Decision, 'account' | 'name' | 'report'>

/** What a decision acts on: an account's handle, else its name, such as a domain, else the number of the report. */
export const Whom = ({ decision }: { decision: Acted }) =>
  decision.account ? (
    <HandleInline who={decision.account} />
  ) : (
    <>
      <OddMark domain={decision.name} />
      <bdi>{whomText(decision)}</bdi>
    </>
  )

/** The same as plain text, for what is spoken. */
export const whomText = ({ account, name, report }: Acted): string => {
  if (account) return handleText(account)
  return name === '' ? say('decided.report', { id: report ?? '' }) : domainText(name)
}
