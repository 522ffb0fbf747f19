import type { Failure } from '../../../shared/contract/failure.ts'
import { sayFailure } from '../../../shared/messages/say.ts'
import { Icon } from './Icon.tsx'
import parts from './parts.module.css'

type Shown = {
  failure: Pick<Failure, 'code' | 'detail'>
  /** The sentence, where it is more than that of the failure. */
  says?: string | undefined
}

/** What went wrong, told at once and in a sentence. */
export const Trouble = ({ failure, says = sayFailure(failure) }: Shown) => (
  <p className={parts.error} role="alert">
    <Icon name="failed" />
    <span>{says}</span>
  </p>
)
