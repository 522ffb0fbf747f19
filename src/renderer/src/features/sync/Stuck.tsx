import type { SyncedList } from '../../../../shared/contract/sync.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { Icon } from '../../ui/Icon.tsx'
import parts from '../../ui/parts.module.css'

/** Lists that could not be read three times in a row, each with the reason: what is here of them grows old. */
export const Stuck = ({ lists }: { lists: readonly SyncedList[] }) =>
  lists.map(
    ({ list, failure }) =>
      failure && (
        <p key={list} className={parts.error} role="alert">
          <Icon name="failed" />
          <span>{say('sync.stuck', { list: say(`list.${list}`), why: sayFailure(failure) })}</span>
        </p>
      ),
  )
