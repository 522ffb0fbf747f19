import { say } from '../../../../shared/messages/say.ts'
import styles from './SignIn.module.css'

const scopes = ['read', 'admin:read', 'admin:write', 'write:reports'] as const

/** What Howdah asks to be granted, and what for. */
export const Scopes = ({ only = scopes }: { only?: readonly (typeof scopes)[number][] }) => (
  <ul className={styles.scopes}>
    {only.map(scope => (
      <li key={scope}>
        <code>{scope}</code>
        <span>{say(`scope.${scope}`)}</span>
      </li>
    ))}
  </ul>
)
