import { useRef } from 'react'
import { say } from '../../../../shared/messages/say.ts'
import { Button } from '../../ui/Button.tsx'
import controls from '../../ui/controls.module.css'
import { Dialog } from '../../ui/Dialog.tsx'
import parts from '../../ui/parts.module.css'

/** What was put on the clipboard, or was to be. `says`: what became of the case along with it, where something did. */
export type Summary = { text: string; copied: boolean; says: string | null }

type Shown = {
  summary: Summary
  /** Asks for a second opinion with it. */
  onSecond(): void
  onClose(): void
}

/** Shows what was copied for the team's chat, word for word; where the system did not take it, to copy by hand. */
export const SummaryDialog = ({ summary, onSecond, onClose }: Shown) => {
  const close = useRef<HTMLButtonElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  return (
    <Dialog
      open
      onClose={onClose}
      title={say('summary.title')}
      focus={summary.copied ? close : field}
      foot={
        <>
          <Button ref={close} onClick={onClose}>
            {say('summary.close')}
          </Button>
          {summary.says === null && (
            <Button look="bare" onClick={onSecond}>
              {say('second.ask')}
            </Button>
          )}
        </>
      }
    >
      <p role="status">{say(summary.copied ? 'summary.copied' : 'summary.not-copied')}</p>
      {summary.says !== null && <p>{summary.says}</p>}
      <textarea
        ref={field}
        className={controls.field}
        aria-label={say('summary.label')}
        rows={7}
        readOnly
        value={summary.text}
        onFocus={event => event.target.select()}
      />
      <p className={parts.soft}>{say('summary.masked')}</p>
    </Dialog>
  )
}
