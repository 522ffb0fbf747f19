import { domainText } from '../../../../shared/domain-name.ts'
import { say, sayCode } from '../../../../shared/messages/say.ts'
import { useLive } from '../../client/use-live.ts'
import controls from '../../ui/controls.module.css'
import parts from '../../ui/parts.module.css'
import type { Along } from './store.ts'

export const alongKey = ({ server, subject }: Along) => `${server} ${subject.of} ${subject.id}`

/** One decision that may go along; one that cannot be says why, and one that asks for its name is decided by itself. */
const Slot = ({ along, isOn, onToggle }: { along: Along; isOn: boolean; onToggle(): void }) => {
  const { server, subject, kind, says, explains } = along
  const rung = useLive('decisions.ladder', { server, subject }).data?.rungs.find(each => each.kind === kind)
  const hindrance = rung ? (rung.refusal ?? rung.brake) : null
  return (
    <label className={controls.check}>
      <input
        type="checkbox"
        checked={isOn && hindrance === null}
        disabled={!rung || hindrance !== null}
        onChange={onToggle}
      />
      <span>
        <bdi>{says}</bdi>{' '}
        <span className={parts.quiet}>
          {hindrance === null ? explains : sayCode(hindrance, { name: domainText(subject.id) })}
        </span>
      </span>
    </label>
  )
}

/** What may go along with a batch, each switched on by the person. */
export const AlongPart = ({
  along,
  on,
  onToggle,
}: {
  along: readonly Along[]
  on: ReadonlySet<string>
  onToggle(key: string): void
}) => {
  if (along.length === 0) return null
  return (
    <fieldset>
      <legend className={controls.label}>{say('batch.along')}</legend>
      {along.map(each => (
        <Slot
          key={alongKey(each)}
          along={each}
          isOn={on.has(alongKey(each))}
          onToggle={() => onToggle(alongKey(each))}
        />
      ))}
    </fieldset>
  )
}
