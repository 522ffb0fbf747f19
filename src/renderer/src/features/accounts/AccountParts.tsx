import type { ReactNode } from 'react'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say } from '../../../../shared/messages/say.ts'
import { sayEntry } from '../../../../shared/messages/say-log.ts'
import type { Output } from '../../client/question.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { OddSays } from '../../ui/Domain.tsx'
import { ago, moment, number, shortDate, timeOrDate } from '../../ui/format.ts'
import pane from '../../ui/pane.module.css'
import parts from '../../ui/parts.module.css'
import { CategoryMark, DecisionLine } from '../../ui/State.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Who } from '../../ui/Who.tsx'
import styles from './Accounts.module.css'

export type Page = Output<'accounts.show'>

/** Whose page it is, on which server, and how fresh it is. `actions` stand at the end of its first line. */
export const AccountHead = ({
  page,
  server,
  covered,
  actions,
}: {
  page: Page
  server: Server | undefined
  /** Nothing that strangers wrote is shown. */
  covered: boolean
  actions: ReactNode
}) => {
  const now = useNow(30_000)
  const { account, about, pending } = page
  return (
    <header className={pane.head}>
      <Who id="account-page-h" account={account} server={server} covered={covered} actions={actions} />
      <OddSays domain={account.domain} />
      <p className={cx(parts.line, styles.small)}>
        {pending && <span className={parts.strong}>{say('accounts.waits')}</span>}
        <span>{say('accounts.about-sum', { open: about.open })}</span>
        <span className={parts.quiet} title={moment(account.seenAt)}>
          {say('accounts.told', { ago: ago(now - account.seenAt) })}
        </span>
      </p>
    </header>
  )
}

/** Reports about it, and what became of those that it filed: never which, since that would name a reporter. */
export const AccountReports = ({
  page,
  onReport,
  onQueue,
}: {
  page: Page
  onReport(id: string, isOpen: boolean): void
  /** Shows the queue of the open reports about it alone. */
  onQueue(): void
}) => {
  const { about, filed } = page
  return (
    <section className={styles.part} aria-labelledby="about-h">
      <div className={parts.partHead}>
        <h2 id="about-h">{say('accounts.reports-about')}</h2>
        <span className={parts.sum}>{say('accounts.reports-sum', { open: about.open, closed: about.closed })}</span>
        <span className={parts.push} />
        {about.open > 0 && (
          <Button look="bare" onClick={onQueue}>
            {say('accounts.in-queue')}
          </Button>
        )}
      </div>
      {about.reports.length === 0 && <p className={parts.quiet}>{say('accounts.no-reports')}</p>}
      <ul className={styles.lines}>
        {about.reports.map(report => (
          <li key={report.id}>
            <CategoryMark category={report.category} />
            <Button look="bare" onClick={() => onReport(report.id, report.resolvedAt === null)}>
              {say('accounts.report', { id: report.id })}
            </Button>
            <span className={cx(report.resolvedAt === null ? parts.strong : parts.soft, parts.cut)}>
              {report.resolvedAt === null
                ? say('palette.open')
                : say(report.resolvedBy === null ? 'before.closed' : 'before.closed-by', {
                    who: report.resolvedBy ?? '',
                  })}
            </span>
            <span className={cx(parts.quiet, parts.push)} title={moment(report.createdAt)}>
              {shortDate(report.createdAt)}
            </span>
          </li>
        ))}
      </ul>
      <div className={parts.partHead}>
        <h2>{say('accounts.reports-by')}</h2>
        <span className={parts.sum}>{say('records.since')}</span>
      </div>
      <p>
        {say('accounts.filed', {
          filed: filed.filed,
          closed: number(filed.closed),
          upheld: number(filed.upheld),
        })}
      </p>
      <p className={parts.quiet}>{say('accounts.filed-why')}</p>
    </section>
  )
}

/** What was decided about it from here, and what others were seen to do. */
export const AccountHistory = ({ page, onDecision }: { page: Page; onDecision(id: string): void }) => {
  const now = useNow(60_000)
  const { decisions, since } = page
  return (
    <section className={styles.part} aria-labelledby="account-history-h">
      <div className={parts.partHead}>
        <h2 id="account-history-h">{say('domains.history-h')}</h2>
        {decisions.length === 0 && <span className={parts.sum}>{say('domains.no-history')}</span>}
      </div>
      <ul className={styles.lines}>
        {decisions.map(decision => (
          <li key={decision.id}>
            <Button look="bare" onClick={() => onDecision(decision.id)}>
              {shortDate(decision.armedAt)}
            </Button>
            <DecisionLine decision={decision} />
          </li>
        ))}
      </ul>
      {since.length > 0 && (
        <>
          <div className={parts.partHead}>
            <h2>{say('since.title')}</h2>
          </div>
          <ul className={styles.lines}>
            {since.map(entry => (
              <li key={entry.seq}>
                <span className={parts.quiet} title={moment(entry.at)}>
                  {timeOrDate(entry.at, now)}
                </span>
                <span>{sayEntry(entry)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={parts.quiet}>{say('accounts.strikes-elsewhere')}</p>
    </section>
  )
}
