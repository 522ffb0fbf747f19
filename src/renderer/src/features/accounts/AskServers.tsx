import { Failure } from '../../../../shared/contract/failure.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import styles from './Accounts.module.css'
import { useSought } from './store.ts'
import type { AccountsFound, Told } from './use-account-list.ts'

const wordsOf = (told: Told | undefined): string => {
  if (told === undefined) return ''
  if (told === 'asking') return say('accounts.asking')
  if (told instanceof Failure) return sayFailure(told)
  return say(told.next === null ? 'accounts.asked-all' : 'accounts.asked', { count: told.found })
}

/** Why a server cannot be asked for what is looked for; nothing where it can. */
const hindrance = (server: Server, byMail: boolean): string | null => {
  if (!server.signedIn) return say('accounts.ask-signed-out', { server: server.domain })
  const not = server.cannot.find(({ ability }) => ability === 'accounts.see')
  if (not) return say('accounts.ask-no-right', { server: server.domain })
  return byMail ? say('failure.ask-mail-domain') : null
}

/** The servers that may know more, each asked only when someone wants it. */
export const AskServers = ({ servers, found }: { servers: readonly Server[]; found: AccountsFound }) => {
  const byMail = useSought(({ sought }) => sought.mailDomain.trim() !== '')
  return (
    <ul className={styles.ask} aria-label={say('accounts.ask')}>
      {servers.map(server => {
        const told = found.told[server.key]
        const hindered = hindrance(server, byMail)
        const next = typeof told === 'object' && 'next' in told ? told.next : null
        const isDone = typeof told === 'object' && 'next' in told && told.next === null
        return (
          <li key={server.key} className={parts.line}>
            <Mark server={server} />
            {hindered === null ? (
              <>
                {!isDone && (
                  <Button disabled={told === 'asking'} onClick={() => found.ask(server.key, next)}>
                    {say(next === null ? 'accounts.ask-server' : 'accounts.ask-more', { server: server.domain })}
                  </Button>
                )}
                <span className={cx(parts.quiet, parts.cut)} role="status">
                  {wordsOf(told)}
                </span>
              </>
            ) : (
              <span className={parts.quiet}>{hindered}</span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
