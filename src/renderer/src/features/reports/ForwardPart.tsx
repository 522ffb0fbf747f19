import { useId } from 'react'
import { say } from '../../../../shared/messages/say.ts'
import controls from '../../ui/controls.module.css'
import parts from '../../ui/parts.module.css'

/** The server takes so many letters of a report's comment. */
const MOST = 1000

/** What the moderators of the other server are told. */
export const ForwardPart = ({
  host,
  comment,
  onChange,
}: {
  host: string
  comment: string
  onChange(comment: string): void
}) => {
  const id = useId()
  return (
    <>
      <label className={controls.label} htmlFor={id}>
        {say('forward.comment', { host })}
      </label>
      <textarea
        id={id}
        className={controls.field}
        rows={4}
        maxLength={MOST}
        dir="auto"
        value={comment}
        aria-describedby={`${id}-left`}
        onChange={event => onChange(event.target.value)}
      />
      <p className={parts.quiet} id={`${id}-left`}>
        {say('forward.left', { left: MOST - [...comment].length })}
      </p>
    </>
  )
}
