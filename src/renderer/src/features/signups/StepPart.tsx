import type { Server } from '../../../../shared/contract/servers.ts'
import { say } from '../../../../shared/messages/say.ts'
import { Button } from '../../ui/Button.tsx'
import { Domain } from '../../ui/Domain.tsx'
import { KeyOf } from '../../ui/Keys.tsx'
import { Mark } from '../../ui/Mark.tsx'
import parts from '../../ui/parts.module.css'
import styles from './Signups.module.css'

type Shown = {
  server: Server | undefined
  marked: number
  others: number
  /** Whether the key for rejecting means all who are marked. */
  isKey: boolean
  onReject(): void
  /** Null where the marks were made for rejecting. */
  onApproveMarked: (() => void) | null
  onApprove(): void
}

/** One step on all who are marked; those who are not are left out, or approved. A sample is shown before anything is armed. */
export const StepPart = ({ server, marked, others, isKey, onReject, onApproveMarked, onApprove }: Shown) => (
  <section className={styles.step} aria-labelledby="step-h">
    <div className={parts.line}>
      <h2 id="step-h" className={parts.line}>
        {say('signups.step')}
        {server && <Mark server={server} />}
        {server && <Domain name={server.domain} />}
      </h2>
    </div>
    <p className={parts.soft}>{say('signups.step-says', { marked, others })}</p>
    <div className={parts.line}>
      <Button look="danger" disabled={marked === 0} onClick={onReject}>
        {say('signups.reject-marked', { count: marked })}
        {isKey && <KeyOf command="reject" />}
      </Button>
      {onApproveMarked && (
        <Button disabled={marked === 0} onClick={onApproveMarked}>
          {say('signups.approve-marked', { count: marked })}
          {isKey && <KeyOf command="approve" />}
        </Button>
      )}
      <Button disabled={others === 0} onClick={onApprove}>
        {say('signups.approve-others', { count: others })}
      </Button>
    </div>
  </section>
)
