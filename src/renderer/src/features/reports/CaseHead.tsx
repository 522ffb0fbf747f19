import type { ReactNode } from 'react'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say } from '../../../../shared/messages/say.ts'
import type { Output } from '../../client/question.ts'
import { OddSays } from '../../ui/Domain.tsx'
import { ago } from '../../ui/format.ts'
import pane from '../../ui/pane.module.css'
import parts from '../../ui/parts.module.css'
import { CategoryMark } from '../../ui/State.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Who } from '../../ui/Who.tsx'
import styles from './Case.module.css'

export type Case = Output<'reports.case'>

const claim = ({ report }: Case) => {
  if (!report.assignedTo) return say('case.unclaimed')
  return report.assignedTo.me ? say('case.mine') : <bdi>{say('case.claimed', { who: report.assignedTo.name })}</bdi>
}

/** Whose case it is and what it is about, on which server. `actions` stand at the end of its first line. */
export const CaseHead = ({
  shown,
  server,
  covered,
  actions,
}: {
  shown: Case
  server: Server | undefined
  /** Nothing that strangers wrote is shown: not the name that the account gave itself either. */
  covered: boolean
  actions: ReactNode
}) => {
  const now = useNow(30_000)
  const { report, account, told, rules } = shown
  const first = told.at(-1)
  const same = told.filter(each => each.category === report.category).length
  return (
    <header className={pane.head}>
      <Who id="case-h" account={account} server={server} covered={covered} actions={actions} />
      <OddSays domain={account.domain} />
      <ul className={styles.facts}>
        <li>
          <CategoryMark category={report.category} />
          {report.resolvedAt === null
            ? say('case.open', { count: told.length, same, category: report.category })
            : say(report.resolvedBy === null ? 'case.closed' : 'case.closed-by', {
                who: report.resolvedBy ?? '',
                ago: ago(now - report.resolvedAt),
              })}
        </li>
        {rules[0] && (
          <li className={styles.rule}>
            <span className={parts.cut} dir="auto">
              {say('case.rule', { rule: rules[0].text })}
            </span>
          </li>
        )}
        {first && report.resolvedAt === null && <li>{say('case.first', { ago: ago(now - first.createdAt) })}</li>}
        {report.resolvedAt === null && <li>{claim(shown)}</li>}
      </ul>
    </header>
  )
}
