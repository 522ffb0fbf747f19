import type { ServerSync } from '../../../../shared/contract/sync.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useServer } from '../../client/servers.tsx'
import { cx } from '../../ui/cx.ts'
import { Domain } from '../../ui/Domain.tsx'
import { number, span } from '../../ui/format.ts'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import { Words } from '../../ui/Words.tsx'
import { LeftOut } from './LeftOut.tsx'
import { ListTable } from './ListTable.tsx'
import styles from './Sync.module.css'

/** One server's first reading, in numbers: usable from the first page on. */
export const FirstSync = ({ sync }: { sync: ServerSync }) => {
  const server = useServer(sync.server)
  const bad = sync.lists.reduce((sum, list) => sum + list.bad, 0)
  if (!server) return null
  return (
    <section className={styles.first} aria-labelledby={`first-${sync.server}`}>
      <h2 className={cx(parts.line, styles.lede)} id={`first-${sync.server}`}>
        <Mark server={server} />
        <span className={parts.cut}>
          <Words code="sync.first" values={{ server: <Domain name={server.domain} /> }} />
        </span>
      </h2>
      <ListTable lists={sync.lists} label={server.domain} />
      <LeftOut lists={sync.lists} origin={server.origin} />
      {bad > 0 && <p className={parts.quiet}>{say('sync.bad', { count: bad })}</p>}
      <p className={parts.quiet}>{say('sync.budget', { used: number(sync.used), limit: number(sync.limit) })}</p>
      {sync.leftMs !== null && sync.leftMs > 0 && (
        <p className={parts.quiet}>{say('sync.left', { span: span(sync.leftMs) })}</p>
      )}
      {sync.failure && sync.offlineSince === null && (
        <p className={parts.error} role="alert">
          {sayFailure(sync.failure)}
        </p>
      )}
    </section>
  )
}

/** Whether the open reports of a server were never whole yet. */
export const isFirst = (sync: ServerSync) => sync.lastAt === null
