import type { Failure } from '../../../../shared/contract/failure.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { Icon } from '../../ui/Icon.tsx'
import parts from '../../ui/parts.module.css'

/** Why a sign-in did not come about, spoken at once. */
export const SignInFailure = ({ id, failure }: { id?: string; failure: Pick<Failure, 'code' | 'detail'> }) => (
  <p className={parts.error} id={id} role="alert">
    <Icon name="failed" />
    {/* Where one may agree to it, it stands beside the way to do so. */}
    <span>
      {failure.detail.reason === 'failure.own-network'
        ? say('sign-in.leads-inside', failure.detail)
        : sayFailure(failure)}
    </span>
  </p>
)
