import { type Ref, useState } from 'react'
import type { Severity } from '../../../../shared/contract/domains.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import { domainText } from '../../../../shared/domain-name.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import type { Output } from '../../client/question.ts'
import { useLive } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { Domain, OddSays } from '../../ui/Domain.tsx'
import { kindName } from '../../ui/decision-words.ts'
import { date, moment } from '../../ui/format.ts'
import { HandleInline } from '../../ui/Handle.tsx'
import { edgeOf, Mark } from '../../ui/Mark.tsx'
import pane from '../../ui/pane.module.css'
import parts from '../../ui/parts.module.css'
import { ScrollArea } from '../../ui/ScrollArea.tsx'
import { DecisionLine } from '../../ui/State.tsx'
import { useNow } from '../../ui/use-now.ts'
import { AllowPart } from './AllowPart.tsx'
import { atWork } from './at-work.ts'
import { BlockForm } from './BlockForm.tsx'
import { alsoOf } from './DomainRow.tsx'
import styles from './Domains.module.css'
import type { Deciding } from './deciding.ts'
import { Measures } from './Measures.tsx'
import { SeverityMark } from './SeverityMark.tsx'

type Page = Output<'domains.show'>

const Head = ({ page, server }: { page: Page; server: Server }) => {
  const { block, covering, domain } = page
  return (
    <header className={pane.head}>
      <div className={parts.line}>
        <h1 className={pane.name} id="domain-h">
          <Domain name={domain} sign={false} />
        </h1>
        <span className={parts.push} />
        <Mark server={server} />
        <Domain name={server.domain} className={parts.soft} />
      </div>
      <OddSays domain={domain} odd={page.lookalike} />
      <p className={cx(parts.line, styles.small)}>
        {block ? (
          <>
            <SeverityMark severity={block.severity} />
            <span>{say('domains.since', { date: date(block.createdAt) })}</span>
            <span className={parts.quiet}>{alsoOf(block).join(', ')}</span>
          </>
        ) : (
          <span className={parts.soft}>{say('domains.not-blocked')}</span>
        )}
      </p>
      {covering && (
        <p className={cx(parts.line, styles.small)}>
          <SeverityMark severity={covering.severity} />
          <span>{say('domains.covered-by', { domain: domainText(covering.domain) })}</span>
        </p>
      )}
    </header>
  )
}

const Reports = ({ page, onClose }: { page: Page; onClose(): void }) => (
  <section className={styles.part} aria-labelledby="reports-h">
    <div className={parts.partHead}>
      <h2 id="reports-h">{say('domains.reports-h')}</h2>
      <span className={parts.sum}>{say('domains.open-reports', { open: page.openReports })}</span>
      <span className={parts.push} />
      {page.openReports > 0 && (
        <Button look={page.block?.severity === 'suspend' ? 'primary' : 'plain'} onClick={onClose}>
          {say('domains.close-reports', { open: page.openReports })}
        </Button>
      )}
    </div>
    {page.openReports > 0 && page.block?.severity === 'suspend' && <p>{say('domains.stay-open')}</p>}
    <ul className={styles.accounts}>
      {page.reported.map(({ account, open }) => (
        <li key={account.id}>
          <span className={parts.cut}>
            <HandleInline who={account} />
          </span>
          <span className={parts.quiet}>{say('domains.open-reports', { open })}</span>
        </li>
      ))}
    </ul>
  </section>
)

const History = ({ page, onDecision }: { page: Page; onDecision(id: string): void }) => (
  <section className={styles.part} aria-labelledby="history-h">
    <div className={parts.partHead}>
      <h2 id="history-h">{say('domains.history-h')}</h2>
      {page.decisions.length === 0 && <span className={parts.sum}>{say('domains.no-history')}</span>}
    </div>
    <ul className={styles.accounts}>
      {page.decisions.map(decision => (
        <li key={decision.id}>
          <Button look="bare" onClick={() => onDecision(decision.id)}>
            {kindName(decision.kind)}
          </Button>
          <DecisionLine decision={decision} />
          <span className={cx(parts.quiet, parts.push)} title={moment(decision.armedAt)}>
            {date(decision.armedAt)}
          </span>
        </li>
      ))}
    </ul>
  </section>
)

type Shown = {
  server: Server
  domain: string
  asked: Severity | undefined
  graceSeconds: number
  deciding: Deciding
  onDecision(id: string): void
  /** Offers to close every open report about its accounts. */
  onCloseReports(domain: string): void
  reading: Ref<HTMLElement>
}

/** Everything about one domain on one server: its block, its numbers, what each step does, its reports, what was decided. */
export const DomainPage = (shown: Shown) => {
  const { server, domain, asked, graceSeconds, deciding, onDecision, onCloseReports, reading } = shown
  const { data, failure } = useLive('domains.show', { server: server.key, domain })
  const [suspends, setSuspends] = useState(false)
  const now = useNow(60_000)
  if (!data)
    return (
      <section className={cx(pane.pane, pane.empty)} aria-label={say('domains.page')} aria-busy={!failure}>
        <p role={failure ? 'alert' : undefined}>{failure ? sayFailure(failure) : say('domains.reading')}</p>
      </section>
    )
  // Another block of the domain is another form.
  const formKey = `${server.key} ${data.domain} ${data.block?.id} ${JSON.stringify(data.block)} ${asked}`
  return (
    <section className={cx(pane.pane, edgeOf(server))} aria-labelledby="domain-h">
      <Head page={data} server={server} />
      <ScrollArea className={pane.scroll} label={say('domains.page')} ref={reading}>
        {failure && (
          <p className={parts.error} role="alert">
            {sayFailure(failure)}
          </p>
        )}
        <BlockForm
          key={formKey}
          server={server.key}
          page={data}
          asked={asked}
          graceSeconds={graceSeconds}
          deciding={deciding}
          onHarsher={setSuspends}
        />
        <Measures
          key={`${server.key} ${data.domain}`}
          server={server.key}
          domain={data.domain}
          measure={data.measure}
          work={atWork(data, now)}
          needed={data.block === null || suspends || asked === 'suspend'}
        />
        <Reports page={data} onClose={() => onCloseReports(data.domain)} />
        <AllowPart page={data} deciding={deciding} />
        <History page={data} onDecision={onDecision} />
      </ScrollArea>
    </section>
  )
}
