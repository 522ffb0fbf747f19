import { Severity } from '../../../shared/contract/domains.ts'
import type { ServerKey } from '../../../shared/contract/ids.ts'
import { say } from '../../../shared/messages/say.ts'
import { buttonClass } from '../ui/Button.tsx'
import { cx } from '../ui/cx.ts'
import parts from '../ui/parts.module.css'
import styles from './CasePane.module.css'
import { hrefOf } from './route.ts'

/** For someone of another server: the way to act on all of that server, with its consequences there. */
export const ActOnServer = ({ server, domain }: { server: ServerKey; domain: string }) => (
  <nav className={styles.theirServer} aria-label={say('domains.act-on')}>
    <span className={parts.quiet}>{say('domains.act-on')}</span>
    <bdi className={cx(parts.mono, parts.cut)}>{domain}</bdi>
    {Severity.options
      .filter(severity => severity !== 'noop')
      .map(severity => (
        <a
          key={severity}
          className={buttonClass('bare')}
          href={hrefOf({ screen: 'domains', server, domain, severity })}
        >
          {say(`domains.act-on.${severity}`)}
        </a>
      ))}
  </nav>
)
