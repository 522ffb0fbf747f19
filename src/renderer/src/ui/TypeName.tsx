import { say } from '../../../shared/messages/say.ts'
import { Icon } from './Icon.tsx'
import { LineField } from './LineField.tsx'
import parts from './parts.module.css'
import styles from './TypeName.module.css'

type Shown = { says: string; name: string; typed: string; onType(text: string): void }

/** The brake of a decision that is dear to get wrong: why its name is to be typed, and where. */
export const TypeName = ({ says, name, typed, onType }: Shown) => (
  <div className={styles.brake}>
    <p className={parts.line}>
      <Icon name="warn" small />
      <span>{says}</span>
    </p>
    <LineField label={say('sheet.type-name', { name })} spellCheck={false} value={typed} onType={onType} />
  </div>
)
