import type { ReactNode } from 'react'
import parts from '../../ui/parts.module.css'
import styles from './Settings.module.css'

/** One setting: its name, what it is good for, and where it is changed. `name` may be the label of what stands at the end. */
export const Row = ({ name, says, children }: { name: ReactNode; says?: ReactNode; children: ReactNode }) => (
  <div className={styles.row}>
    <div>
      <p className={styles.name}>{name}</p>
      {says !== undefined && <div className={parts.soft}>{says}</div>}
    </div>
    {children}
  </div>
)
