import type { SyncedList } from '../../../../shared/contract/sync.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { series } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import parts from '../../ui/parts.module.css'

/** Lists that could not be read three times in a row, with the reason, which several may have: what is here of them grows old. */
export const Stuck = ({ lists }: { lists: readonly SyncedList[] }) => {
  const stuck = lists.flatMap(({ list, failure }) => (failure ? [{ list, why: sayFailure(failure) }] : []))
  const namesOf = (reason: string) => stuck.filter(({ why }) => why === reason).map(({ list }) => say(`list.${list}`))
  return [...new Set(stuck.map(({ why }) => why))].map(why => (
    <p key={why} className={parts.error} role="alert">
      <Icon name="failed" />
      <span>{say('sync.stuck', { list: series(namesOf(why)), why })}</span>
    </p>
  ))
}
