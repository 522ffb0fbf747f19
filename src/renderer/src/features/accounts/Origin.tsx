import type { Server } from '../../../../shared/contract/servers.ts'
import { say } from '../../../../shared/messages/say.ts'
import type { Output } from '../../client/question.ts'
import { Domain } from '../../ui/Domain.tsx'
import { number } from '../../ui/format.ts'
import parts from '../../ui/parts.module.css'
import { Words } from '../../ui/Words.tsx'
import styles from './AccountFacts.module.css'

type Known = NonNullable<Output<'reports.case'>['origin']>

const severities = ['suspend', 'silence', 'noop'] as const

const Block = ({ block, of }: { block: NonNullable<Known['block']>; of: string }) => {
  const severity = severities.find(each => each === block.severity) ?? 'other'
  return (
    <dd className={parts.strong}>
      {say(`origin.block.${severity}`)}
      {block.rejectMedia && severity !== 'suspend' && `, ${say('origin.reject-media')}`}
      {block.rejectReports && severity !== 'suspend' && `, ${say('origin.reject-reports')}`}
      {block.domain !== of && (
        <span className={parts.quiet}>
          {' '}
          <Words code="origin.block-of" values={{ domain: <Domain name={block.domain} /> }} />
        </span>
      )}
    </dd>
  )
}

/** What is known here of the server that an account is from: by reports, and whether it is blocked. */
export const Origin = ({ origin, server }: { origin: Known; server: Server | undefined }) => (
  <section aria-labelledby="origin-h" className={styles.part}>
    <div className={parts.partHead}>
      <h2 id="origin-h">{say('origin.title')}</h2>
    </div>
    <dl className={parts.pairs}>
      <dt>{say('origin.name')}</dt>
      <dd>
        <Domain name={origin.domain} />
      </dd>
      <dt>{say('origin.accounts')}</dt>
      <dd>{say('origin.accounts-reported', { count: origin.accounts })}</dd>
      <dt>{say('origin.reports')}</dt>
      <dd>{say('origin.reports-sum', { open: number(origin.open), closed: number(origin.closed) })}</dd>
      <dt>{say('origin.block')}</dt>
      {origin.block ? (
        <Block block={origin.block} of={origin.domain} />
      ) : (
        <dd>{say(server?.role.manageFederation ? 'origin.block.none' : 'origin.block.not-seen')}</dd>
      )}
    </dl>
  </section>
)
