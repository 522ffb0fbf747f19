import { useId } from 'react'
import { Severity } from '../../../shared/contract/domains.ts'
import type { Server } from '../../../shared/contract/servers.ts'
import { say } from '../../../shared/messages/say.ts'
import { Button, buttonClass } from '../ui/Button.tsx'
import { Domain } from '../ui/Domain.tsx'
import parts from '../ui/parts.module.css'
import styles from './CasePane.module.css'
import { RoleSays } from './RoleSays.tsx'
import { hrefOf } from './route.ts'

/** For someone of another server: the way to act on all of that server, with its consequences there; or why our role may not. */
export const ActOnServer = ({ server, domain }: { server: Server; domain: string }) => {
  const whyId = useId()
  const may = server.role.manageFederation
  return (
    <nav className={styles.theirServer} aria-label={say('domains.act-on')}>
      <span className={parts.quiet}>{say('domains.act-on')}</span>
      <Domain name={domain} className={parts.cut} />
      {Severity.options
        .filter(severity => severity !== 'noop')
        .map(severity =>
          may ? (
            <a
              key={severity}
              className={buttonClass('bare')}
              href={hrefOf({ screen: 'domains', server: server.key, domain, severity })}
            >
              {say(`domains.act-on.${severity}`)}
            </a>
          ) : (
            <Button key={severity} look="bare" disabled aria-describedby={whyId}>
              {say(`domains.act-on.${severity}`)}
            </Button>
          ),
        )}
      {!may && (
        <span id={whyId} className={parts.quiet}>
          <RoleSays server={server} page={`${server.origin}/admin/instances/${encodeURIComponent(domain)}`} />
        </span>
      )}
    </nav>
  )
}
