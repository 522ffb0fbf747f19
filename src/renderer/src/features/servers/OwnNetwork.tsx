import type { Failure } from '../../../../shared/contract/failure.ts'
import { say } from '../../../../shared/messages/say.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './SignIn.module.css'

type Shown = {
  failure: Pick<Failure, 'detail'>
  busy: boolean
  /** Goes there after all. */
  onAgree(address: string): void
}

/** Where a server's name leads into a network of one's own: what was just said of it is asked, once. */
export const OwnNetwork = ({ failure: { detail }, busy, onAgree }: Shown) => {
  const address = String(detail.address ?? '')
  if (detail.reason !== 'failure.own-network') return null
  return (
    <p className={styles.acts}>
      <Button disabled={busy} onClick={() => onAgree(address)}>
        {say('sign-in.own-network', { address })}
      </Button>
    </p>
  )
}
