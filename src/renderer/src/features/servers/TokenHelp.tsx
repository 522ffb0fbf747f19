import { say } from '../../../../shared/messages/say.ts'
import { useShell } from '../../client/engine.tsx'
import { Words } from '../../ui/Words.tsx'
import { applicationsPage } from './applications-page.ts'
import { Scopes } from './Scopes.tsx'
import styles from './SignIn.module.css'

/** How a token is made: where, and which scopes to tick. */
export const TokenHelp = ({ url }: { url: string }) => {
  const shell = useShell()
  const page = applicationsPage(url)
  const shown = <bdi className={styles.address}>{page ?? say('sign-in.page-example')}</bdi>
  const link = page && (
    <a
      href={page}
      target="_blank"
      rel="noopener noreferrer"
      onClick={event => {
        if (shell.kind === 'browser') return
        event.preventDefault()
        shell.openLink(page)
      }}
    >
      {shown}
    </a>
  )
  return (
    <ol className={styles.steps}>
      <li>
        <Words code="sign-in.step-page" values={{ page: link ?? shown }} />
      </li>
      <li>
        {say('sign-in.step-scopes')}
        <Scopes />
        {say('sign-in.step-reading')}
      </li>
      <li>{say('sign-in.step-copy')}</li>
    </ol>
  )
}
