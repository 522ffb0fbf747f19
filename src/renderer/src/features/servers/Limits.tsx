import type { Server } from '../../../../shared/contract/servers.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useShell } from '../../client/engine.tsx'
import { PageLink } from '../../ui/PageLink.tsx'
import parts from '../../ui/parts.module.css'
import { cannotWords } from './role-words.ts'
import styles from './ServerList.module.css'

/** A page of the server, opened in the person's own browser. */
export const ServerPage = ({ url }: { url: string }) => {
  const shell = useShell()
  return <PageLink url={url} onOpen={shell.openLink} />
}

/** What need not be said: who may not even see it may not change it, and that a token is for reading only stands above. */
const goesWithoutSaying = ({ cannot, mayDecide }: Server, { ability, why }: Server['cannot'][number]) =>
  (why === 'cannot.scope' && !mayDecide && !ability.endsWith('.see')) ||
  (ability.endsWith('.change') && cannot.some(one => one.ability === ability.replace('.change', '.see')))

/** What this sign-in cannot do, why not, and where someone else can; nothing where it can do all. */
export const Limits = ({ server }: { server: Server }) => {
  const shown = server.signedIn ? server.cannot.filter(one => !goesWithoutSaying(server, one)) : []
  if (shown.length === 0) return null
  return (
    <details className={styles.limits}>
      <summary>{say('limits.title', { count: shown.length })}</summary>
      <ul>
        {shown.map(({ ability, why, page }) => (
          <li key={ability}>
            <p>{say(`ability.${ability}`)}</p>
            <p className={parts.quiet}>{cannotWords(why, server.role)}</p>
            {why === 'cannot.role' && <ServerPage url={page} />}
          </li>
        ))}
      </ul>
    </details>
  )
}
