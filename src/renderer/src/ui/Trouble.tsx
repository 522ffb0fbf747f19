import type { Failure } from '../../../shared/contract/failure.ts'
import { sayFailure } from '../../../shared/messages/say.ts'
import { Icon } from './Icon.tsx'
import parts from './parts.module.css'

/** What went wrong, told at once and in a sentence. */
export const Trouble = ({ failure }: { failure: Pick<Failure, 'code' | 'detail'> }) => (
  <p className={parts.error} role="alert">
    <Icon name="failed" />
    <span>{sayFailure(failure)}</span>
  </p>
)
